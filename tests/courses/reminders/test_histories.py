"""On random histories exactly those are told whom an independent reckoning finds missing."""
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from lms.kernel import clock
from lms.kernel.db import db
from lms.organisations.models import Unit
from lms.organisations.queries import tree
from lms.people.models import Person

from courses.coverage.models import Goal
from courses.reminders.queries import missing_on
from courses.reminders.rule import CONTACT, LEARNER, Step, answering, told_today
from tests.courses.coverage.histories import histories
from tests.courses.coverage.test_reckoning_property import ON, Imported, examples

#: Days so few that every step falls among the days of a history.
LADDER = (Step(LEARNER, -2), Step(LEARNER, 0), Step(CONTACT, 1))


def owing(given_, on):
    """goal, person → the due date, of those the oracle finds missing below a root."""
    parents = tree(on).parents
    roots = [unit.key for unit in db.session.scalars(select(Unit).where(Unit.valid_on(on)))
             if unit.id not in parents and unit.key in given_.units]
    return {(goal, person): due for goal in given_.goals for root in roots
            for person, (status, due) in (
                given_.oracle.people(goal, root, on, clock.now()) or {}).items()
            if status in ("overdue", "within_time") and due}


def names(model):
    """id → key."""
    return dict(db.session.execute(select(model.id, model.key)).all())


@pytest.mark.slow
@settings(examples, max_examples=15)
@given(facts=histories, on=ON, later=st.integers(0, 3))
def test_those_are_told_whom_the_oracle_finds_missing(world, facts, on, later):
    on += timedelta(days=later)
    with Imported(facts) as given_:
        expected = owing(given_, on)
        goals, people = names(Goal), names(Person)

        missing = missing_on(on, [goal for goal in given_.goals.values() if goal.holds(on)])
        told = told_today({goal.id: LADDER for goal in given_.goals.values()}, missing, on)

        found = {(goals[one.goal], people[one.person]): one.due_on for one in missing}
        assert found == expected
        assert len(missing) == len(expected)
        assert {(goals[one.goal], people[one.person], step.days) for one, step in told} == {
            (*key, -2 if on < due else 0) for key, due in expected.items()
            if due - timedelta(days=2) <= on <= due + timedelta(days=6)}
        assert {key for key, due in expected.items() if answering(LADDER, due, on)} == {
            key for key, due in expected.items() if on >= due + timedelta(days=1)}
