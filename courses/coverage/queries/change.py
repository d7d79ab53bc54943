"""The points between which a figure is accounted for, and the people of each part."""
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from lms.kernel import clock
from lms.kernel.db import db

from courses.completions.models import Completion
from courses.coverage.account import Part, Point, account
from courses.coverage.queries.reading import Reader
from courses.coverage.queries.rows import people_rows
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


def accounted(goal, unit, first, second):
    """The account of the figure of ``goal`` in ``unit`` from ``first`` to ``second``.

    Each end is a day and the moment whose knowledge counts, None for now; the second day is
    not before the first.
    """
    (day, known), (later_day, later_known) = first, second
    known, later_known = known or clock.now(), later_known or clock.now()
    known_then = point(goal, unit, day, known)
    then = known_then if known == later_known else point(goal, unit, day, later_known)
    now = point(goal, unit, later_day, later_known)
    parts = account(known_then, then, now, _revoked(goal, day, later_day, later_known))
    return Account(Reading(day, known, len(known_then.met), len(known_then.required)),
                   Reading(later_day, later_known, len(now.met), len(now.required)),
                   tuple(parts))


def point(goal, unit, on, known):
    """What was true for ``goal`` and ``unit`` on the day ``on`` as known at ``known``."""
    reader = Reader(on, known, {goal.id})
    if not reader.goals:
        return Point(in_force=False)
    row, day = reader.goals[0], reader.day()
    within = below([unit.id], reader.parents)
    held = [day.holders.get(course, set()) for course in row.courses]
    return Point(
        in_force=True, posted=frozenset(day.posts),
        inside=frozenset().union(*(day.people.get(key, ()) for key in within)),
        members=frozenset(day.members.get(row.group_id, ())),
        excused=frozenset(day.excused.get(row.id, ())),
        holding=frozenset(set.intersection(*held)))


def _revoked(goal, first, second, known):
    courses = [course.id for course in goal.courses]
    return frozenset(db.session.scalars(select(Completion.person_id).where(
        Completion.course_id.in_(courses), Completion.known_at(known),
        Completion.revoked_on > first, Completion.revoked_on <= second)))


def people_of(part):
    """The people of ``part`` in the order of names: (person, change of met, of required)."""
    return [(row, _sign(row.id, part.met_more, part.met_less),
             _sign(row.id, part.required_more, part.required_less))
            for row in people_rows(part.people)]


def _sign(person, more, less):
    return (person in more) - (person in less)
