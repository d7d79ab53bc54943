"""The points between which a figure is accounted for, and the people of each part."""
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select, true

from lms.kernel import clock
from lms.kernel.db import db

from courses.completions.models import Completion
from courses.coverage.account import Part, Point, account
from courses.coverage.queries.rows import among, people_rows
from courses.coverage.queries.today import reader_for
from courses.coverage.reckoning import below, printed_rate


@dataclass(frozen=True)
class Reading:
    """A figure at one end of an account."""

    on: date
    known: object
    met: int
    required: int

    @property
    def rate(self):
        """The printed rate, None where nobody is required."""
        return printed_rate(self.met, self.required)


@dataclass(frozen=True)
class Account:
    """How a figure came from ``first`` to ``second``: the parts add up exactly to the change."""

    first: Reading
    second: Reading
    parts: tuple[Part, ...]

    def part(self, cause):
        """The part of this cause, or None."""
        return next((part for part in self.parts if part.cause == cause), None)


def accounted(goal, unit, first, second, recast=False):
    """The account of the figure of ``goal`` in ``unit`` from ``first`` to ``second``.

    Each end is a day and the moment whose knowledge counts, None for now; the second day is
    not before the first.  ``recast`` accounts for it under today's structure, where nobody moves
    because a unit does.
    """
    (day, known), (later_day, later_known) = first, second
    now = clock.now()
    known, later_known = known or now, later_known or now
    ends = [(day, known), (day, later_known), (later_day, later_known)]
    # Under today's structure it is known only of everybody who is in the unit.
    readers = [reader_for(on, at, {goal.id}, None if recast else {unit.id}, recast)
               for on, at in ends[known == later_known:]]
    people = _concerned(readers)
    points = [point(unit, reader.of_people(people)) for reader in readers]
    known_then, then, after = points[0], points[-2], points[-1]
    # A revocation is the cause only where somebody ceased to meet the goal.
    parts = account(known_then, then, after, revoked(
        goal, (day, later_day), later_known, then.met - after.met))
    return Account(Reading(day, known, len(known_then.met), len(known_then.required)),
                   Reading(later_day, later_known, len(after.met), len(after.required)),
                   tuple(parts))


def _concerned(readers):
    """The ids of those who were in the unit at one of the points, None for everybody.

    Nobody else counts at any of them; but where they came from or went is only known from their
    posts anywhere.
    """
    if any(reader.scope is None for reader in readers):
        return None
    return set().union(*(reader.everybody for reader in readers))


def point(unit, reader):
    """What was true for the one goal of ``reader`` and ``unit``, of the people it reads."""
    if not reader.goals:
        return Point(in_force=False)
    row, day = reader.goals[0], reader.day()
    within = below([unit.id], reader.parents)
    held = [day.holders.get(course, set()) for course in row.courses]
    return Point(
        in_force=True, posted=frozenset(day.posted),
        inside=frozenset().union(*(day.people.get(key, ()) for key in within)),
        members=frozenset(day.members.get(row.group_id, ())),
        excused=frozenset(day.excused.get(row.id, ())),
        holding=frozenset(set.intersection(*held)))


def revoked(goal, days, known, people=None):
    """The ids of those of whom a completion of a course of ``goal`` was revoked after the first
    of the two ``days``, up to the second, as known at ``known``; of ``people``, a set of ids, alone
    where given.
    """
    if people is not None and not people:
        return frozenset()
    courses, (first, second) = [course.id for course in goal.courses], days
    return frozenset(db.session.scalars(select(Completion.person_id).where(
        Completion.course_id.in_(courses), Completion.known_at(known),
        Completion.revoked_on > first, Completion.revoked_on <= second,
        true() if people is None else among(Completion.person_id, people))))


def people_of(part):
    """The people of ``part`` in the order of names: (person, change of met, of required)."""
    return [(row, _sign(row.id, part.met_more, part.met_less),
             _sign(row.id, part.required_more, part.required_less))
            for row in people_rows(part.people)]


def _sign(person, more, less):
    return (person in more) - (person in less)
