"""How a figure went, month by month: the facts are read once and reckoned for each day."""
import calendar
from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from lms.kernel import clock
from lms.kernel.db import db
from lms.organisations.models import Placement
from lms.organisations.walking import below
from lms.people.models import Membership, Posting

from courses.completions.models import Completion
from courses.coverage import reckoning
from courses.coverage.models import Exemption
from courses.coverage.queries.figures import figures_of
from courses.coverage.queries.rows import GoalRow, all_goals, units_of_day


def trend(goal, unit_id, months=24, until=None, known=None):
    """The figure of ``goal`` in a unit at the end of each of ``months`` months.

    A list of (day, figure), oldest first; the last is the day ``until`` (today) itself.  The
    figure is None where the goal was not in force.  Seven statements for any number of months.
    """
    until, known = until or clock.today(), known or clock.now()
    (row,) = all_goals({goal.id})
    unit = next(unit for unit in units_of_day(until, known) if unit.id == unit_id)
    history = read_history(row, unit_id, until, known)
    return [(day, next(figures_of(row, [unit], history.on(day))) if row.in_force(day) else None)
            for day in month_ends(until, months)]


def month_ends(until, months):
    """The last days of the months up to ``until``, which stands for its own month."""
    count = until.year * 12 + until.month - 1
    before = [divmod(month, 12) for month in range(count - months + 1, count)]
    return [date(year, month + 1, calendar.monthrange(year, month + 1)[1])
            for year, month in before] + [until]


@dataclass(frozen=True)
class History:
    """The facts of one goal and unit over the years, each a row that ends with its days."""

    goal: GoalRow
    unit_id: int
    placements: list
    postings: list
    memberships: list
    completions: list
    exemptions: list

    def on(self, day):
        """What was true on ``day``."""
        parents = dict(row[:2] for row in self.placements if holds(row, day))
        scope = reckoning.below([self.unit_id], parents)
        people = sets_of(row for row in self.postings if row[0] in scope and holds(row, day))
        begun = [row for row in self.memberships if row[1] <= day]
        return reckoning.Day(
            on=day, parents=parents, people=people,
            members={self.goal.group_id: reckoning.first_days(begun, day)},
            holders=sets_of(row for row in self.completions if counts(row, day)),
            excused=sets_of(row for row in self.exemptions if holds(row, day)))


def holds(row, day):
    """Whether the half-open interval at the end of ``row`` holds ``day``."""
    *_fact, valid_from, valid_to = row
    return valid_from <= day and (valid_to is None or day < valid_to)


def counts(row, day):
    """Whether the completion ``row`` counts on ``day``."""
    _course, _person, learned_on, valid_until, revoked_on = row
    return (learned_on <= day and (valid_until is None or valid_until >= day)
            and (revoked_on is None or revoked_on > day))


def sets_of(rows):
    """key → the set of people, from rows that begin with a key and a person."""
    sets = defaultdict(set)
    for key, person, *_days in rows:
        sets[key].add(person)
    return sets


def read_history(goal, unit_id, last, known):
    """The facts up to the day ``last`` of the goal's people who ever stood under the unit."""
    placements = db.session.execute(
        select(Placement.unit_id, Placement.parent_id, Placement.valid_from, Placement.valid_to)
        .where(Placement.known_at(known))).all()
    postings = select(
        Posting.unit_id, Posting.person_id, Posting.valid_from, Posting.valid_to).where(
        Posting.unit_id.in_(_ever_below(unit_id, placements)), Posting.valid_from <= last,
        Posting.known_at(known), Posting.person_id.in_(
            select(Membership.person_id).where(Membership.group_id == goal.group_id)))
    people = postings.with_only_columns(Posting.person_id)

    def theirs(fact, *columns):
        return select(*columns).where(fact.person_id.in_(people), fact.known_at(known))

    statements = (
        postings,
        theirs(Membership, Membership.person_id, Membership.valid_from, Membership.valid_to)
        .where(Membership.group_id == goal.group_id, Membership.valid_from <= last)
        .order_by(Membership.valid_from),
        theirs(Completion, Completion.course_id, Completion.person_id, Completion.learned_on,
               Completion.valid_until, Completion.revoked_on)
        .where(Completion.course_id.in_(goal.courses), Completion.learned_on <= last),
        theirs(Exemption, Exemption.goal_id, Exemption.person_id, Exemption.valid_from,
               Exemption.valid_to)
        .where(Exemption.goal_id == goal.id),
    )
    return History(goal, unit_id, placements,
                   *(db.session.execute(statement).all() for statement in statements))


def _ever_below(unit_id, placements):
    """The unit and all that ever stood under it, on whatever day."""
    children = defaultdict(set)
    for unit, parent, *_days in placements:
        children[parent].add(unit)
    return below([unit_id], children)
