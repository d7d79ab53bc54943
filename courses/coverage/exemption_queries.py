"""Exemptions and the requests for them, as far as somebody may see them."""
from typing import NamedTuple

from sqlalchemy import exists, func, select
from sqlalchemy.orm import joinedload

from lms.kernel import clock
from lms.kernel.db import db
from lms.people.models import Membership
from lms.people.queries import about_people_seen_by, works_in

from courses.coverage import reckoning
from courses.coverage.models import Exemption, ExemptionRequest, Goal
from courses.coverage.queries.beforehand import brought_up
from courses.coverage.queries.reading import Reader
from courses.coverage.queries.rows import GoalRow, UnitRow

#: A unit that excuses more than one in so many of its people in a goal is flagged.
TENTH = 10


def requests_seen_by(viewer, state=""):
    """The statement of the requests about oneself and one's people; for officers all.

    ``state`` is one of ExemptionRequest.states() or nothing.
    """
    request, states = ExemptionRequest, ExemptionRequest.states()
    statement = select(request).options(
        joinedload(request.person), joinedload(request.goal), joinedload(request.unit)).order_by(
        *request.in_turn())
    if state in states:
        statement = statement.where(states[state])
    return about_people_seen_by(viewer, statement, request)


def exemptions_seen_by(viewer):
    """The statement of the exemptions now known that hold some day, one's own and one's people's;
    the last to end first."""
    statement = select(Exemption).options(
        joinedload(Exemption.person), joinedload(Exemption.goal),
        joinedload(Exemption.approved_by)).where(
            Exemption.known_at(), Exemption.some_day()).order_by(
        Exemption.valid_to.is_not(None), Exemption.valid_to.desc(), Exemption.id)
    return about_people_seen_by(viewer, statement, Exemption)


def exemptions_of(person):
    """The exemptions of ``person`` as now known that hold some day, the newest first."""
    return db.session.scalars(
        select(Exemption).options(joinedload(Exemption.goal))
        .where(Exemption.person_id == person.id, Exemption.known_at(), Exemption.some_day())
        .order_by(Exemption.valid_from.desc(), Exemption.id)).all()


def requests_of_units(unit_ids, day):
    """The statement of the requests about the people with a post in one of the units on ``day``.
    """
    return select(ExemptionRequest).options(
        joinedload(ExemptionRequest.person), joinedload(ExemptionRequest.goal)).where(
        works_in(ExemptionRequest.person_id, unit_ids, day)).order_by(
        ExemptionRequest.decided_at.is_not(None), ExemptionRequest.asked_at.desc())


def requests_behind(exemptions):
    """exemption → the request it was approved for; one that was ended keeps its request.

    An exemption ended early is a corrected row: it has the person, goal and first day of the
    row that the approval made.
    """
    rows = db.session.execute(
        select(ExemptionRequest, Exemption)
        .join(Exemption, Exemption.id == ExemptionRequest.exemption_id)
        .options(joinedload(ExemptionRequest.asked_by))
        .where(Exemption.person_id.in_({one.person_id for one in exemptions}))).all()
    made = {(first.person_id, first.goal_id, first.valid_from): request
            for request, first in rows}
    return {one.id: made.get((one.person_id, one.goal_id, one.valid_from)) for one in exemptions}


def requests_waiting():
    """How many requests wait for an officer."""
    return db.session.scalar(select(func.count()).select_from(ExemptionRequest).where(
        ExemptionRequest.decided_at.is_(None)))


def goals_asking(person):
    """The goals in force today that mean ``person``, by key: what one can be excused from."""
    today = clock.today()
    belongs = exists().where(
        Membership.group_id == Goal.group_id, Membership.person_id == person.id,
        Membership.valid_on(today), Membership.known_at())
    return db.session.scalars(
        select(Goal).where(Goal.valid_on(today), belongs).order_by(Goal.key)).all()


class Excusing(NamedTuple):
    """How many of the members of ``unit`` are exempt from ``goal``."""

    goal: GoalRow
    unit: UnitRow
    members: int
    exempt: int


def generous_units(on=None):
    """Where a unit excuses more than a tenth of its members in a goal on ``on``, as Excusing:
    goals by key, units in order of precedence.

    The whole itself is not a unit that excuses.
    """
    on = on or clock.today()
    if not db.session.scalar(select(exists().where(Exemption.valid_on(on), Exemption.known_at()))):
        return []
    kept = brought_up(on)
    if kept is not None:
        units = {unit.id for unit in kept.reader.units if unit.parent_id}
        return [Excusing(one.goal, one.unit, one.members, one.exempt)
                for one in kept.figures(units=units) if one.exempt * TENTH > one.members]
    reader = Reader(on, clock.now())
    day, members, found = reader.belonging(), {}, []
    units = [unit for unit in reader.units if unit.parent_id]
    for goal in reader.goals:
        counted = day.counted.get(goal.group_id, set())
        exempt = reckoning.tally(counted & day.excused.get(goal.id, set()), day)
        if exempt and goal.group_id not in members:
            members[goal.group_id] = reckoning.tally(counted, day)
        found += [Excusing(goal, unit, members[goal.group_id][unit.id], exempt[unit.id])
                  for unit in units
                  if exempt and exempt[unit.id] * TENTH > members[goal.group_id][unit.id]]
    return found
