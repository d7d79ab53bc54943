"""Every address belongs to a row of the authorisation table, and opens to exactly its people.

``doors/<room>.toml`` holds a table for each endpoint of the room: the row of the
authorisation matrix (docs/authorisation.md), an example address in the world, and which of
its people may come in.  Whoever is not named is told that there is no such page; whatever the
answer, it carries the headers that close it.
"""
import re
import tomllib
from pathlib import Path

import pytest

from lms.kernel.db import db

from tests.house.closed import insist

PEOPLE = ("lan", "hoa", "minh", "ha", "an", "vi")
HERE = Path(__file__).parent / "doors"


#: room → endpoint → its row.
ROOMS = {path.stem: tomllib.loads(path.read_text(encoding="utf-8")) for path in HERE.glob("*.toml")}
#: The table of all rooms: endpoint → its row.
DOORS = {endpoint: door for doors in ROOMS.values() for endpoint, door in doors.items()}
OPEN = ("static",)
DOCUMENT = Path(__file__).parents[2] / "docs" / "authorisation.md"


def address(door, world):
    """The example address with the ids of the world filled in."""
    return door["url"].format(w=world)


def test_every_row_is_told_in_the_document():
    told = re.findall(r"^\| (\d+) \|", DOCUMENT.read_text(encoding="utf-8"), re.MULTILINE)

    assert {door["row"] for door in DOORS.values()} <= set(map(int, told))
    assert len(told) == len(set(told))


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
        "quizzes.reckoning": ["minh", "an"], "coverage.new_truth": ["an"],
        "quizzes.questions_sent": ["minh", "an"], "quizzes.questions_taken": ["minh", "an"],
        "people.my_data_file": ["signed in"], "people.data_file_of": ["an"],
        "uploads.new_upload": ["signed in"], "uploads.arrived": ["minh"],
        "uploads.piece": ["minh"]}


def knock(browser, door, world):
    """The answer at the door, closed to others; what it changed is undone for who knocks next, and
    whoever went out by it is in again.
    """
    url, cookie = address(door, world), browser.client.get_cookie("lms")
    point = db.engine.begin_nested()
    answer = browser.client.open(url, method=door.get("method", "GET"), buffered=True)
    point.rollback()
    if cookie:
        browser.client.set_cookie("lms", cookie.value)
    insist(answer)
    return answer


def opens_to(door):
    """Which of the people may come in at ``door``."""
    return set(PEOPLE if door["people"][0] in ("everybody", "signed in") else door["people"])


@pytest.mark.slow
@pytest.mark.parametrize("room", sorted(ROOMS))
def test_the_doors_of_a_room_open_to_their_people_only(room, world, browse):
    browsers = {name: browse(getattr(world, name)) for name in PEOPLE}

    let_in = {endpoint: {name for name, browser in browsers.items()
                         if knock(browser, door, world).status_code != 404}
              for endpoint, door in ROOMS[room].items()}

    assert let_in == {endpoint: opens_to(door) for endpoint, door in ROOMS[room].items()}


@pytest.mark.slow
@pytest.mark.looks
@pytest.mark.parametrize("room", sorted(ROOMS))
def test_a_stranger_is_asked_to_sign_in(room, world, browse):
    stranger = browse()

    for endpoint, door in ROOMS[room].items():
        answer = knock(stranger, door, world)

        if door["people"] == ["everybody"]:
            assert answer.status_code < 500, endpoint
        else:
            assert (answer.status_code, "/sign-in" in answer.location) == (302, True), endpoint
