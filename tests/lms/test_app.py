"""The application as its settings make it."""
import pytest

from lms import create_app


@pytest.mark.parametrize(("settings", "address"), [
    ({}, "http://127.0.0.1:8000"), ({"PORT": 8123}, "http://127.0.0.1:8123"),
    ({"SITE_URL": "https://taphuan.example"}, "https://taphuan.example")])
def test_papers_name_the_address_that_is_set_or_the_one_at_which_the_server_listens(
        settings, address):
    app = create_app({"SECRET_KEY": "x", "DATABASE_URL": "sqlite://", **settings})

    assert app.config["SITE_URL"] == address
