"""Who is told what on a day, at each edge of a date."""
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courses.reminders.rule import (
    ABOVE,
    CONTACT,
    DEFAULT,
    GRACE,
    HEAD,
    LEARNER,
    Missing,
    Staff,
    Step,
    addressed,
    answering,
    digests,
    learner_step,
    told_today,
)

DUE = date(2026, 12, 14)
#: The office stands under the department, the department under the province.
OFFICE, DEPARTMENT, PROVINCE = 3, 2, 1
PARENTS = {OFFICE: DEPARTMENT, DEPARTMENT: PROVINCE}
HEAD_OF_OFFICE, CONTACT_OF_OFFICE, HEAD_OF_DEPARTMENT, OFFICER = 30, 31, 20, 99
FULL = Staff({(CONTACT, OFFICE): [CONTACT_OF_OFFICE], (HEAD, OFFICE): [HEAD_OF_OFFICE],
              (HEAD, DEPARTMENT): [HEAD_OF_DEPARTMENT]}, PARENTS, (OFFICER,))


@pytest.mark.parametrize(("on", "days"), [
    (date(2026, 11, 29), None), (date(2026, 11, 30), -14), (date(2026, 12, 13), -14),
    (date(2026, 12, 14), 0), (date(2026, 12, 20), 0), (date(2026, 12, 21), None)])
def test_the_learner_is_told_before_and_on_the_due_date(on, days):
    step = learner_step(DEFAULT, DUE, on)

    assert (step.days if step else None) == days


@pytest.mark.parametrize(("on", "who"), [
    (date(2026, 12, 20), set()), (date(2026, 12, 21), {CONTACT}),
    (date(2026, 12, 27), {CONTACT}), (date(2026, 12, 28), {CONTACT, HEAD}),
    (date(2027, 1, 12), {CONTACT, HEAD}), (date(2027, 1, 13), {CONTACT, HEAD, ABOVE})])
def test_those_who_answer_are_told_after_7_14_and_30_days(on, who):
    assert answering(DEFAULT, DUE, on) == who


def test_a_due_date_at_the_end_of_the_calendar_is_never_passed():
    assert answering(DEFAULT, date.max, date(2026, 12, 14)) == set()
    assert learner_step(DEFAULT, date.max, date(2026, 12, 14)) is None


def test_somebody_who_joins_late_is_still_told_before():
    assert learner_step(DEFAULT, DUE, DUE - timedelta(days=1)) == Step(LEARNER, -14)


@pytest.mark.parametrize(("who", "people", "climbed"), [
    (CONTACT, (CONTACT_OF_OFFICE,), False), (HEAD, (HEAD_OF_OFFICE,), False),
    (ABOVE, (HEAD_OF_DEPARTMENT,), False)])
def test_where_everybody_is_named_each_step_reaches_its_own(who, people, climbed):
    assert addressed(who, OFFICE, FULL) == (people, climbed)


@pytest.mark.parametrize(("vacant", "who", "people"), [
    ([(CONTACT, OFFICE)], CONTACT, (HEAD_OF_OFFICE,)),
    ([(CONTACT, OFFICE), (HEAD, OFFICE)], CONTACT, (HEAD_OF_DEPARTMENT,)),
    ([(HEAD, OFFICE)], HEAD, (HEAD_OF_DEPARTMENT,)),
    ([(HEAD, DEPARTMENT)], ABOVE, (OFFICER,)),
    (list(FULL.named), CONTACT, (OFFICER,))])
def test_a_vacant_post_climbs_and_says_so(vacant, who, people):
    named = {post: held for post, held in FULL.named.items() if post not in vacant}

    assert addressed(who, OFFICE, Staff(named, PARENTS, (OFFICER,))) == (people, True)


def test_above_the_whole_there_are_only_officers():
    staff = Staff({(HEAD, PROVINCE): [10]}, PARENTS, (OFFICER,))

    assert addressed(ABOVE, PROVINCE, staff) == ((OFFICER,), True)


def test_a_digest_names_each_person_once_for_a_goal_and_unit():
    missing = [Missing(1, 500, DUE, (OFFICE,)), Missing(1, 501, DUE, (OFFICE, DEPARTMENT)),
               Missing(2, 500, DUE - timedelta(days=7), (OFFICE,))]

    found = digests({1: DEFAULT, 2: DEFAULT}, missing, FULL, DUE + timedelta(days=7))

    assert {who: dict(digest.people) for who, digest in found.items()} == {
        CONTACT_OF_OFFICE: {(1, OFFICE): {500, 501}, (2, OFFICE): {500}},
        HEAD_OF_OFFICE: {(2, OFFICE): {500}},
        HEAD_OF_DEPARTMENT: {(1, DEPARTMENT): {501}}}
    assert {who: digest.vacant for who, digest in found.items()} == {
        CONTACT_OF_OFFICE: set(), HEAD_OF_OFFICE: set(),
        HEAD_OF_DEPARTMENT: {(CONTACT, DEPARTMENT)}}


def test_a_paused_goal_tells_nobody():
    missing = [Missing(1, 500, DUE, (OFFICE,))]

    assert told_today({}, missing, DUE) == []
    assert digests({}, missing, FULL, DUE + timedelta(days=60)) == {}


LADDERS = st.lists(st.builds(Step, st.sampled_from((LEARNER, CONTACT, HEAD, ABOVE)),
                             st.integers(-40, 60)), max_size=6)


@given(LADDERS, st.lists(st.integers(-60, 90), max_size=60, unique=True))
def test_over_any_run_of_days_a_learner_is_told_each_step_once_at_most(steps, days):
    # The key of a reminder holds the step; the same step on another day is the same reminder.
    told = [step for offset in sorted(days)
            if (step := learner_step(steps, DUE, DUE + timedelta(days=offset)))]
    kept = list(dict.fromkeys(told))

    assert [step.days for step in kept] == sorted(step.days for step in kept)
    assert all(step.who == LEARNER for step in kept)


@given(LADDERS)
def test_a_run_every_day_misses_no_step_whose_day_is_its_own(steps):
    every = [DUE + timedelta(days=offset) for offset in range(-60, 91)]
    told = {step.days for day in every if (step := learner_step(steps, DUE, day))}

    assert told == {step.days for step in steps if step.who == LEARNER}


@given(LADDERS, st.integers(-60, 90))
def test_after_the_due_date_nothing_is_told_beyond_the_days_of_grace(steps, offset):
    on = DUE + timedelta(days=offset)
    step = learner_step(steps, DUE, on)

    if step and on >= DUE:
        assert timedelta(0) <= on - step.day(DUE) <= GRACE
