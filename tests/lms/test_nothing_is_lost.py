"""What somebody typed is not lost when it cannot be taken: refused, signed out, open too long."""
from io import BytesIO

import pytest
from sqlalchemy import func, select

from lms.kernel.db import db

from courses.catalogue.models import Activity, Course
from tests.house.test_csrf import Forms
from tests.lms.accounts.keys import PASSWORD, later, with_password
from tests.world import PDF

HERE = {"Origin": "http://localhost"}
#: A course nobody has written yet.
COURSE = {"key": "C77", "title_vi": "Viết “tin”\nngắn", "periods": "4", "mode": "online",
          "owner_id": "", "content_kind": "", "open": "y"}


def kept(page):
    """What a page holds to be sent again."""
    return {field["name"]: field.get("value", "") for field in page.all("input")
            if field.get("type") == "hidden" and field["name"] != "csrf_token"}


def called(key):
    """The course of this key, or None."""
    return db.session.scalar(select(Course).filter_by(key=key))


def test_a_refused_form_comes_back_with_what_was_typed(world, browse):
    steps = db.session.scalar(select(func.count(Activity.id)))
    minh = browse(world.minh)

    answer = minh.post(f"/catalogue/{world.press_law.id}/steps/new/document", {
        "title_vi": "Văn bản hợp nhất", "minutes": "25", "language": "vi",
        "file": (BytesIO(PDF), "luat.pdf")}, status=409)

    assert "Hãy đánh dấu tệp không chứa bí mật nhà nước" in answer.text
    assert "Chưa lưu gì; những gì bạn gõ vẫn còn đây. Hãy chọn lại tệp." in answer.text
    assert {field.get("name"): field.get("value") for field in answer.all("input")}[
        "title_vi"] == "Văn bản hợp nhất"
    assert db.session.scalar(select(func.count(Activity.id))) == steps


def test_a_refusal_without_a_form_of_its_own_shows_the_way_back(world, browse):
    answer = browse(world.lan).post("/mine/sessions/ending", {"session": "nobody's"}, status=409)

    assert "Quay lại" in answer.links


def test_whoever_was_signed_out_meanwhile_sends_the_same_once_more(world, browse):
    an = browse(world.an)
    with an.client.session_transaction() as session:
        session["_user_id"] = "ended"

    answer = an.post("/catalogue/new?from=menu", COURSE, status=401, headers=HERE)

    assert "Đăng nhập ở thẻ mới" in answer.text
    assert kept(answer) == COURSE
    assert [form["action"] for form in answer.all("form")][-1] == "/catalogue/new?from=menu"
    browse(world.an).post("/catalogue/new", kept(answer))
    assert called("C77").title_vi == "Viết “tin” ngắn"


def test_a_form_that_was_open_too_long_is_sent_again_by_one_press(app, world, browse, monkeypatch):
    monkeypatch.setitem(app.config, "WTF_CSRF_ENABLED", True)
    an = browse(world.an)

    answer = an.post("/catalogue/new", COURSE | {"csrf_token": "old"}, status=400, headers=HERE)

    token = Forms(answer.response.text).tokens[0]
    an.post("/catalogue/new", kept(answer) | {"csrf_token": token})
    assert called("C77") is not None


@pytest.mark.parametrize("headers", [{}, {"Origin": "https://elsewhere.example"}])
def test_words_of_another_site_are_not_laid_ready(app, world, browse, monkeypatch, headers):
    an = browse(world.an)
    with an.client.session_transaction() as session:
        session["_user_id"] = "ended"
    assert an.post("/catalogue/new", COURSE, headers=headers).location == "/sign-in"

    monkeypatch.setitem(app.config, "WTF_CSRF_ENABLED", True)
    assert kept(browse(world.an).post("/catalogue/new", COURSE, status=400, headers=headers)) == {}


def test_passwords_are_never_carried_along_in_a_page(world, browse):
    lan = browse(world.lan)
    with lan.client.session_transaction() as session:
        session["_user_id"] = "ended"

    assert lan.post("/mine/password", {"old_password": "x", "password": "y", "again": "y"},
                    headers=HERE).location == "/sign-in"


@pytest.fixture
def door(app, world, monkeypatch):
    """The door with its guard, and passwords for Minh and Ân."""
    for person in (world.minh, world.an):
        with_password(person)
    monkeypatch.setitem(app.config, "WTF_CSRF_ENABLED", True)


def come_in(browser, username):
    """Sign in by the form of the door, as in another tab of the browser."""
    token = Forms(browser.get("/sign-in").response.text).tokens[-1]
    browser.post("/sign-in", {"username": username, "password": PASSWORD, "csrf_token": token})


def opened_form(browser, username):
    """The token of a form that somebody has opened, having come in by the door."""
    come_in(browser, username)
    return Forms(browser.get("/catalogue/new").response.text).tokens[-1]


def test_whoever_comes_in_again_in_another_tab_saves_at_the_first_press(
        world, browse, door, monkeypatch):
    browser = browse()
    token = opened_form(browser, "minh")
    later(monkeypatch, minutes=61)
    browser.get("/mine", status=302)
    come_in(browser, "minh")

    browser.post("/catalogue/new", COURSE | {"csrf_token": token}, headers=HERE)

    assert called("C77").title_vi == "Viết “tin” ngắn"


def test_what_was_given_back_is_taken_at_the_first_press_after_coming_in_again(
        world, browse, door, monkeypatch):
    browser = browse()
    token = opened_form(browser, "minh")
    later(monkeypatch, minutes=61)
    answer = browser.post("/catalogue/new", COURSE | {"csrf_token": token}, status=401,
                          headers=HERE)
    come_in(browser, "minh")

    browser.post("/catalogue/new", kept(answer) | {
        "csrf_token": Forms(answer.response.text).tokens[-1]}, headers=HERE)

    assert called("C77") is not None


def test_somebody_else_on_the_same_browser_does_not_inherit_the_token(
        world, browse, door, monkeypatch):
    browser = browse()
    token = opened_form(browser, "minh")
    later(monkeypatch, minutes=61)
    browser.get("/mine", status=302)
    come_in(browser, "an")

    browser.post("/catalogue/new", COURSE | {"csrf_token": token}, status=400, headers=HERE)

    assert called("C77") is None


def test_who_signed_out_begins_with_another_token(world, browse, door):
    browser = browse()
    token = opened_form(browser, "minh")
    browser.post("/sign-out", {"csrf_token": token})
    come_in(browser, "minh")

    browser.post("/catalogue/new", COURSE | {"csrf_token": token}, status=400, headers=HERE)


@pytest.mark.parametrize("sent", [b'"x"', b"[" * 100_000, b'{"key": "C77", "title_vi": "Viet"}'])
def test_what_a_script_sends_as_json_is_nothing_typed_into_a_form(world, browse, sent):
    an = browse(world.an)

    answer = an.post("/catalogue/new", sent, status=200, content_type="application/json")

    assert "Hãy điền" in answer.text
    assert called("C77") is None
