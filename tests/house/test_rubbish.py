"""Rubbish in the address of any page gets a page in words, whichever argument it stands in.

Which arguments a view reads is found out by watching what it asks of the address.
"""
from urllib.parse import urlencode

import pytest
from werkzeug.datastructures import ImmutableMultiDict

from tests.house.test_doors import ROOMS, address, opens_to

#: A number no database holds, a letter that PostgreSQL refuses, and a word and a number too low
#: where PostgreSQL refuses them, for SQLite takes any for a number; a day that is none is found
#: out before either is asked.
RUBBISH = {True: ("9" * 30, "\0", "xx", "-1"), False: ("9" * 30, "\0", "31/02/2026")}


class Watched(ImmutableMultiDict):
    """The arguments of an address; it remembers which were asked for."""

    asked = set()

    def get(self, key, *arguments, **named):
        """As ever."""
        self.asked.add(key)
        return super().get(key, *arguments, **named)

    def getlist(self, key, *arguments, **named):
        """As ever."""
        self.asked.add(key)
        return super().getlist(key, *arguments, **named)

    def __getitem__(self, key):
        self.asked.add(key)
        return super().__getitem__(key)

    def __contains__(self, key):
        self.asked.add(key)
        return super().__contains__(key)


@pytest.fixture
def visits(app, world, browse, monkeypatch):
    """``visits(door)``: a function that opens the page with a query and gives the status."""
    monkeypatch.setattr(app.request_class, "parameter_storage_class", Watched)
    browsers = {}

    def of(door):
        who = "an" if "an" in opens_to(door) else min(opens_to(door))
        browser = browsers.setdefault(who, browse(getattr(world, who)))
        plain = address(door, world)

        def visit(**query):
            joint = "&" if "?" in plain else "?"
            with browser.client.get(f"{plain}{joint}{urlencode(query)}", buffered=True) as answer:
                return answer.status_code
        return visit
    return of


def read_by(visit):
    """The names of the arguments that the view reads of its address."""
    Watched.asked = set()
    visit()
    return sorted(Watched.asked)


@pytest.mark.slow
@pytest.mark.parametrize("room", sorted(ROOMS))
def test_rubbish_in_the_address_gets_a_page_in_words(room, database, visits):
    told, rubbish = {}, RUBBISH[database.on_postgresql()]
    for endpoint, door in ROOMS[room].items():
        if door.get("method", "GET") != "GET":
            continue
        visit = visits(door)
        for name in read_by(visit):
            # Where an act concerns one class or one attempt, another one is no page of theirs.
            expected = (200, 302, 307, 409, *([404] if name in ("class", "one") else []))
            told |= {(endpoint, name, text): status for text in rubbish
                     if (status := visit(**{name: text})) not in expected}

    assert told == {}


@pytest.mark.parametrize("address", ["/province?on=xx", "/trail?first=xx", "/units?q=cao&on=xx"])
def test_a_day_that_is_none_gets_the_page_with_what_to_write_instead(world, browse, address):
    an = browse(world.an)

    page = an.follow(an.get(address, 302))

    assert ("“xx” không phải ngày. Hãy viết dd/mm/yyyy, ví dụ 05/02/2026."
            in page.text)
    assert page.status == 200


def test_a_long_text_that_is_no_day_is_said_by_its_beginning(world, browse):
    an = browse(world.an)

    page = an.follow(an.get(f"/units?on={'x' * 6000}", 302))

    assert f"“{'x' * 40}” không phải ngày." in page.text


def test_what_else_the_address_asks_for_stays(world, browse):
    assert browse(world.an).get("/units?q=cao&on=xx", 302).location == "/units?q=cao"


def test_a_file_is_refused_and_not_made_of_another_day(world, browse):
    refused = browse(world.an).get("/province.xlsx?on=xx", 409)

    assert "“xx” không phải ngày." in refused.text


@pytest.mark.parametrize("address", ["/c/%00", "/r/AB%00CD", "/help/%00"])
def test_a_letter_that_no_database_holds_is_no_page(browse, address):
    browse().get(address, 404)


@pytest.mark.parametrize(("path", "leads_to"), [
    ("/units", "/units?q=cao&on="), ("//elsewhere.example/x", "/elsewhere.example/x?q=cao&on="),
    ("/\\elsewhere.example", "/%5Celsewhere.example?q=cao&on="),
    ("/c/a?b#c", "/c/a%3Fb%23c?q=cao&on="), ("/c/a\r\nb: c", "/c/a%0D%0Ab%3A%20c?q=cao&on="),
    ("/c/ế", "/c/%E1%BA%BF?q=cao&on=")])
def test_where_it_stands_in_what_an_address_asks_the_same_page_opens_without_it(
        browse, path, leads_to):
    answer = browse().client.get("/", environ_overrides={
        "PATH_INFO": path.encode().decode("latin-1"), "QUERY_STRING": "q=cao%00&on=%00"})

    assert (answer.status_code, answer.location) == (307, leads_to)
