"""The facts of one day, read in a constant number of statements and as plain ids."""
import json
from collections import defaultdict
from copy import copy
from datetime import date, timedelta
from functools import cached_property

from sqlalchemy import (
    Integer,
    String,
    cast,
    func,
    literal,
    literal_column,
    or_,
    select,
    union_all,
)

from lms.kernel.db import db
from lms.people.models import Membership, Posting

from courses.completions.models import Completion
from courses.coverage.models import Exemption
from courses.coverage.queries.rows import MANY, among, beside, goals_on, units_of_day
from courses.coverage.reckoning import Day, below, first_days

#: A key and a person are read as one number: the key above so many bits, the person below.
BITS = 32
PERSON = (1 << BITS) - 1


class Reader:
    """Reads the facts of the day ``on`` as known at the moment ``known``.

    Where the ids of ``goals`` or ``units`` are given, only the facts of those goals are read,
    and only those of the people posted in those units or below them; where those of ``people``
    are, a set, only theirs.
    """

    def __init__(self, on, known, goals=None, units=None, people=None):
        self.on, self.known, self.people = on, known, people
        self.goals = goals_on(on, goals)
        self.named = goals is not None
        self.units = units_of_day(on, known)
        self.parents = {unit.id: unit.parent_id for unit in self.units if unit.parent_id}
        self.within = None if units is None else below(units, self.parents)
        # A unit that holds all the others need not narrow what is read.
        whole = self.within is not None and all(unit.id in self.within for unit in self.units
                                                if unit.in_force(on))
        self.scope = None if whole else self.within

    def as_known(self, known):
        """A reader of the same day under the same tree, as known at another moment."""
        return self._changed(known=known)

    def of_people(self, people):
        """A reader of the same day that reads ``people``, by id, wherever they are posted; None
        reads everybody.
        """
        return self._changed(people=people, within=None, scope=None)

    def only(self, people):
        """A reader of the same day that reads those of ``people``, by id, in the same units."""
        return self._changed(people=people)

    def _changed(self, **values):
        other = copy(self)
        for read in ("_posted", "everybody"):
            vars(other).pop(read, None)
        vars(other).update(values)
        return other

    @property
    def _narrow(self):
        """Whether not everybody is asked about: the facts of all are read faster without asking
        whose they are."""
        return self.named or self.scope is not None or self.people is not None

    @cached_property
    def _posted(self):
        """unit → the people posted in it, of those asked about; read before all other facts."""
        return _read_sets({"people": self._posts()})["people"]

    @cached_property
    def everybody(self):
        """The ids of all who are asked about and posted somewhere, as a set."""
        return set().union(*self._posted.values())

    @cached_property
    def _places(self):
        return {unit.id: place for place, unit in enumerate(self.units)}

    def in_order(self, ids):
        """The units with these ids, in order of precedence."""
        return tuple(self.units[place] for place in sorted(self._places[key] for key in ids))

    def first_in_order(self, ids):
        """The id of the first of the units with these ids, in order of precedence."""
        return next(iter(ids)) if len(ids) == 1 else min(ids, key=self._places.__getitem__)

    def day(self, exact=False):
        """What figures are made of, in two statements, or three where not everybody is meant.

        ``exact`` tells the first day of every unbroken membership; otherwise one that began
        before a newcomer's days could still be running is only known as begun long ago.
        """
        return self._day(date.min if exact else self._horizon(),
                         {"holders": self._holders(self.on)})

    def belonging(self):
        """As ``day`` in one statement, without what anybody learned: who counts, who is exempt.

        Completions are two thirds of all facts.
        """
        return self._day(None, {})

    def _day(self, horizon, learned):
        posts = {} if self._narrow else {"people": self._posts()}
        sets = {"holders": {}} | _read_sets({
            **posts, "members": self._members(horizon), **learned, "excused": self._excused()})
        posted = self._posted if self._narrow else sets["people"]
        members, fresh = {}, set()
        for key, people in sets["members"].items():
            group, begun_since = divmod(key, 2)
            if begun_since:
                fresh |= people
            else:
                members[group] = dict.fromkeys(people, date.min)
        if horizon is not None:
            for group, rows in self._newcomers(horizon, fresh).items():
                members.setdefault(group, {}).update(first_days(rows, self.on))
        # Somebody may still be posted in a unit that ended, which lies below no other.
        people = {unit: here for unit, here in posted.items()
                  if self.within is None or unit in self.within}
        return Day(on=self.on, parents=self.parents, people=people, members=members,
                   holders=sets["holders"], excused=sets["excused"])

    def holders(self, on):
        """course → those who will hold a completion that counts on ``on``, as far as is known."""
        return _read_sets({"holders": self._holders(on)})["holders"]

    def since(self, group, people):
        """person → the first day of the membership of ``group`` that is unbroken up to the day.

        Of those of ``people``, a set of ids, who belong on it.
        """
        rows = db.session.execute(
            select(Membership.person_id, Membership.valid_from, Membership.valid_to)
            .where(Membership.group_id == group, among(Membership.person_id, people),
                   Membership.known_at(self.known), Membership.valid_from <= self.on)
            .order_by(Membership.valid_from))
        return first_days((row for row in rows if row[0] in people), self.on)

    def _horizon(self):
        terms = [goal.due_days for goal in self.goals
                 if goal.deadline is None and goal.due_days is not None]
        if not terms:
            return None
        return self.on - timedelta(days=min(max(terms), (self.on - date.min).days))

    def _in_scope(self, statement):
        """``statement`` over the posts of the day: of the goals' people, in the units in scope."""
        statement = statement.where(Posting.valid_on(self.on), Posting.known_at(self.known))
        if self.named:
            statement = statement.where(beside(Posting.person_id).in_(
                select(Membership.person_id).where(self._of_the_goals(Membership))))
        if self.people is not None:
            statement = statement.where(among(Posting.person_id, self.people))
        return statement if self.scope is None else statement.where(
            Posting.unit_id.in_(self.scope))

    def _posts(self):
        return self._in_scope(_pairs(Posting.unit_id, Posting))

    def _members(self, horizon):
        # The group, and whether the membership began since the horizon, as one key.
        began = literal(0) if horizon is None else cast(Membership.valid_from >= horizon, Integer)
        pairs = _pairs(Membership.group_id * 2 + began, Membership)
        return self._narrowed(pairs, Membership).where(Membership.valid_on(self.on))

    def _holders(self, on):
        return self._narrowed(_pairs(Completion.course_id, Completion), Completion).where(
            Completion.counts_on(on))

    def _excused(self):
        return self._narrowed(_pairs(Exemption.goal_id, Exemption), Exemption).where(
            Exemption.valid_on(self.on))

    def _newcomers(self, horizon, people):
        """group → the intervals, in order, of those who have a membership begun since.

        What ended before ``horizon`` is left out: it makes nobody's days begin later than that.
        """
        statement = self._narrowed(select(
            Membership.group_id, Membership.person_id, Membership.valid_from,
            Membership.valid_to), Membership, all_people=len(people) <= MANY).where(
            Membership.valid_from <= self.on,
            or_(Membership.valid_to.is_(None), Membership.valid_to >= horizon))
        if len(people) <= MANY:
            statement = statement.where(among(Membership.person_id, people))
        elif horizon > date.min:
            statement = statement.where(Membership.person_id.in_(
                self._narrowed(select(Membership.person_id), Membership).where(
                    Membership.valid_on(self.on), Membership.valid_from >= horizon)))
        by_group = defaultdict(list)
        for group, *interval in db.session.execute(statement.order_by(Membership.valid_from)):
            by_group[group].append(interval)
        return by_group

    def _narrowed(self, statement, fact, all_people=False):
        """``statement`` for what was known, the goals named, and the people in scope."""
        statement = statement.where(fact.known_at(self.known))
        if self.named:
            statement = statement.where(self._of_the_goals(fact))
        if self._narrow and not all_people:
            person = beside(fact.person_id) if fact is Exemption else fact.person_id
            statement = statement.where(among(person, self.everybody))
        return statement

    def _of_the_goals(self, fact):
        if fact is Completion:
            # Of few people the index on the person leads to fewer rows than that on the course.
            course = fact.course_id if self.scope is None else beside(fact.course_id)
            return course.in_({course for goal in self.goals for course in goal.courses})
        if fact is Exemption:
            return fact.goal_id.in_([goal.id for goal in self.goals])
        return fact.group_id.in_({goal.group_id for goal in self.goals})


def _pairs(key, fact):
    # All pairs in one text, which costs a twentieth of a row for each.  Nothing is grouped:
    # SQLite would sort all pairs first, which takes four times as long as reading the facts.
    pair = key * literal_column(str(1 << BITS)) + fact.person_id
    return select(func.aggregate_strings(cast(pair, String), ","))


class Same(dict):
    """One object for each number: sets that share them are met with half the memory and time."""

    def __missing__(self, number):
        self[number] = number
        return number


def _read_sets(facts):
    """fact → key → the set of people, all from one statement."""
    sets, people = {}, Same()
    for pairs, fact in db.session.execute(union_all(*(
            statement.add_columns(literal(fact)) for fact, statement in facts.items()))):
        sets[fact] = defaultdict(set)
        found = sets[fact]
        for pair in json.loads(f"[{pairs or ''}]"):
            found[pair >> BITS].add(people[pair & PERSON])
    return sets
