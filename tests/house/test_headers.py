"""Every answer carries the headers that close what a browser would leave open.

``test_doors.py`` insists on them at every address and for everybody who knocks there; here are
the answers that stand behind no address of the table.
"""
from tests.house.closed import insist


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
