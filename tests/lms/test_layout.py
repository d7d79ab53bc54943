"""What every page has around it, and the pages of faults."""
import re

from sqlalchemy import text

from lms.kernel.db import db


def current(page):
    """The places marked as the reader's own, with how they are marked."""
    return [(a["href"], a["aria-current"]) for a in page.all("a") if "aria-current" in a]


def test_the_bar_of_a_phone_has_five_places_and_the_last_leads_to_the_rest(world, browse):
    page = browse(world.an).get("/more")

    places = page.response.text.split('class="places"')[1].split("</nav>")[0]
    entries = re.findall(r"<li(.*?)>", places)
    assert len([e for e in entries if "more-only" not in e]) == 5
    assert 'href="/more"' in places


def test_a_page_below_a_place_marks_that_place(world, browse):
    an = browse(world.an)

    assert ("/roles", "page") in current(an.get("/roles"))
    assert ("/roles", "true") in current(an.get("/roles/person"))


def test_a_place_that_a_phone_keeps_under_more_marks_more(world, browse):
    page = browse(world.an).get("/roles")

    assert ("/more", "true") in current(page)


def test_everything_of_the_bar_stands_on_the_page_of_all_places(world, browse):
    page = browse(world.an).get("/more")

    bar = page.response.text.split('class="places"')[1].split("</nav>")[0]
    main = page.response.text.split("<main")[1]
    listed = re.findall(r'href="(/[^"]*)"', main)
    assert set(re.findall(r'href="(/[^"]*)"', bar)) - {"/more"} <= set(listed)


def test_a_stranger_finds_the_way_in_and_no_places(world, browse):
    page = browse().get("/privacy")

    assert page.links["Đăng nhập"] == "/sign-in"
    assert 'class="places"' not in page.response.text


def test_a_missing_page_leads_back_and_has_a_number(world, browse):
    page = browse(world.lan).get("/nothing", status=404)

    assert page.links["Về trang đầu của tôi"] == "/"
    assert re.search(r"mã [0-9A-F]{8}\.", page.text)


def test_a_script_is_told_where_to_go_instead_of_being_led_there(world, browse):
    lan = browse(world.lan)

    answer = lan.client.post("/sign-out", headers={"X-Sent-By": "script"})

    assert (answer.status_code, answer.location) == (200, None)
    assert answer.headers["X-Next"].startswith("/sign-in")


def test_the_page_of_a_fault_asks_nobody_who_reads_it(app, world, browse, monkeypatch):
    lan = browse(world.lan)
    db.session.execute(text("ALTER TABLE sign_in RENAME TO gone"))
    monkeypatch.setitem(app.config, "TESTING", False)
    monkeypatch.setitem(app.config, "PROPAGATE_EXCEPTIONS", False)

    page = lan.get("/more", status=500)

    assert page.text.startswith("Hệ thống gặp lỗi")
    assert re.search(r"mã [0-9A-F]{8}\.", page.text)
