"""On random histories a locked report, reckoned anew as of K, is the report; and it names all."""
from datetime import timedelta

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from lms.kernel import clock
from lms.kernel.db import db
from lms.organisations.models import Placement
from lms.people.models import Membership, Posting

from courses.completions.models import Completion
from courses.coverage.models import Exemption
from courses.coverage.queries import figures
from courses.reports.actions import lock
from courses.reports.queries.comparing import (
    checked,
    counts,
    differences,
    known_now,
    reports_that_differ,
)
from courses.reports.queries.measuring import matter_of
from courses.reports.queries.reasons import changes_for_all, facts_behind
from tests.courses.coverage.histories import START, histories
from tests.courses.coverage.test_reckoning_property import ON, Imported, examples

HEADING = {"title": "Báo cáo"}


def correct_something(chance, facts, moment):
    """Let some facts be believed no more, and some be believed otherwise, at ``moment``."""
    for place in db.session.scalars(select(Placement).where(Placement.superseded_at.is_(None))):
        if place.unit.key in {row["unit"] for row in facts["units"]} and chance.random() < 0.1:
            place.superseded_at = moment
    for model in (Posting, Membership, Completion, Exemption):
        for row in db.session.scalars(select(model).where(model.superseded_at.is_(None))
                                      .order_by(model.id)):
            if row.person.key.startswith("P") and row.person.key[1:].isdigit() \
                    and chance.random() < 0.2:
                row.superseded_at = moment
                if chance.random() < 0.5:
                    db.session.add(successor(row, moment, chance.randint(-3, 3)))
    db.session.flush()


def successor(row, moment, days):
    """The same fact some days earlier or later."""
    shift = timedelta(days=days)
    if isinstance(row, Completion):
        return Completion(person_id=row.person_id, course_id=row.course_id,
                          learned_on=row.learned_on + shift, recorded_at=moment)
    values = {"person_id": row.person_id, "valid_from": row.valid_from + shift,
              "recorded_at": moment}
    own = {Posting: "unit_id", Membership: "group_id", Exemption: "goal_id"}[type(row)]
    return type(row)(**values, **{own: getattr(row, own)})


def where_counted(told, parents, top):
    """The status, and the units up to ``top`` in which somebody told of counts; None: nowhere.

    Two posts of which one stands above the other count in no more units than the lower alone.
    """
    if told is None:
        return None
    status, units = told
    counted = set()
    for unit in units:
        path = []
        while unit is not None and unit not in path:
            path.append(unit)
            unit = None if unit == top else parents.get(unit)
        counted.update(path)
    return status, counted


@pytest.mark.slow
@settings(examples, max_examples=15)
@given(facts=histories, on=ON, chance=st.randoms(use_true_random=True), data=st.data())
def test_a_lock_stays_and_names_exactly_who_differs(world, facts, on, chance, data):
    with Imported(facts) as given_:
        goals = [goal for goal in given_.goals.values() if goal.holds(on)]
        units = [one for one in given_.units.values() if one.holds(on)]
        assume(goals and units)
        unit = data.draw(st.sampled_from(sorted(units, key=lambda one: one.key)))
        report = lock(unit, START, on, HEADING, by=None)
        later = clock.now() + timedelta(hours=1)
        locked = matter_of(report)

        assert counts(locked.figures).items() >= counts(figures(goals, [unit], on)).items()

        correct_something(chance, facts, later)
        clock_then, clock.source = clock.source, lambda: later + timedelta(hours=1)
        try:
            check = checked(matter_of(report))
            read, _figures = known_now(locked)
            found = differences(locked, read)
            reasons = facts_behind(locked, {one.person_id for one in found})
            moved = changes_for_all(locked, read)
            named = {key for key, person in given_.people.items()
                     if report in reports_that_differ([person], on)}
        finally:
            clock.source = clock_then

        assert (check.intact, check.equal) == (True, True)
        tree, top = dict(locked.numbers["tree"]), locked.unit_id
        assert {(one.goal.id, one.person_id) for one in found} == {
            (goal.id, person) for goal in locked.goals
            for person in locked.people[goal.id].keys() | read.people(goal).keys()
            if where_counted(locked.people[goal.id].get(person), tree, top)
            != where_counted(read.people(goal).get(person), read.day.parents, top)}
        assert all(reasons.get(one.person_id) or moved for one in found)
        ids = set() if moved else {one.person_id for one in found}
        assert {key for key, person in given_.people.items() if person.id in ids} <= named
