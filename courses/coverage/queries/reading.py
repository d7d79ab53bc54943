"""The facts of one day, read in a constant number of statements and as plain ids."""
import json
from collections import defaultdict
from datetime import date, timedelta
from functools import cached_property

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

    Where the ids of ``goals`` or ``units`` are given, only the facts of those goals are read,
    and only those of the people posted in those units or below them.
    """

    def __init__(self, on, known, goals=None, units=None):
        self.on, self.known = on, known
        self.goals = goals_on(on, goals)
        self.named = goals is not None
        self.units = units_of_day(on, known)
        self.parents = {unit.id: unit.parent_id for unit in self.units if unit.parent_id}
        self.within = None if units is None else below(units, self.parents)
        # A unit that holds all the others need not narrow what is read.
        whole = self.within is not None and all(unit.id in self.within for unit in self.units
                                                if unit.in_force(on))
        self.scope = None if whole else self.within

    @cached_property
    def _places(self):
        return {unit.id: place for place, unit in enumerate(self.units)}

    def in_order(self, ids):
        """The units with these ids, in order of precedence."""
        return tuple(self.units[place] for place in sorted(self._places[key] for key in ids))

    def day(self, exact=False):
        """What figures are made of, in two statements.

        ``exact`` tells the first day of every unbroken membership; otherwise one that began
        before a newcomer's days could still be running is only known as begun long ago.
        """
        horizon = date.min if exact else self._horizon()
        sets = _read_sets({"people": self._posted(), "settled": self._settled(horizon),
                           "holders": self._holders(self.on), "excused": self._excused()})
        members = {group: dict.fromkeys(people, date.min)
                   for group, people in sets["settled"].items()}
        if horizon is not None:
            for group, rows in self._newcomers(horizon).items():
                members.setdefault(group, {}).update(first_days(rows, self.on))
        # Somebody may still be posted in a unit that ended, which lies below no other.
        people = {unit: posted for unit, posted in sets["people"].items()
                  if self.within is None or unit in self.within}
        return Day(on=self.on, parents=self.parents, people=people, members=members,
                   holders=sets["holders"], excused=sets["excused"])

    def holders(self, on):
        """course → those who will hold a completion that counts on ``on``, as far as is known."""
        return _read_sets({"holders": self._holders(on)})["holders"]

    def _horizon(self):
        terms = [goal.due_days for goal in self.goals
                 if goal.deadline is None and goal.due_days is not None]
        if not terms:
            return None
        return self.on - timedelta(days=min(max(terms), (self.on - date.min).days))

    def _posted(self):
        statement = _people_by(Posting.unit_id, Posting).where(
            Posting.valid_on(self.on), Posting.known_at(self.known))
        if self.named:
            statement = statement.where(Posting.person_id.in_(
                select(Membership.person_id).where(self._of_the_goals(Membership))))
        return statement if self.scope is None else statement.where(
            Posting.unit_id.in_(self.scope))

    def _settled(self, horizon):
        statement = self._narrowed(_people_by(Membership.group_id, Membership), Membership).where(
            Membership.valid_on(self.on))
        return statement if horizon is None else statement.where(Membership.valid_from < horizon)

    def _holders(self, on):
        return self._narrowed(_people_by(Completion.course_id, Completion), Completion).where(
            Completion.counts_on(on))

    def _excused(self):
        return self._narrowed(_people_by(Exemption.goal_id, Exemption), Exemption).where(
            Exemption.valid_on(self.on))

    def _newcomers(self, horizon):
        """group → the intervals, in order, of those who have a membership begun since."""
        current = aliased(Membership)
        rows = db.session.execute(self._narrowed(
            select(Membership.group_id, Membership.person_id, Membership.valid_from,
                   Membership.valid_to), Membership)
            .join(current, (current.group_id == Membership.group_id)
                  & (current.person_id == Membership.person_id))
            .where(current.valid_on(self.on), current.known_at(self.known),
                   current.valid_from >= horizon, Membership.valid_from <= self.on)
            .order_by(Membership.valid_from))
        by_group = defaultdict(list)
        for group, person, valid_from, valid_to in rows:
            by_group[group].append((person, valid_from, valid_to))
        return by_group

    def _narrowed(self, statement, fact):
        """``statement`` for what was known, the goals named, and the people in scope."""
        statement = statement.where(fact.known_at(self.known))
        if self.named:
            statement = statement.where(self._of_the_goals(fact))
        if self.scope is not None:
            statement = statement.where(fact.person_id.in_(
                select(Posting.person_id).where(
                    Posting.valid_on(self.on), Posting.known_at(self.known),
                    Posting.unit_id.in_(self.scope))))
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
    # jumping to every row of the table: a plain scan is several times faster.
    key = key + literal_column("0")
    return select(key, func.aggregate_strings(cast(fact.person_id, String), ",")).group_by(key)


def _read_sets(facts):
    """fact → key → the set of people, all from one statement."""
    sets = {fact: {} for fact in facts}
    for key, people, fact in db.session.execute(union_all(*(
            statement.add_columns(literal(fact)) for fact, statement in facts.items()))):
        sets[fact][key] = set(json.loads(f"[{people}]"))
    return sets
