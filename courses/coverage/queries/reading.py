"""The facts of one day, read in a constant number of statements and as plain ids."""
from collections import defaultdict
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from sqlalchemy import String, and_, cast, func, select

from lms.kernel.db import db
from lms.organisations.models import Placement, Unit
from lms.people.models import Membership, Posting

from courses.completions.models import Completion
from courses.coverage.models import Exemption, Goal, GoalCourse
from courses.coverage.reckoning import Day, below, first_days


class GoalRow(NamedTuple):
    """A goal with the ids of its courses, as it is shown beside a figure."""

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

    def in_force(self, day):
        """Whether the goal is set on ``day``."""
        return self.valid_from <= day and (self.valid_to is None or day < self.valid_to)


class UnitRow(NamedTuple):
    """A unit as it is shown beside a figure; ``parent_id`` is where it stood on the day."""

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

    def in_force(self, day):
        """Whether there was such a unit on ``day``."""
        return self.valid_from <= day and (self.valid_to is None or day < self.valid_to)


def goals_on(day, goals=None):
    """The goals in force on ``day`` by key; only those of ``goals`` where some are named."""
    return [goal for goal in all_goals(goals) if goal.in_force(day)]


def all_goals(goals=None):
    """Every goal by key, in force or not; only those of ``goals`` where some are named."""
    columns = [getattr(Goal, name) for name in GoalRow._fields[:-1]]
    statement = select(*columns, GoalCourse.course_id).join(
        GoalCourse, GoalCourse.goal_id == Goal.id, isouter=True)
    if goals is not None:
        statement = statement.where(Goal.id.in_([goal.id for goal in goals]))
    courses = defaultdict(list)
    for *fields, course in db.session.execute(statement):
        courses[tuple(fields)].append(course)
    rows = [GoalRow(*fields, tuple(sorted(c for c in asked if c is not None)))
            for fields, asked in courses.items()]
    return sorted(rows, key=lambda goal: (goal.key, goal.id))


def units_of_day(on, known):
    """Every unit there ever was, in order of precedence, with its parent on the day ``on``."""
    columns = [getattr(Unit, name) for name in UnitRow._fields[:-1]]
    rows = db.session.execute(
        select(*columns, Placement.parent_id)
        .join(Placement, and_(Placement.unit_id == Unit.id, Placement.valid_on(on),
                              Placement.known_at(known)), isouter=True))
    units = {row.id: UnitRow(*row) for row in rows}
    return sorted(units.values(), key=lambda unit: (unit.precedence, unit.key))


class Reader:
    """Reads the facts of the day ``on`` as known at the moment ``known``.

    Where ``units`` is given, only the people posted in them or below them are read.
    """

    def __init__(self, on, known, units=None):
        self.on, self.known = on, known
        self.units = units_of_day(on, known)
        self.parents = {unit.id: unit.parent_id for unit in self.units if unit.parent_id}
        self.scope = None if units is None else below([unit.id for unit in units], self.parents)

    def day(self, goals):
        """The facts that the figures of ``goals`` are made of, in four statements."""
        return Day(on=self.on, parents=self.parents, people=self._people(),
                   members=self._members(goals), holders=self._holders(goals),
                   excused=self._excused(goals))

    def posted(self):
        """The SQL query for the ids of the people in scope."""
        return (select(Posting.person_id)
                .where(Posting.valid_on(self.on), Posting.known_at(self.known),
                       Posting.unit_id.in_(self.scope)))

    def within(self, statement, person_id):
        """``statement`` narrowed to the people in scope."""
        return statement if self.scope is None else statement.where(person_id.in_(self.posted()))

    def _people(self):
        statement = _sets(Posting.unit_id, Posting.person_id).where(
            Posting.valid_on(self.on), Posting.known_at(self.known))
        if self.scope is not None:
            statement = statement.where(Posting.unit_id.in_(self.scope))
        return _read_sets(statement)

    def _members(self, goals):
        return {group: first_days(rows, self.on)
                for group, rows in self._memberships(goals).items()}

    def _memberships(self, goals):
        rows = db.session.execute(self.within(
            select(Membership.group_id, Membership.person_id, Membership.valid_from,
                   Membership.valid_to)
            .where(Membership.group_id.in_({goal.group_id for goal in goals}),
                   Membership.valid_from <= self.on, Membership.known_at(self.known))
            .order_by(Membership.valid_from), Membership.person_id))
        by_group = defaultdict(list)
        for group, *interval in rows:
            by_group[group].append(interval)
        return by_group

    def _holders(self, goals):
        courses = {course for goal in goals for course in goal.courses}
        return _read_sets(self.within(
            _sets(Completion.course_id, Completion.person_id)
            .where(Completion.course_id.in_(courses), Completion.counts_on(self.on),
                   Completion.known_at(self.known)), Completion.person_id))

    def _excused(self, goals):
        return _read_sets(self.within(
            _sets(Exemption.goal_id, Exemption.person_id)
            .where(Exemption.goal_id.in_([goal.id for goal in goals]),
                   Exemption.valid_on(self.on), Exemption.known_at(self.known)),
            Exemption.person_id))


def _sets(key, member):
    # One row for each key with all its members in one text: a twentieth of the cost of a
    # row for each pair, which is what makes a matrix of a whole province fast.
    return select(key, func.aggregate_strings(cast(member, String), ",")).group_by(key)


def _read_sets(statement):
    return {key: set(map(int, members.split(",")))
            for key, members in db.session.execute(statement)}
