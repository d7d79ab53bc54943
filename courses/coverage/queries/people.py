"""The people behind a figure, each with what they hold, why they are excused, what they began."""
from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import date

from lms.kernel import clock

from courses.coverage import reckoning
from courses.coverage.queries.evidence import (
    CourseState,
    ExemptionRow,
    UnderWay,
    begun,
    course_states,
    exemptions,
)
from courses.coverage.queries.reading import Reader
from courses.coverage.queries.rows import GoalRow, PersonRow, UnitRow, goals_with, people_rows
from courses.coverage.queries.today import reader_for


@dataclass(frozen=True)
class Behind:
    """One person behind a figure; the last three are only known to ``people_behind``."""

    person: PersonRow
    status: str
    #: The first day of the unbroken membership.
    since: date
    due_on: date | None
    #: The units asked about, or below them, where the person is posted.
    units: tuple[UnitRow, ...] = ()
    courses: tuple[CourseState, ...] = ()
    exemption: ExemptionRow | None = None
    under_way: tuple[UnderWay, ...] = ()


class Roll:
    """Everybody behind the figure of ``goal``, from the facts of ``day`` that ``reader`` read.

    Their statuses are known of all; names, units and due dates of those who are asked for, so
    that a page costs what it shows.
    """

    def __init__(self, goal, reader, day):
        self.goal, self.reader, self.day = goal, reader, day
        self.standing = reckoning.standing(goal, day)

    def ids(self, statuses=reckoning.STATUSES):
        """The ids of those with one of the ``statuses``."""
        return set().union(*(getattr(self.standing, status) for status in statuses))

    def named(self, statuses=reckoning.STATUSES, most=None):
        """The people with one of the ``statuses``, in the order of names; the first ``most``."""
        return people_rows(self.ids(statuses), most)

    def behind(self, people):
        """Each of ``people``, rows of ``named`` or known by id, as they stand behind the figure."""
        since = self.reader.since(self.goal.group_id, {person.id for person in people})
        return [Behind(person, self.standing.status_of(person.id), since[person.id],
                       reckoning.due_on(self.goal, since[person.id]),
                       self.reader.in_order(self.day.posts[person.id])) for person in people]


def roll_of(goal, unit, on=None, known=None, recast=False):
    """The Roll of ``goal`` in ``unit`` on ``on``; None where the goal is not in force.

    ``recast`` asks who stands behind the figure under today's structure.
    """
    reader = reader_for(on or clock.today(), known or clock.now(), {goal.id}, {unit.id}, recast)
    return Roll(reader.goals[0], reader, reader.day()) if reader.goals else None


def standings(goal, unit, on=None, known=None, statuses=reckoning.STATUSES, recast=False):
    """Everybody behind the figure of ``goal`` in ``unit`` on ``on``, in the order of names.

    Exactly as many as the figure says, of the ``statuses`` asked for; none where the goal is
    not in force.  ``recast`` as for ``roll_of``.
    """
    roll = roll_of(goal, unit, on, known, recast)
    return roll.behind(roll.named(statuses)) if roll else []


def people_behind(goal, unit, on=None, known=None):
    """As ``standings``, with each course's completion, the exemption, and what is under way."""
    return with_evidence(standings(goal, unit, on, known), goal, on, known)


def with_evidence(rows, goal, on=None, known=None):
    """``rows`` of ``standings``, or a page of them, with the evidence behind each status."""
    on, known = on or clock.today(), known or clock.now()
    people = {row.person.id for row in rows}
    states = course_states(goal, people, on, known)
    excused = exemptions(goal, people, on, known)
    owing = {row.person.id for row in rows if row.status in reckoning.OWING}
    under_way = begun(goal, owing, on)
    return [replace(row, courses=states[row.person.id], exemption=excused.get(row.person.id),
                    under_way=tuple(under_way.get(row.person.id, ()))) for row in rows]


def expiring(n_days, goal, unit, on=None, known=None):
    """Those who meet ``goal`` on ``on`` but ``n_days`` later will not, if nothing is recorded.

    Somebody whose membership or posting ends meanwhile is not meant: it is the completions
    that run out.  With their courses, in the order of names.
    """
    on, known = on or clock.today(), known or clock.now()
    reader = Reader(on, known, {goal.id}, {unit.id})
    if not reader.goals:
        return []
    roll = Roll(reader.goals[0], reader, reader.day())
    later = reader.holders(date.fromordinal(on.toordinal() + n_days))
    lasting = roll.standing.met.intersection(
        *(later.get(course, ()) for course in roll.goal.courses))
    rows = roll.behind(people_rows(roll.standing.met - lasting))
    return with_evidence(rows, goal, on, known)


def counted_twice(goal, parts, on=None, known=None, recast=False):
    """Those whom the figures of more than one of the units ``parts`` count: (person, units).

    ``recast`` asks under today's structure.
    """
    parts = {part.id for part in parts}
    reader = reader_for(on or clock.today(), known or clock.now(), {goal.id}, parts, recast)
    if not reader.goals:
        return []
    day = reader.day()
    members = day.members.get(reader.goals[0].group_id, {}).keys() & day.posts.keys()
    counted = {person: parts & day.reach[day.posts[person]] for person in members}
    twice = {person for person, units in counted.items() if len(units) > 1}
    return [(person, reader.in_order(counted[person.id])) for person in people_rows(twice)]


@dataclass(frozen=True)
class Owing:
    """One person who owes a completion of a course, and for which goals."""

    person: PersonRow
    status: str
    due_on: date | None
    goals: tuple[GoalRow, ...]
    units: tuple[UnitRow, ...]


def owing(course, unit_ids=None, on=None, known=None):
    """Those posted in the units or below them who owe ``course`` for some goal on ``on``.

    ``unit_ids`` None is everybody.  The status is the worst and the due date the first of
    the goals concerned; in the order of names.
    """
    reader = Reader(on or clock.today(), known or clock.now(), goals_with(course.id), unit_ids)
    if not reader.goals:
        return []
    day = reader.day(exact=True)
    holders = day.holders.get(course.id, set())
    owed, late = defaultdict(list), set()
    for goal in reader.goals:
        standing = reckoning.standing(goal, day)
        late |= standing.overdue
        for person in (standing.overdue | standing.within_time) - holders:
            owed[person].append(goal)
    return [_owing(person, owed[person.id], person.id in late, reader, day)
            for person in people_rows(owed.keys())]


def _owing(person, goals, late, reader, day):
    dues = [reckoning.due_on(goal, day.members[goal.group_id][person.id]) for goal in goals]
    return Owing(person, reckoning.OVERDUE if late else reckoning.WITHIN_TIME,
                 min((due for due in dues if due), default=None), tuple(goals),
                 reader.in_order(day.posts[person.id]))
