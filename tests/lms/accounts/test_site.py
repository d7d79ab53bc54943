"""The small pages of the site."""
import pytest
from sqlalchemy.exc import OperationalError

from lms.kernel.db import db


@pytest.mark.parametrize("name", ["an", "ha", "minh", "lan", "vi"])
def test_home_leads_to_the_first_of_ones_places(app, world, browse, name):
    person = getattr(world, name)
    with app.test_request_context():
        urls = [place.url for place in app.menu.places(person)]

    assert browse(person).get("/", status=302).location == [*urls, "/mine"][0]


def test_a_stranger_at_home_is_asked_to_sign_in_without_a_word(world, browse):
    stranger = browse()

    asked = stranger.get("/", status=302)

    assert asked.location == "/sign-in"
    assert "Hãy đăng nhập" not in stranger.follow(asked).text


def test_the_language_chosen_is_kept_on_the_device(world, browse):
    stranger = browse()

    answer = stranger.get("/language/en?back=/help/start", status=302)

    assert answer.location == "/help/start"
    assert answer.response.headers["Set-Cookie"].startswith("language=en;")
    assert "SameSite=Lax" in answer.response.headers["Set-Cookie"]
    assert stranger.get("/sign-in").all("html") == [{"lang": "en"}]
    stranger.get("/language/vi?back=/sign-in", status=302)
    assert stranger.get("/sign-in").all("html") == [{"lang": "vi"}]


def test_the_language_link_leads_to_no_other_site(world, browse):
    assert browse().get("/language/en?back=//evil.example", status=302).location == "/"
    browse().get("/language/de", status=404)


def test_help_and_promises_are_open_to_everybody(world, browse):
    stranger = browse()

    for address in ("/help/start", "/help/trainee", "/help/officer", "/privacy", "/accessibility"):
        stranger.get(address)
    stranger.get("/help/nothing", status=404)


def test_health_says_whether_the_database_answers(world, browse, monkeypatch):
    assert browse().get("/health").json == {"status": "ok"}

    def fail(*_arguments, **_options):
        raise OperationalError("SELECT 1", {}, Exception("gone"))

    stranger = browse()
    db.session.commit()
    monkeypatch.setattr(type(db.session()), "execute", fail)
    answer = stranger.client.get("/health")

    assert (answer.status_code, answer.json) == (503, {"status": "no database"})
