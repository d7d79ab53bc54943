"""The rule of a class at its edges."""
from decimal import Decimal

import pytest

from courses.classes.rule import outlook, read_mark


@pytest.mark.parametrize(("marks", "sessions", "mark", "passed"), [
    (["present"] * 4 + ["absent"], 5, Decimal(50), True),
    (["present"] * 3 + ["late"] + ["excused"], 5, Decimal(50), True),
    (["present"] * 3 + ["excused"] * 2, 5, Decimal(100), False),
    (["present"] * 5, 5, Decimal("49.99"), False),
    (["present"] * 5, 5, None, False),
    ([], 0, Decimal(100), False),
])
def test_four_fifths_of_the_sessions_and_fifty_points_pass(marks, sessions, mark, passed):
    assert outlook(marks, sessions, mark, 80, 50).passed is passed


def test_seventy_nine_point_nine_per_cent_is_not_eighty():
    almost = outlook(["present"] * 799 + ["absent"] * 201, 1000, None, 80, None)

    assert (almost.passed, almost.percent) == (False, 79)


def test_without_a_pass_mark_attendance_alone_decides():
    assert outlook(["present"], 1, None, 80, None).passed


def test_what_is_missing_is_counted():
    waiting = outlook(["present"], 3, None, 80, 50)

    assert (waiting.unmarked, waiting.mark_missing, waiting.settled) == (2, True, False)


@pytest.mark.parametrize(("text", "mark"), [
    ("7,5", Decimal("7.50")), ("100", Decimal("100.00")), (" 0 ", Decimal("0.00")), ("", None)])
def test_a_mark_is_read_with_comma_or_point(text, mark):
    assert read_mark(text) == mark


@pytest.mark.parametrize("text", ["101", "-1", "mười", "NaN", "1e9"])
def test_what_is_no_mark_is_refused(text):
    with pytest.raises(ValueError, match="."):
        read_mark(text)
