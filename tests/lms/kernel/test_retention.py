"""What is not kept for good goes when its time is over, and the page on privacy tells its time."""
from datetime import timedelta

import pytest
from sqlalchemy import select

from lms.accounts.actions import open_session
from lms.accounts.models import Account, SignIn
from lms.kernel import clock, mail, retention
from lms.kernel.db import db
from lms.notices.models import Notice


@pytest.fixture
def kept(app, world, monkeypatch):
    """A letter, a message and a sign-in of today; gives what is left of them after some days."""
    monkeypatch.setitem(app.config, "SMTP_HOST", "mail.example.com")
    mail.post("k1", "lan@example.com", "Nhắc học", "Mời chị vào học.")
    open_session(db.session.scalar(select(Account)))
    db.session.flush()
    start = clock.now()

    def left(**span):
        monkeypatch.setattr(clock, "source", lambda: start + timedelta(**span))
        for term in retention.terms():
            term.let_go()
        return [len(db.session.scalars(select(kind.id)).all()) > 0
                for kind in (mail.Letter, Notice, SignIn)]
    return left


def test_letters_messages_and_sign_ins_are_kept_for_twelve_months(kept):
    assert kept(days=365) == [True, True, True]
    assert kept(days=365, seconds=1) == [False, False, False]


@pytest.fixture
def other_times(app, monkeypatch):
    """The deployment keeps letters for half a year and messages for good."""
    monkeypatch.setitem(app.config, "KEEP_LETTERS", 6)
    monkeypatch.setitem(app.config, "KEEP_MESSAGES", 0)


def test_a_deployment_keeps_them_for_another_time_or_for_good(other_times, kept):
    assert kept(days=183) == [False, True, True]
    assert kept(days=3650) == [False, True, False]


def test_the_page_on_privacy_tells_how_long(other_times, browse):
    page = browse().get("/privacy")

    assert "Thư gửi cho bạn: 6 tháng" in page.text
    assert "Bài tự luận, câu tự điền và tệp bạn nộp trong bài kiểm tra; lựa chọn đã đánh dấu và " \
           "điểm vẫn giữ: 60 tháng" in page.text
    assert "Thông báo gửi cho bạn:" not in page.text
