"""Which figures of the past count somebody otherwise than they did at an earlier moment."""
from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import select

from lms.kernel import clock
from lms.kernel.db import db
from lms.organisations.models import Placement
from lms.people.models import Membership, Posting

from courses.completions.models import Completion
from courses.completions.validity import counts
from courses.coverage import reckoning
from courses.coverage.models import Exemption
from courses.coverage.queries.history import holds, month_ends
from courses.coverage.queries.rows import GoalRow, UnitRow, all_goals, units_of_day

#: How many months back corrections are worked out.
MONTHS = 60


@dataclass(frozen=True)
class Correction:
    """A figure that counts somebody otherwise, at every month's end from ``first`` to ``last``.

    ``met`` and ``required`` are what it changes by: −1, 0 or 1.
    """

    goal: GoalRow
    unit: UnitRow
    first: date
    last: date
    met: int
    required: int


def corrected(people, since, before):
    """The figures that count ``people`` otherwise now than as known at the moment ``before``.

    Looked at are the ends of the months from the day ``since`` on (60 at most) and yesterday:
    what is reckoned today corrects nothing.  The figures of the whole come first, then by goal.
    """
    yesterday = clock.today() - timedelta(days=1)
    days = [day for day in month_ends(yesterday, MONTHS) if day >= since]
    goals, units = all_goals(), units_of_day(yesterday, clock.now())
    old, new = (_facts(people, moment) for moment in (before, clock.now()))
    changes = defaultdict(list)
    for day in days:
        for goal in goals:
            if goal.in_force(day):
                for unit, change in _difference(old(day), new(day), goal).items():
                    changes[goal.id, unit].append((day, change))
    by_unit, by_goal = {unit.id: unit for unit in units}, {goal.id: goal for goal in goals}
    found = [Correction(by_goal[goal], by_unit[unit], first, last, *change)
             for (goal, unit), told in changes.items()
             for first, last, change in _runs(told, days)]
    return sorted(found, key=lambda one: (one.unit.precedence, one.goal.key, one.first))


def _difference(old, new, goal):
    """unit → how (met, required) of the figure of ``goal`` changes by what was corrected."""
    before, after = _counted(old, goal), _counted(new, goal)
    changes = {}
    for unit in before.keys() | after.keys():
        (met, required), (met_now, required_now) = (
            side.get(unit, (0, 0)) for side in (before, after))
        if (met, required) != (met_now, required_now):
            changes[unit] = met_now - met, required_now - required
    return changes


def _counted(day, goal):
    """unit → (met, required) of the few people there are on ``day``."""
    standing = reckoning.standing(goal, day)
    met = reckoning.tally(standing.met, day)
    required = met + reckoning.tally(standing.overdue | standing.within_time, day)
    return {unit: (met[unit], number) for unit, number in required.items()}


def _runs(told, days):
    """(first, last, change) for each row of days that follow one another with one change."""
    place = {day: number for number, day in enumerate(days)}
    runs = []
    for day, change in told:
        if runs and runs[-1][2] == change and place[day] == place[runs[-1][1]] + 1:
            runs[-1][1] = day
        else:
            runs.append([day, day, change])
    return runs


def _facts(people, known):
    """day → what was true of ``people`` on that day, as known at ``known``; five statements."""
    ids = [person.id for person in people]

    def rows(fact, *columns):
        statement = select(*(getattr(fact, name) for name in columns)).where(fact.known_at(known))
        if fact is not Placement:
            statement = statement.where(fact.person_id.in_(ids))
        return db.session.execute(statement).all()

    interval = "valid_from", "valid_to"
    placements = rows(Placement, "unit_id", "parent_id", *interval)
    postings = rows(Posting, "unit_id", "person_id", *interval)
    memberships = rows(Membership, "group_id", "person_id", *interval)
    completions = rows(Completion, "course_id", "person_id", "learned_on", "valid_until",
                       "revoked_on")
    exemptions = rows(Exemption, "goal_id", "person_id", *interval)

    def on(day):
        members = defaultdict(dict)
        for group, key, *_days in (row for row in memberships if holds(row, day)):
            members[group][key] = date.min
        return reckoning.Day(
            on=day, parents=dict(row[:2] for row in placements if holds(row, day)),
            people=sets_of(row for row in postings if holds(row, day)), members=members,
            holders=sets_of(row for row in completions if counts(row, day)),
            excused=sets_of(row for row in exemptions if holds(row, day)))
    return on


def sets_of(rows):
    """key → the set of people, from rows that begin with a key and a person."""
    sets = defaultdict(set)
    for key, person, *_days in rows:
        sets[key].add(person)
    return sets
