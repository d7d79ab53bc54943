"""A locked report beside what is known today: who differs, and the facts why."""
from dataclasses import dataclass

from sqlalchemy import select

from lms.kernel import clock
from lms.kernel.db import db
from lms.organisations.walking import path
from lms.people.queries import units_of

from courses.coverage.queries import owed_by, whole
from courses.coverage.queries.rows import GoalRow
from courses.reports.models import LockedPerson, Report

#: The counts of a unit in which nobody is meant.
NOBODY = (0, 0, 0, 0)


@dataclass(frozen=True)
class Check:
    """Whether a report still is what was locked."""

    #: Its rows give the hash that was printed.
    intact: bool
    #: The facts as known at K give the same figures and people.
    equal: bool


@dataclass(frozen=True)
class Difference:
    """Somebody whom today's knowledge counts differently for the same day.

    A status of None: not counted.  ``units`` are the ids of the units of the report in which
    the person counts.
    """

    person_id: int
    goal: GoalRow
    before: str | None
    now: str | None
    units_before: frozenset
    units_now: frozenset


def checked(matter):
    """Reckon a locked matter anew from the facts as they were known at K."""
    again = whole(matter.unit_id, matter.on, matter.known, matter.goals,
                  {unit.id for unit in matter.units})
    people = {goal.id: again.people(goal) for goal in again.goals}
    return Check(matter.digest() == matter.sha256,
                 counts(again.figures) == counts(matter.figures) and people == matter.people)


def counts(figures):
    """(goal id, unit id) → the four counts: what a figure is, whatever the names are now."""
    return {(f.goal.id, f.unit.id): (f.exempt, f.met, f.overdue, f.within_time) for f in figures}


def known_now(matter):
    """What today's knowledge says of the unit and the day of a locked matter."""
    read = whole(matter.unit_id, matter.on, clock.now())
    asked = {goal.id for goal in matter.goals}
    return read, [figure for figure in read.figures if figure.goal.id in asked]


def differences(matter, read):
    """Exactly the people who count differently now; goals by key, then people by id."""
    old_tree = dict(matter.numbers["tree"])
    new_goals = {goal.id: goal for goal in read.goals}
    found = []
    for goal in matter.goals:
        old = _reach(matter.people[goal.id], old_tree, matter.unit_id)
        now = (_reach(read.people(new_goals[goal.id]), read.day.parents, matter.unit_id)
               if goal.id in new_goals else {})
        found += [Difference(person, goal, *_pair(old.get(person), now.get(person)))
                  for person in sorted(old.keys() | now.keys())
                  if old.get(person) != now.get(person)]
    return found


def _pair(old, now):
    nothing = None, frozenset()
    (before, units_before), (after, units_now) = old or nothing, now or nothing
    return before, after, units_before, units_now


def _reach(people, parents, top):
    """person → (status, the units up to ``top`` in which the person counts)."""
    reach = {}
    for posts in {units for _status, units in people.values()}:
        above = set()
        for unit in posts:
            units_above = path(unit, parents)
            above.update(units_above[:units_above.index(top) + 1] if top in units_above
                         else units_above)
        reach[posts] = frozenset(above)
    return {person: (status, reach[units]) for person, (status, units) in people.items()}


def reports_that_differ(people, since):
    """The reports in force with D on ``since`` or later that count ``people`` otherwise now.

    Where the goal or the tree of units changed, the report itself says so; here it is each
    person's status and posts that are compared.
    """
    reports = db.session.scalars(
        select(Report).where(Report.on >= since, Report.ended_at.is_(None))
        .order_by(Report.on, Report.id)).all()
    return [report for report in reports if any(_differs(report, person) for person in people)]


def reports_with(unit_ids, since):
    """The reports in force with D on ``since`` or later in which one of the units (ids) stands."""
    reports = db.session.scalars(
        select(Report).where(Report.on >= since, Report.ended_at.is_(None))
        .order_by(Report.on, Report.id)).all()
    return [report for report in reports
            if any(unit["id"] in unit_ids for unit in report.units)]


def _differs(report, person):
    locked = {row.goal_id: (row.status, frozenset(row.units)) for row in db.session.scalars(
        select(LockedPerson).where(LockedPerson.report_id == report.id,
                                   LockedPerson.person_id == person.id))}
    scope = {unit["id"] for unit in report.units}
    posts = frozenset(units_of(person.id, report.on) & scope)
    goals = {row["id"] for row in report.goals}
    now = {one.goal.id: (one.status, posts) for one in owed_by(person, report.on)
           if one.goal.id in goals} if posts else {}
    return locked != now
