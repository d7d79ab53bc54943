"""The days of a dated fact in the words of a reader."""
from datetime import date
from types import SimpleNamespace

from lms.kernel.i18n import last_day, span, speaking


def fact(first, end):
    return SimpleNamespace(valid_from=first, valid_to=end)


def test_a_role_until_the_first_is_held_to_the_last_of_the_month_before():
    assert last_day(date(2026, 12, 1)) == date(2026, 11, 30)
    assert last_day(None) is None


def test_a_post_that_another_follows_ends_on_the_day_before():
    assert span(fact(date(2018, 1, 1), date(2025, 3, 1))) == "01/01/2018 – 28/02/2025"


def test_an_open_post_lasts_until_now():
    assert span(fact(date(2018, 1, 1), None)) == "01/01/2018 – hiện nay"
    with speaking("en"):
        assert span(fact(date(2018, 1, 1), None)) == "01/01/2018 – now"


def test_what_was_undone_on_its_day_shows_no_day_before_its_first():
    assert span(fact(date(2018, 1, 1), date(2018, 1, 1))) == "01/01/2018 – 01/01/2018"
