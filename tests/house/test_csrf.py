"""No form of another site can act here: every address that changes something asks for the token."""
import itertools
from html.parser import HTMLParser

import pytest

from tests.house.test_doors import PEOPLE, ROOMS, address, opens_to

#: The guard stands before the rooms, and so before their database.
pytestmark = pytest.mark.looks

SAFE = {"GET", "HEAD", "OPTIONS"}
#: What stands in the place of an argument of each kind, so that the address can be built.
SAMPLES = {"IntegerConverter": 1, "FloatConverter": 1.0, "PathConverter": "x", "AnyConverter": None}


@pytest.fixture
def guarded(app, world, monkeypatch):
    """The application with the guard that the other tests do without."""
    monkeypatch.setitem(app.config, "WTF_CSRF_ENABLED", True)
    return app


def sample_of(converter):
    """A value that the converter of an address takes."""
    name = type(converter).__name__
    if name == "AnyConverter":
        return sorted(converter.items)[0]
    return SAMPLES.get(name, "x")


def unsafe_addresses(app):
    """Every address with a method that changes something."""
    adapter = app.url_map.bind("localhost")
    for rule in app.url_map.iter_rules():
        values = {name: sample_of(rule._converters[name]) for name in rule.arguments}
        for method in sorted(rule.methods - SAFE):
            yield rule.endpoint, method, adapter.build(rule.endpoint, values, method=method)


@pytest.mark.slow
def test_every_address_that_changes_something_refuses_without_the_token(guarded, world, browse):
    browsers = [browse(), *(browse(getattr(world, name)) for name in ("an", "lan"))]
    addresses = list(unsafe_addresses(guarded))

    let_through = [(endpoint, method, answer.status_code)
                   for (endpoint, method, url), browser in itertools.product(addresses, browsers)
                   if (answer := browser.client.open(url, method=method)).status_code != 400]

    assert len(addresses) > 5
    assert let_through == []


@pytest.mark.slow
def test_a_script_that_sends_json_without_the_token_is_refused_too(guarded, world, browse):
    an = browse(world.an)

    codes = {an.client.open(url, method=method, json={}).status_code
             for _endpoint, method, url in unsafe_addresses(guarded)}

    assert codes == {400}


def test_the_token_of_one_person_does_not_serve_another(guarded, world, browse):
    lan, an = browse(world.lan), browse(world.an)
    token = Forms(lan.get("/mine").response.text).tokens[0]

    assert lan.client.post("/mine/sessions/ending",
                           data={"session": "others", "csrf_token": token}).status_code == 302
    assert an.client.post("/mine/sessions/ending",
                          data={"session": "others", "csrf_token": token}).status_code == 400


def test_the_token_that_a_script_sends_again_and_again_serves_its_own_session_alone(
        guarded, world, browse):
    lan, an = browse(world.lan), browse(world.an)
    token = Forms(lan.get("/mine").response.text).tokens[0]
    an.get("/mine")

    codes = [browser.client.post("/mine/sessions/ending", data={"session": "others"},
                                 headers={"X-CSRFToken": sent}).status_code
             for browser, sent in ((lan, token), (lan, token), (an, token), (lan, token + "x"))]

    assert codes == [302, 302, 400, 400]


def test_a_token_does_not_serve_a_page_of_another_site_over_tls(guarded, world, browse):
    lan = browse(world.lan)
    token = Forms(lan.get("/mine").response.text).tokens[0]

    codes = [lan.client.post(
        "/mine/sessions/ending", base_url="https://localhost", data={"session": "others"},
        headers={"X-CSRFToken": token, "Referer": f"https://{site}/"}).status_code
        for site in ("localhost", "elsewhere.example", "localhost")]

    assert codes == [302, 400, 302]


class Forms(HTMLParser):
    """The forms of a page: which are sent by POST, and which of them hold the token."""

    def __init__(self, html):
        super().__init__()
        self.posts, self.tokens, self._inside = 0, [], False
        self.feed(html)

    def handle_starttag(self, tag, attributes):
        """Count a form that is sent by POST, and the token inside it."""
        found = dict(attributes)
        if tag == "form":
            self._inside = found.get("method", "get").lower() == "post"
            self.posts += self._inside
        if tag == "input" and self._inside and found.get("name") == "csrf_token":
            self.tokens.append(found.get("value"))


@pytest.mark.slow
@pytest.mark.parametrize("room", sorted(ROOMS))
def test_every_form_of_a_room_holds_the_token(room, guarded, world, browse):
    browsers = {name: browse(getattr(world, name)) for name in PEOPLE}

    for endpoint, door in ROOMS[room].items():
        if door.get("method", "GET") != "GET":
            continue
        name = "an" if "an" in opens_to(door) else door["people"][0]
        answer = browsers[name].client.get(address(door, world), buffered=True)

        if answer.mimetype == "text/html":
            forms = Forms(answer.text)
            assert (len(forms.tokens), all(forms.tokens)) == (forms.posts, True), endpoint
