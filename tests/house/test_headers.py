"""Every answer carries the headers that close what a browser would leave open."""
import pytest

from tests.house.test_doors import DOORS, PEOPLE, address

CLOSED = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), usb=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
#: Pages of ours: nothing from elsewhere, no inline script or style.
STRICT = {"default-src 'self'", "object-src 'none'", "base-uri 'none'", "form-action 'self'",
          "frame-ancestors 'none'"}

#: A file somebody uploaded, opened on its own: no script runs and nothing is loaded.
LOCKED_UP = {"sandbox", "default-src 'none'"}


def insist(answer):
    """The answer is closed to framing, guessing of types, and scripts from elsewhere."""
    assert {name: answer.headers.get(name) for name in CLOSED} == CLOSED
    policy = {part.strip() for part in answer.headers["Content-Security-Policy"].split(";")}
    ours = policy >= STRICT and "unsafe" not in answer.headers["Content-Security-Policy"]
    assert ours or policy >= LOCKED_UP, policy
    answer.close()


@pytest.mark.parametrize("endpoint", sorted(DOORS))
def test_every_address_answers_everybody_with_the_headers(endpoint, world, browse):
    door = DOORS[endpoint]
    url, method = address(door, world), door.get("method", "GET")

    for name in (None, "lan", "an", *door["people"]):
        person = getattr(world, name) if name in PEOPLE else None
        insist(browse(person).client.open(url, method=method))


def test_a_page_of_somebody_is_kept_by_no_cache(world, browse):
    answer = browse(world.lan).client.get("/mine")

    insist(answer)
    assert answer.headers["Cache-Control"] == "no-store"


def test_what_is_not_there_and_what_may_not_be_seen_answer_alike(world, browse):
    lan = browse(world.lan)

    missing, forbidden = lan.client.get("/nothing"), lan.client.get("/roles")

    assert (missing.status_code, forbidden.status_code) == (404, 404)
    insist(missing)
    insist(forbidden)


def test_redirects_and_refusals_and_json_carry_the_headers(world, browse):
    insist(browse().client.get("/mine"))
    insist(browse(world.lan).client.post("/mine/sessions/ending"))
    insist(browse().client.get("/health"))
    insist(browse().client.post("/health"))
    insist(browse().client.post("/mine/sessions/ending", json={}))


def test_static_files_carry_the_headers_and_may_be_kept(world, browse):
    links = [link["href"] for link in browse().get("/sign-in").all("link")]

    answers = [browse().client.get(link) for link in links]

    assert len(answers) > 1
    for answer in answers:
        insist(answer)
        assert (answer.status_code, "max-age=31536000" in answer.headers["Cache-Control"]) == (
            200, True)


def test_a_paper_carries_the_headers(world, browse):
    answer = browse(world.ha).client.post("/accounts/slips", data={"person": world.pao.id})

    insist(answer)
    assert (answer.mimetype, answer.headers["Cache-Control"]) == ("application/pdf", "no-store")


def test_an_apology_carries_the_headers(app, world, browse, monkeypatch):
    def fail():
        raise RuntimeError("a fault of ours")

    monkeypatch.setattr(app, "testing", False)
    monkeypatch.setitem(app.view_functions, "accounts.mine", fail)

    answer = browse(world.lan).client.get("/mine")

    insist(answer)
    assert answer.status_code == 500
    assert "a fault of ours" not in answer.text
