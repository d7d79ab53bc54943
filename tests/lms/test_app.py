"""The application as its settings make it."""
import pytest

from lms import create_app
from lms.app import FROM_STRANGERS


@pytest.mark.parametrize(("settings", "address"), [
    ({}, "http://127.0.0.1:8000"), ({"PORT": 8123}, "http://127.0.0.1:8123"),
    ({"SITE_URL": "https://taphuan.example"}, "https://taphuan.example")])
def test_papers_name_the_address_that_is_set_or_the_one_at_which_the_server_listens(
        settings, address):
    app = create_app({"SECRET_KEY": "x", "DATABASE_URL": "sqlite://", **settings})

    assert app.config["SITE_URL"] == address


@pytest.mark.parametrize("url", ["/sign-in", "/c"])
def test_a_stranger_sends_no_more_than_a_few_megabytes(url, browse):
    answer = browse().client.post(url, data=b"x" * (FROM_STRANGERS + 1),
                                  content_type="multipart/form-data; boundary=x")

    assert answer.status_code == 413
    assert "quá lớn" in answer.text
