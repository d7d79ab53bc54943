"""The small pages of the site."""
from datetime import date, timedelta

import pytest
from flask import url_for
from sqlalchemy import select
from sqlalchemy.exc import OperationalError

from lms.kernel import clock
from lms.kernel.db import db
from lms.kernel.i18n import speaking
from lms.people.models import ANSWERING, ROLE_KINDS, TRAINER, Person, Role


@pytest.mark.parametrize("name", ["an", "ha", "minh", "lan", "vi"])
def test_home_leads_to_the_first_of_ones_places(app, world, browse, name):
    person = getattr(world, name)
    with app.test_request_context():
        urls = [place.url for place in app.menu.places(person)]

    assert browse(person).get("/", status=302).location == [*urls, "/mine"][0]


def offered(app, person):
    """The places of the menu, by name and address."""
    with app.test_request_context():
        return [(place.label, place.url) for place in app.menu.places(person)]


def allowed(app, person):
    """The same, each place asked for by itself."""
    with app.test_request_context():
        return [(str(entry.label), url_for(entry.endpoint)) for entry in app.menu
                if entry.may(person)]


@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_menu_offers_everybody_what_may_be_entered_whoever_asked_before(app, world, language):
    people = db.session.scalars(select(Person).order_by(Person.id)).all()

    with speaking(language):
        menus = [offered(app, person) for person in people * 2]

        assert menus == [allowed(app, person) for person in people * 2]


@pytest.mark.parametrize("kind", ROLE_KINDS)
@pytest.mark.parametrize("everywhere", [True, False])
def test_a_role_counts_in_the_menu_at_once_and_to_the_day_it_ends(
        app, world, monkeypatch, kind, everywhere):
    plain = offered(app, world.lan)
    role = Role(kind=kind, unit=None if everywhere else world.office,
                valid_from=date(2026, 1, 1), valid_to=clock.today() + timedelta(days=1))
    counts = everywhere or kind in (TRAINER, *ANSWERING)

    world.lan.roles.append(role)
    db.session.flush()

    assert offered(app, world.lan) == allowed(app, world.lan)
    assert (offered(app, world.lan) != plain) == counts
    tomorrow = clock.now() + timedelta(days=1)
    monkeypatch.setattr(clock, "source", lambda: tomorrow)
    assert offered(app, world.lan) == plain
    role.valid_to = None
    assert (offered(app, world.lan) != plain) == counts
    role.valid_to = clock.today()
    assert offered(app, world.lan) == plain


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
