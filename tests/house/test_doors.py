"""Every address belongs to a row of the authorisation table, and opens to exactly its people.

``doors/<room>.toml`` holds a table for each endpoint of the room: the row of the
authorisation matrix (docs/authorisation.md), an example address in the world, and which of
its people may come in.  Whoever is not named is told that there is no such page; whatever the
answer, it carries the headers that close it.
"""
import tomllib
from pathlib import Path

import pytest

from lms.kernel.db import db

from tests.house.closed import insist

PEOPLE = ("lan", "hoa", "minh", "ha", "an", "vi")
HERE = Path(__file__).parent / "doors"


def doors():
    """The table: endpoint → its row."""
    table = {}
    for path in sorted(HERE.glob("*.toml")):
        table |= tomllib.loads(path.read_text(encoding="utf-8"))
    return table


DOORS = doors()
OPEN = ("static",)


def address(door, world):
    """The example address with the ids of the world filled in."""
    return door["url"].format(w=world)


def test_every_endpoint_has_a_row(app):
    endpoints = {rule.endpoint for rule in app.url_map.iter_rules()} - set(OPEN)

    assert endpoints == set(DOORS)


def test_the_public_pages_are_exactly_these(app):
    public = {name for name, view in app.view_functions.items() if getattr(view, "public", False)}

    assert public == {name for name, door in DOORS.items() if door["people"] == ["everybody"]}


def test_the_pages_that_find_out_by_themselves_who_asks_are_exactly_these(app):
    alone = {name for name, view in app.view_functions.items() if getattr(view, "by_itself", False)}

    assert {name: DOORS[name]["people"] for name in alone} == {
        "quizzes.sent_answer": ["lan"], "quizzes.heartbeat": ["lan"],
        "quizzes.reckoning": ["minh", "an"]}


def knock(browser, url, method):
    """The answer at the door, closed to others; what it changed is undone for who knocks next."""
    point = db.engine.begin_nested()
    answer = browser.client.open(url, method=method, buffered=True)
    point.rollback()
    insist(answer)
    return answer


@pytest.mark.slow
@pytest.mark.parametrize("endpoint", sorted(DOORS))
def test_the_door_opens_to_its_people_only(endpoint, world, browse):
    door = DOORS[endpoint]
    url, method = address(door, world), door.get("method", "GET")
    let_in = PEOPLE if door["people"][0] in ("everybody", "signed in") else door["people"]

    answers = {name: knock(browse(getattr(world, name)), url, method) for name in PEOPLE}

    assert {name for name, answer in answers.items() if answer.status_code != 404} == set(let_in)


@pytest.mark.slow
@pytest.mark.parametrize("endpoint", sorted(DOORS))
def test_a_stranger_is_asked_to_sign_in(endpoint, world, browse):
    door = DOORS[endpoint]
    url, method = address(door, world), door.get("method", "GET")

    answer = knock(browse(), url, method)

    if door["people"] == ["everybody"]:
        assert answer.status_code < 500
    else:
        assert (answer.status_code, "/sign-in" in answer.location) == (302, True)
