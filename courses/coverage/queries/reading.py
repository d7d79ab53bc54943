"""The facts of one day, read in a constant number of statements and as plain ids."""
import json
from collections import defaultdict
from datetime import date, timedelta

from sqlalchemy import String, cast, func, literal, literal_column, select, union_all
from sqlalchemy.orm import aliased

from lms.kernel.db import db
from lms.people.models import Membership, Posting

from courses.completions.models import Completion
from courses.coverage.models import Exemption
from courses.coverage.queries.rows import goals_on, units_of_day
from courses.coverage.reckoning import Day, below, first_days


class Reader:
    """Reads the facts of the day ``on`` as known at the moment ``known``.

    Where ``goals`` or ``units`` are named, only the facts of those goals are read, and only
    those of the people posted in those units or below them.
    """

    def __init__(self, on, known, goals=None, units=None):
        self.on, self.known = on, known
        self.goals = goals_on(on, goals)
        self.named = goals is not None
        self.units = units_of_day(on, known)
        self.parents = {unit.id: unit.parent_id for unit in self.units if unit.parent_id}
        self.scope = None if units is None else below([unit.id for unit in units], self.parents)

    def day(self, exact=False):
        """What figures are made of, in two statements.

        ``exact`` tells the first day of every unbroken membership; otherwise one that began
        before a newcomer's days could still be running is only known as begun long ago.
        """
        horizon = date.min if exact else self._horizon()
        sets = self._sets(horizon)
        members = {group: dict.fromkeys(people, date.min)
                   for group, people in sets["settled"].items()}
        if horizon is not None:
            for group, rows in self._newcomers(horizon).items():
                members.setdefault(group, {}).update(first_days(rows, self.on))
        return Day(on=self.on, parents=self.parents, people=sets["people"], members=members,
                   holders=sets["holders"], excused=sets["excused"])

    def posted(self):
        """The SQL query for the ids of the people in scope."""
        return select(Posting.person_id).where(
            Posting.valid_on(self.on), Posting.known_at(self.known),
            Posting.unit_id.in_(self.scope))

    def _horizon(self):
        terms = [goal.due_days for goal in self.goals
                 if goal.deadline is None and goal.due_days is not None]
        if not terms:
            return None
        return self.on - timedelta(days=min(max(terms), (self.on - date.min).days))

    def _sets(self, horizon):
        """fact → key → the set of people, all from one statement."""
        people = _people_by(Posting.unit_id, Posting).where(
            Posting.valid_on(self.on), Posting.known_at(self.known))
        if self.scope is not None:
            people = people.where(Posting.unit_id.in_(self.scope))
        settled = self._narrowed(_people_by(Membership.group_id, Membership), Membership).where(
            Membership.valid_on(self.on))
        if horizon is not None:
            settled = settled.where(Membership.valid_from < horizon)
        facts = {
            "people": people, "settled": settled,
            "holders": self._narrowed(_people_by(Completion.course_id, Completion), Completion)
            .where(Completion.counts_on(self.on)),
            "excused": self._narrowed(_people_by(Exemption.goal_id, Exemption), Exemption)
            .where(Exemption.valid_on(self.on)),
        }
        sets = {fact: {} for fact in facts}
        for key, ids, fact in db.session.execute(union_all(*(
                statement.add_columns(literal(fact)) for fact, statement in facts.items()))):
            sets[fact][key] = set(json.loads(f"[{ids}]"))
        return sets

    def _newcomers(self, horizon):
        """group → the intervals, up to the day, of those whose membership of it began since.

        In the order of their beginnings.
        """
        current = aliased(Membership)
        rows = db.session.execute(self._narrowed(
            select(Membership.group_id, Membership.person_id, Membership.valid_from,
                   Membership.valid_to)
            .join(current, (current.group_id == Membership.group_id)
                  & (current.person_id == Membership.person_id))
            .where(current.valid_on(self.on), current.valid_from >= horizon,
                   Membership.valid_from <= self.on)
            .order_by(Membership.valid_from), Membership, current))
        by_group = defaultdict(list)
        for group, person, valid_from, valid_to in rows:
            by_group[group].append((person, valid_from, valid_to))
        return by_group

    def _narrowed(self, statement, *facts):
        """``statement`` for what was known, the goals named, and the people in scope."""
        for fact in facts:
            statement = statement.where(fact.known_at(self.known))
        fact = facts[0]
        if self.named:
            statement = statement.where(self._of_the_goals(fact))
        if self.scope is not None:
            statement = statement.where(fact.person_id.in_(self.posted()))
        return statement

    def _of_the_goals(self, fact):
        if fact is Completion:
            return fact.course_id.in_({course for goal in self.goals for course in goal.courses})
        if fact is Exemption:
            return fact.goal_id.in_([goal.id for goal in self.goals])
        return fact.group_id.in_({goal.group_id for goal in self.goals})


def _people_by(key, fact):
    # One row for each key with all its people in one text: a twentieth of the cost of a row
    # for each pair.  Adding nothing to the key keeps SQLite from walking an index on it and
    # jumping to every row of the table: a plain scan is four times faster.
    key = key + literal_column("0")
    return select(key, func.aggregate_strings(cast(fact.person_id, String), ",")).group_by(key)
