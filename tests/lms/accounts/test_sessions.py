"""A session: opened, kept awake by clicks, ended."""
from datetime import UTC, datetime, timedelta

import pytest
from flask import session
from sqlalchemy import select

from lms.accounts.actions import (
    close_account,
    end_session,
    give_code,
    open_session,
    reopen_account,
)
from lms.accounts.models import SignIn
from lms.accounts.queries import account_of, open_sessions, signed_in
from lms.kernel import clock
from lms.kernel.audit import AuditEntry
from lms.kernel.db import db
from lms.kernel.errors import Refusal

from tests.lms.accounts.keys import PASSWORD, later, try_door, with_password
from tests.statements import counted


def signed_in_here(browse, **fields):
    """A browser in which Lan has come in by the door."""
    browser = browse()
    try_door(browser, "lan", PASSWORD, **fields)
    return browser


def cookie(browser):
    """What the session cookie of the browser holds."""
    with browser.client.session_transaction() as session:
        return dict(session)


def test_a_cookie_tells_the_same_each_time_it_comes_until_it_is_too_old(app, world, monkeypatch):
    told = {"choosing": {"account": 1}}
    cookie = app.session_interface.get_signing_serializer(app).dumps(told)
    asked = {"headers": {"Cookie": f"lms={cookie}"}}

    with app.test_request_context(**asked):
        session["choosing"]["account"] = 2
    with app.test_request_context(**asked):
        assert session == told
    in_time, too_late = (datetime.now(UTC) + app.permanent_session_lifetime + timedelta(minutes=n)
                         for n in (-1, 1))
    monkeypatch.setattr(clock, "source", lambda: in_time)
    with app.test_request_context(**asked):
        assert session == told
    monkeypatch.setattr(clock, "source", lambda: too_late)
    with app.test_request_context(**asked):
        assert session == {}


def test_a_cookie_that_was_not_signed_here_opens_no_session(app, world):
    signing = app.session_interface.get_signing_serializer(app)
    cookie = signing.dumps({"_user_id": "x"})

    for false in (cookie[:-1], cookie + "x", "x" + cookie, "no cookie of ours"):
        with app.test_request_context(headers={"Cookie": f"lms={false}"}):
            assert session == {}


@pytest.mark.parametrize(("fields", "minutes"), [({}, 60), ({"shared": "y"}, 15)])
def test_a_session_ends_when_nobody_clicks(world, browse, monkeypatch, fields, minutes):
    with_password(world.lan)
    lan = signed_in_here(browse, **fields)

    later(monkeypatch, minutes=minutes - 1)
    lan.get("/mine")
    later(monkeypatch, minutes=2 * minutes - 2)
    lan.get("/mine")
    later(monkeypatch, minutes=3 * minutes - 2)

    asked = lan.get("/mine", status=302)
    assert asked.location == "/sign-in?next=/mine"
    assert f"đăng xuất vì {minutes} phút không thao tác." in lan.follow(asked).text


def test_a_session_that_ended_by_itself_does_not_wake_up(world, browse, monkeypatch):
    with_password(world.lan)
    lan = signed_in_here(browse)
    before = cookie(lan)
    later(monkeypatch, minutes=61)
    lan.get("/mine", status=302)

    with lan.client.session_transaction() as session:
        session.update(before)

    lan.get("/mine", status=302)


def test_the_last_click_is_kept_in_the_cookie_once_a_minute_and_reading_writes_nothing(
        world, browse, monkeypatch):
    with_password(world.lan)
    lan = signed_in_here(browse)
    lan.get("/mine")

    later(monkeypatch, seconds=59)
    within = lan.get("/mine").response.headers.get("Set-Cookie")
    later(monkeypatch, seconds=60)
    with counted() as statements:
        after = lan.get("/mine").response.headers.get("Set-Cookie")

    assert within is None
    assert after.startswith("lms=")
    assert [s for s in statements if not s.startswith("SELECT")] == []


def test_a_session_lasts_a_working_day_at_most(world, browse, monkeypatch):
    with_password(world.lan)
    lan = signed_in_here(browse)
    for minutes in range(59, 12 * 60, 59):
        later(monkeypatch, minutes=minutes)
        lan.get("/mine")

    later(monkeypatch, hours=12)

    lan.get("/mine", status=302)


def test_signing_in_leaves_nothing_in_the_cookie_that_was_there_before(world, browse):
    with_password(world.lan)
    planted = browse()
    with planted.client.session_transaction() as session:
        session["_user_id"], session["planted"] = "a token the thief knows", "yes"

    try_door(planted, "lan", PASSWORD)

    assert set(cookie(planted)) == {"_user_id", "_fresh", "seen"}
    assert signed_in("a token the thief knows") is None
    assert signed_in(cookie(planted)["_user_id"]).person is world.lan


def test_signing_in_again_on_a_device_ends_the_session_before(world, browse):
    with_password(world.lan)
    lan = signed_in_here(browse)
    first = cookie(lan)["_user_id"]

    try_door(lan, "lan", PASSWORD)

    assert signed_in(first) is None
    assert len(open_sessions(account_of(world.lan))) == 1


def test_the_database_keeps_no_token(world):
    token = open_session(account_of(world.lan))

    kept = db.session.scalars(select(SignIn)).one()

    assert token not in (kept.token_hash, kept.device, kept.address)
    assert len(kept.token_hash) == 64


def test_signing_out_ends_the_session_for_good(world, browse):
    with_password(world.lan)
    lan = signed_in_here(browse)
    before = cookie(lan)

    answer = lan.post("/sign-out")
    with lan.client.session_transaction() as session:
        session.update(before)

    assert answer.location == "/sign-in"
    lan.get("/mine", status=302)


def test_a_session_that_is_ended_is_locked_out_at_once(world, browse):
    lan = browse(world.lan)
    lan.get("/mine")

    end_session(open_sessions(account_of(world.lan))[0], by=world.lan)

    lan.get("/mine", status=302)


def test_a_new_code_and_a_closed_account_lock_out_at_once(world, browse):
    lan, hoa = browse(world.lan), browse(world.hoa)

    give_code(world.lan, by=world.an)
    close_account(account_of(world.hoa), by=world.an)

    lan.get("/mine", status=302)
    hoa.get("/mine", status=302)


def test_reopening_an_account_opens_no_old_session(world, browse):
    hoa = browse(world.hoa)
    close_account(account_of(world.hoa), by=world.an)
    reopen_account(account_of(world.hoa), by=world.an)

    hoa.get("/mine", status=302)
    assert account_of(world.hoa).closed_at is None
    with pytest.raises(Refusal):
        reopen_account(account_of(world.hoa), by=world.an)


def test_the_session_cookie_is_kept_from_scripts_and_other_sites(app, world, browse, monkeypatch):
    with_password(world.lan)
    plain = try_door(browse(), "lan", PASSWORD).response.headers["Set-Cookie"]
    monkeypatch.setitem(app.config, "SESSION_COOKIE_SECURE", True)
    behind_tls = try_door(browse(), "lan", PASSWORD).response.headers["Set-Cookie"]

    def flags(header):
        return {part.strip() for part in header.split(";")[1:]}

    assert flags(plain) == {"HttpOnly", "Path=/", "SameSite=Lax"}
    assert flags(behind_tls) == {"HttpOnly", "Path=/", "SameSite=Lax", "Secure"}


def test_a_session_begun_yesterday_is_not_listed(world):
    account = account_of(world.lan)
    open_session(account)
    sign_in = db.session.scalars(select(SignIn)).one()
    assert open_sessions(account) == [sign_in]

    sign_in.begun_at -= timedelta(hours=12)

    assert open_sessions(account) == []


def test_an_officer_sees_where_somebody_is_signed_in_and_ends_all_of_it(world, browse):
    with_password(world.lan)
    lan, an, page = signed_in_here(browse), browse(world.an), f"/accounts/people/{world.lan.id}"
    assert "từ 10:00 25/11/2026" in an.get(page).text
    assert f"{page}/sessions/ending" in {form["action"] for form in an.get(page).all("form")}

    an.post(f"{page}/sessions/ending", {})

    assert open_sessions(account_of(world.lan)) == []
    assert lan.get("/mine", 302).location.startswith("/sign-in")
    trace = db.session.scalars(select(AuditEntry).filter_by(verb="session ended")).one()
    assert (trace.by_id, trace.details) == (world.an.id, {"person": world.lan.id})
    browse(world.an).post(f"/accounts/people/{world.an.id}/sessions/ending", {}, status=404)
