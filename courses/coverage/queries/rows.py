"""Goals and units as they stand beside a figure: plain rows, one statement each."""
from collections import defaultdict
from datetime import date
from decimal import Decimal
from operator import attrgetter
from typing import NamedTuple

from sqlalchemy import (
    and_,
    literal_column,
    select,
    true,
)

from lms.kernel.db import Interval, ask, db
from lms.kernel.keys import one_of
from lms.organisations.models import Placement, Unit
from lms.people.models import Person

from courses.coverage.models import Goal, GoalCourse


class ById(NamedTuple):
    """A goal, a unit or a person known only by the id, for the queries that ask for no more."""

    id: int


class GoalRow(NamedTuple):
    """A goal, with the ids of its courses."""

    id: int
    key: str
    group_id: int
    title_vi: str
    title_en: str
    share: Decimal | None
    due_days: int | None
    deadline: date | None
    basis: str
    valid_from: date
    valid_to: date | None
    courses: tuple[int, ...]

    #: Whether the goal is set on a day.
    in_force = Interval.holds


class UnitRow(NamedTuple):
    """A unit; ``parent_id`` is where it stood on the day asked about."""

    id: int
    key: str
    name_vi: str
    name_en: str
    short_name: str
    kind: str
    precedence: int
    valid_from: date
    valid_to: date | None
    parent_id: int | None

    #: Whether there was such a unit on a day, as is known now.
    in_force = Interval.holds

    def stood_on(self, day):
        """Whether there was such a unit on ``day``, the day asked about, as was known then.

        A unit has one clock, its place in the tree has both: a unit that an act ended which was
        entered later still stood in its place.
        """
        return self.parent_id is not None or self.in_force(day)


class PersonRow(NamedTuple):
    """A person as lists name, sort and find them."""

    id: int
    key: str
    full_name: str
    birth: str
    sort_key: str
    fold: str


def all_goals(goals=None):
    """Every goal by key, in force or not; only those with the ids ``goals`` where given."""
    columns = [getattr(Goal, name) for name in GoalRow._fields[:-1]]
    statement = select(*columns, GoalCourse.course_id).join(
        GoalCourse, GoalCourse.goal_id == Goal.id, isouter=True)
    if goals is not None:
        statement = statement.where(Goal.id.in_(goals))
    courses = defaultdict(list)
    for *fields, course in ask(statement).all():
        courses[tuple(fields)].append(course)
    rows = [GoalRow(*fields, tuple(sorted(course for course in asked if course is not None)))
            for fields, asked in courses.items()]
    return sorted(rows, key=lambda goal: goal.key)


def goals_on(day, goals=None):
    """The goals in force on ``day`` by key; only those with the ids ``goals`` where given."""
    return [goal for goal in all_goals(goals) if goal.in_force(day)]


def goals_with(course):
    """The ids of the goals that ask for the course with the id ``course``."""
    return set(db.session.scalars(
        select(GoalCourse.goal_id).where(GoalCourse.course_id == course)))


def units_of_day(on, known, ids=None):
    """Every unit there ever was, in order of precedence, with its parent on the day ``on``.

    Only those with the ids ``ids`` where given.
    """
    columns = [getattr(Unit, name) for name in UnitRow._fields[:-1]]
    statement = select(*columns, Placement.parent_id).join(
        Placement, and_(Placement.unit_id == Unit.id, Placement.valid_on(on),
                        Placement.known_at(known)), isouter=True)
    if ids is not None:
        statement = statement.where(Unit.id.in_(ids))
    units = {row[0]: row for row in map(UnitRow._make, ask(statement).all())}
    return sorted(units.values(), key=lambda unit: (unit.precedence, unit.key))


#: Beyond this many ids a statement reads everybody and the rest is dropped afterwards.
MANY = 30_000


def among(column, ids):
    """The SQL condition that narrows ``column`` to ``ids`` where they are few enough to name.

    They go as one value: thousands of them, each a value of its own, take longer to hand over
    than what is found.
    """
    if len(ids) > MANY:
        return true()
    return one_of(column, ids)


def beside(column):
    """``column`` as a condition that leads no search.

    Adding nothing to it keeps the database from walking the index on it, one step for each of
    many ids, where another index leads to few rows.
    """
    return column + literal_column("0")


def people_rows(ids, most=None):
    """The people with these ids, in the order of Vietnamese names; only the first ``most``."""
    statement = select(*(getattr(Person, name) for name in PersonRow._fields)).where(
        among(Person.id, ids))
    if most is not None and len(ids) <= MANY:
        statement = by_name(statement).limit(most)
    rows = map(PersonRow._make, ask(statement).all())
    return sorted((row for row in rows if row.id in ids), key=attrgetter("sort_key", "key"))[:most]


def by_name(statement):
    """``statement`` of people in the order of their codes, as ``people_rows`` sorts them."""
    bytewise = "C" if _on_postgresql() else "BINARY"
    return statement.order_by(Person.sort_key.collate(bytewise), Person.key.collate(bytewise))


def _on_postgresql():
    return db.session.get_bind().dialect.name == "postgresql"
