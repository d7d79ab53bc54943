"""Passwords and moments for the people of the world."""
from datetime import timedelta

from lms.accounts.actions import choose_password
from lms.accounts.queries import account_of
from lms.kernel import clock

from tests.conftest import MORNING

PASSWORD = "bốn từ rời nhau"


def with_password(person, password=PASSWORD):
    """The account of ``person``, who has chosen ``password``."""
    account = account_of(person)
    choose_password(account, password, by=person)
    return account


def later(monkeypatch, **span):
    """Let the clock stand so much after the morning of the tests."""
    monkeypatch.setattr(clock, "source", lambda: MORNING + timedelta(**span))


def try_door(browser, username, password, status=302, url="/sign-in", **fields):
    """Knock as the form does."""
    return browser.post(url, {"username": username, "password": password, **fields}, status=status)
