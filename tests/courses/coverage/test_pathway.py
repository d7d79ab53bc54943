"""Pace, forecast and classes to hold, worked out by hand."""
from datetime import date

import pytest

from courses.coverage.pathway import Pace, Suggestion, forecast, suggested

ENDS = [date(2025, 11, 30), date(2025, 12, 31), date(2026, 1, 31), date(2026, 2, 28),
        date(2026, 3, 31), date(2026, 4, 30), date(2026, 5, 31), date(2026, 6, 30),
        date(2026, 7, 31), date(2026, 8, 31), date(2026, 9, 30), date(2026, 10, 31),
        date(2026, 11, 25)]


def points(**met):
    """Thirteen month ends with 20 people met unless said otherwise: ``m3=17`` three months ago."""
    return [(day, met.get(f"m{12 - place}", 20)) for place, day in enumerate(ENDS)]


def test_the_day_is_what_is_short_times_the_days_by_the_gain_rounded_up():
    outlook = forecast(points(m12=8, m6=14, m3=17), short=4)

    # 6 months: 31/5 to 25/11 are 178 days, gain 6: 4 × 178 ÷ 6 = 118.67, so 119 days.
    assert (outlook.present.days, outlook.present.gain, outlook.present.days_left) == (178, 6, 119)
    assert outlook.present.reached_on == date(2027, 3, 24)
    # 3 months: 86 days, gain 3: 344 ÷ 3 = 115. 12 months: 360 days, gain 12: 120.
    assert (outlook.hopeful.months, outlook.hopeful.reached_on) == (3, date(2027, 3, 20))
    assert (outlook.cautious.months, outlook.cautious.reached_on) == (12, date(2027, 3, 25))


def test_a_span_that_lost_people_is_the_cautious_one_and_never_arrives():
    outlook = forecast(points(m12=10, m6=15, m3=22), short=4)

    assert (outlook.cautious.months, outlook.cautious.gain, outlook.cautious.days_left,
            outlook.cautious.reached_on) == (3, -2, None, None)


def test_where_six_months_gained_nobody_there_is_no_present_pace():
    outlook = forecast(points(m12=10), short=4)

    assert (outlook.present, outlook.hopeful.months) == (None, 12)


def test_where_nothing_was_gained_there_is_no_pace_at_all():
    outlook = forecast(points(), short=4)

    assert (outlook.present, outlook.hopeful, outlook.cautious.gain) == (None, None, 0)


def test_a_goal_that_is_younger_than_a_span_has_no_pace_over_it():
    young = [(day, None if place < 7 else 20) for place, day in enumerate(ENDS)]

    assert [pace.months for pace in forecast(young, short=4).paces] == [3]
    assert forecast(young[-2:], short=4).paces == ()


def test_no_day_is_named_that_nobody_could_believe():
    slow = Pace(12, ENDS[0], ENDS[-1], 19, 20, 200)

    assert (slow.days_left, slow.reached_on) == (72_000, None)


@pytest.mark.parametrize(("waiting", "free", "classes"), [
    ({}, 0, []),
    ({"A": 10}, 10, []),
    ({"A": 30}, 0, [("A", 1, 30)]),
    ({"A": 31}, 0, [("A", 2, 31)]),
    ({"A": 15, "B": 14, "C": 3}, 0, [("A", 1, 15), ("B", 1, 17)]),
    ({"A": 15, "B": 14, "C": 3}, 5, [("A", 1, 15), ("B", 1, 12)]),
    ({"B": 2, "A": 2}, 0, [("A", 1, 4)]),
])
def test_classes_go_where_the_people_are(waiting, free, classes):
    assert [(one.place, one.classes, one.people) for one in suggested(waiting, free, 30)] == classes


def test_small_places_come_together_and_all_are_named():
    assert suggested({"A": 40, "B": 9, "C": 6}, 0, 20) == [
        Suggestion("A", 2, 40, (("A", 40),)), Suggestion("B", 1, 15, (("B", 9), ("C", 6)))]
