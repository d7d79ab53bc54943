"""Days that pass by the facts: what holds on each day is what holds on it looked at alone."""
from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from courses.coverage.passing import Belonging, Days, Presence
from courses.coverage.reckoning import unbroken

FIRST = date(2026, 1, 1)
DAYS = [FIRST + timedelta(days=3 * n) for n in range(6)]
day = st.integers(-3, 20).map(lambda n: FIRST + timedelta(days=n))
facts = st.lists(st.tuples(st.integers(1, 2), st.integers(1, 3), day, st.none() | day), max_size=12)

quickly = settings(max_examples=60, deadline=None, derandomize=True, database=None)


def holds(fact, on):
    """Whether the half-open interval at the end of ``fact`` holds the day."""
    *_fact, start, end = fact
    return start <= on and (end is None or on < end)


@quickly
@given(told=facts)
def test_a_set_holds_on_each_day_whom_a_fact_of_that_day_names(told):
    days = Days(DAYS)
    passing = Presence((key, person, days.since(start), days.since(end))
                      for key, person, start, end in told)

    for place, on in enumerate(DAYS):
        sets = passing.move_to(place)
        assert {(key, person) for key, people in sets.items() for person in people} == {
            fact[:2] for fact in told if holds(fact, on)}


@quickly
@given(told=facts)
def test_somebody_belongs_since_the_first_day_of_the_unbroken_stretch(told):
    days = Days(DAYS)
    intervals = sorted((fact[1:] for fact in told if fact[3] is None or fact[2] <= fact[3]),
                       key=lambda row: row[1])
    stretches = unbroken(intervals)
    passing = Belonging((person, start, days.since(start), days.since(end))
                        for person, start, end in stretches)

    for place, on in enumerate(DAYS):
        assert passing.move_to(place) == {
            row[0]: row[1] for row in stretches if holds(row, on)}


def test_the_day_after_one_of_the_days_is_the_next_and_no_day_never_comes():
    days = Days(DAYS)

    assert [days.since(DAYS[2]), days.after(DAYS[2]), days.after(FIRST + timedelta(days=1)),
            days.since(None), days.after(None), days.after(DAYS[5])] == [2, 3, 1, 6, 6, 6]
