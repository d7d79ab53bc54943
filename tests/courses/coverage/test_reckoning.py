"""The arithmetic alone: rates, due dates, unbroken memberships, people counted once."""
from datetime import date
from types import SimpleNamespace

import pytest

from courses.coverage.reckoning import (
    Day,
    due_on,
    first_days,
    late,
    printed_rate,
    short_of,
    standing,
    tally,
)

JUNE, JULY = date(2026, 6, 1), date(2026, 7, 1)


def goal(**terms):
    """A goal of group 1 and course 1 set on 1 January 2026."""
    return SimpleNamespace(**{"id": 1, "group_id": 1, "courses": (1,), "due_days": None,
                              "deadline": None, "valid_from": date(2026, 1, 1)} | terms)


@pytest.mark.parametrize(("met", "required", "rate"), [
    (75, 240, "31.3"), (1, 16, "6.3"), (58, 62, "93.5"), (1, 3, "33.3"), (2, 3, "66.7"),
    (0, 7, "0.0"), (7, 7, "100.0"), (1, 1, "100.0"),
    (2999, 3000, "99.9"), (1, 3000, "0.1"), (1999, 2000, "99.9"), (1, 2001, "0.1"),
    (0, 0, None),
])
def test_a_rate_is_rounded_half_up_but_never_to_all_or_nobody(met, required, rate):
    assert printed_rate(met, required) == rate


@pytest.mark.parametrize(("met", "required", "share", "short"), [
    (17, 21, 100, 4), (21, 21, 100, 0), (7, 10, 70, 0), (6, 9, 70, 1), (0, 0, 100, 0),
    (2, 3, 66.5, 0), (0, 1, 0, 0),
])
def test_so_many_people_are_short_of_the_target(met, required, share, short):
    assert short_of(met, required, share) == short


def test_memberships_that_touch_or_overlap_are_unbroken_and_a_gap_of_a_day_breaks_them():
    touching = [(1, date(2026, 1, 1), date(2026, 3, 1)), (1, date(2026, 3, 1), None)]
    overlapping = [(2, date(2026, 1, 1), None), (2, date(2026, 2, 1), date(2026, 3, 1))]
    broken = [(3, date(2026, 1, 1), date(2026, 3, 1)), (3, date(2026, 3, 2), None)]
    over = [(4, date(2026, 1, 1), JULY)]

    assert first_days(touching + overlapping + broken + over, JULY) == {
        1: date(2026, 1, 1), 2: date(2026, 1, 1), 3: date(2026, 3, 2)}


def test_a_newcomer_has_the_days_from_joining_and_everybody_from_the_first_day_of_the_goal():
    ninety = goal(due_days=90)

    assert due_on(ninety, since=date(2026, 6, 1)) == date(2026, 8, 30)
    assert due_on(ninety, since=date(2019, 6, 1)) == date(2026, 4, 1)


def test_a_deadline_is_the_same_for_all_and_comes_before_the_days():
    assert due_on(goal(deadline=JULY), since=JUNE) == JULY
    assert due_on(goal(deadline=JULY, due_days=90), since=JUNE) == JULY
    assert due_on(goal(), since=JUNE) is None


def test_days_beyond_the_calendar_are_never_used_up():
    forever = goal(due_days=999_999_999)

    assert due_on(forever, since=JUNE) == date.max
    assert late(forever, {1}, {1: JUNE}, JULY) == set()


@pytest.mark.parametrize(("on", "overdue"), [(date(2026, 6, 30), set()), (JULY, set()),
                                             (date(2026, 7, 2), {1})])
def test_on_the_due_date_itself_nobody_is_overdue(on, overdue):
    assert late(goal(deadline=JULY), {1}, {1: JUNE}, on) == overdue
    assert late(goal(due_days=30), {1}, {1: JUNE}, on) == overdue


def test_members_are_the_met_the_exempt_the_overdue_and_those_within_time():
    day = Day(on=JULY, parents={2: 1}, people={2: {1, 2, 3, 4, 5}},
              members={1: dict.fromkeys((1, 2, 3, 4, 6), JUNE) | {4: JULY}},
              holders={1: {1, 2, 5}}, excused={1: {2}})

    four = standing(goal(due_days=10), day)

    assert (four.met, four.exempt, four.overdue, four.within_time) == ({1}, {2}, {3}, {4})
    assert [four.status_of(person) for person in range(1, 7)] == [
        "met", "exempt", "overdue", "within_time", None, None]


def test_somebody_in_two_units_counts_once_in_each_and_once_above_them():
    day = Day(on=JULY, parents={2: 1, 3: 1, 4: 3}, people={2: {7}, 3: {7, 8}, 4: {7}},
              members={}, holders={}, excused={})

    assert tally({7, 8}, day) == {1: 2, 2: 1, 3: 2, 4: 1}
