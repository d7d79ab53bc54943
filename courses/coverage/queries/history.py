"""The facts of one goal and unit over many days: they are read once, and the days pass by them."""
import calendar
from collections import defaultdict
from datetime import date, timedelta
from itertools import pairwise

from sqlalchemy import or_, select

from lms.kernel.db import ask
from lms.organisations.models import Placement
from lms.organisations.walking import below, path
from lms.people.models import Membership, Posting

from courses.completions.models import Completion
from courses.coverage import reckoning
from courses.coverage.models import Exemption
from courses.coverage.passing import Belonging, Days, Presence
from courses.coverage.queries.rows import among, beside
from courses.coverage.queries.today import structure_of_today
from courses.coverage.recast import with_ended


def month_ends(until, months):
    """The last days of the months up to ``until``, which stands for its own month."""
    count = until.year * 12 + until.month - 1
    before = [divmod(month, 12) for month in range(count - months + 1, count)]
    return [date(year, month + 1, calendar.monthrange(year, month + 1)[1])
            for year, month in before] + [until]


class History:
    """The facts of one goal and unit over ``days``, read in five statements.

    Read are the goal's people who ever stood under the unit, where ``people`` are given, a set of
    ids, only those of them; and of the facts about them only what can matter on one of the days.
    """

    def __init__(self, goal, unit_id, days, known, people=None):
        self.goal, self.unit_id, self.days, self.known = goal, unit_id, days, known
        self.people = people
        self.first, self.last, self.places = days[0], days[-1], Days(days)
        placements = ask(select(Placement.unit_id, Placement.parent_id, Placement.valid_from,
                                Placement.valid_to).where(Placement.known_at(known))).all()
        #: The unit and all that ever stood under it.
        self.ever = _ever_below(unit_id, placements)
        self.placements = [row for row in placements if row[0] in self.ever]
        self.everybody = people is None and len(self.placements) == len(placements)
        self.posts = self._posts()

    def passing(self):
        """What was true on each of the days in turn; look at a day before the next one comes."""
        posted, holders = Presence(self._posted()), Presence(self._held())
        excused, members = Presence(self._excused()), Belonging(self._stretches())
        for place, day in enumerate(self.days):
            # Whoever is posted below the unit counts in it: it stands for all below.
            yield reckoning.Day(
                on=day, parents={}, people=posted.move_to(place),
                members={self.goal.group_id: members.move_to(place)},
                holders=holders.move_to(place), excused=excused.move_to(place))

    def _below(self):
        """unit → the runs of places (first, end) in which it stood in the unit or below it."""
        turns = {self.places.since(day) for *_units, start, end in self.placements
                 for day in (start, end)}
        starts = sorted({0, *turns, len(self.days)})
        runs = defaultdict(list)
        for first, end in pairwise(starts):
            parents = dict(row[:2] for row in self.placements if holds(row, self.days[first]))
            for unit in reckoning.below([self.unit_id], parents):
                runs[unit].append((first, end))
        return runs

    def _posts(self):
        # Of people named, a post elsewhere is dropped afterwards: it lies below on no day.
        theirs = [among(Posting.person_id, self.people)] if self.people is not None else [
            Posting.unit_id.in_(self.ever), beside(Posting.person_id).in_(self._of_the_group())]
        return ask(
            select(Posting.unit_id, Posting.person_id, Posting.valid_from, Posting.valid_to)
            .where(Posting.known_at(self.known), *theirs,
                   *_touching(Posting, self.first, self.last))).all()

    def _of_the_group(self):
        return select(Membership.person_id).where(Membership.group_id == self.goal.group_id)

    def _posted(self):
        runs = self._below()
        for unit, person, start, end in self.posts:
            start, end = self.places.since(start), self.places.since(end)
            for first, last in runs[unit]:
                yield self.unit_id, person, max(start, first), min(end, last)

    def _stretches(self):
        """Who belonged from when to when without a break.

        What ended before a newcomer's days could still be running makes nobody's later.
        """
        longest = (self.first - date.min).days
        horizon = self.first - timedelta(days=min(self.goal.due_days or 0, longest))
        rows = ask(
            self._theirs(Membership, Membership.person_id, Membership.valid_from,
                         Membership.valid_to)
            .where(Membership.group_id == self.goal.group_id,
                   *_touching(Membership, horizon, self.last))
            .order_by(Membership.valid_from)).all()
        for person, since, end in reckoning.unbroken(rows):
            yield person, since, self.places.since(since), self.places.since(end)

    def _held(self):
        rows = ask(
            self._theirs(Completion, Completion.course_id, Completion.person_id,
                         Completion.learned_on, Completion.valid_until, Completion.revoked_on)
            .where(Completion.course_id.in_(self.goal.courses),
                   Completion.learned_on <= self.last,
                   or_(Completion.valid_until.is_(None), Completion.valid_until >= self.first))
        ).all()
        for course, person, learned, until, revoked in rows:
            yield (course, person, self.places.since(learned),
                   min(self.places.after(until), self.places.since(revoked)))

    def _excused(self):
        rows = ask(
            self._theirs(Exemption, Exemption.goal_id, Exemption.person_id,
                         Exemption.valid_from, Exemption.valid_to)
            .where(Exemption.goal_id == self.goal.id,
                   *_touching(Exemption, self.first, self.last))).all()
        for goal, person, start, end in rows:
            yield goal, person, self.places.since(start), self.places.since(end)

    def _theirs(self, fact, *columns):
        """What was known of the goal's people who ever stood under the unit."""
        people = {person for _unit, person, *_days in self.posts}
        person = beside(fact.person_id) if fact is Exemption else fact.person_id
        theirs = person.in_(self._of_the_group()) if self.everybody else among(person, people)
        return select(*columns).where(fact.known_at(self.known), theirs)


class RecastHistory(History):
    """A History under today's structure: whoever counts in the unit today counts in it on each of
    the days, wherever the unit of their post stood then.
    """

    def __init__(self, goal, unit_id, days, known):
        self.structure = structure_of_today()
        super().__init__(goal, unit_id, days, known)
        self.everybody = True

    def _posts(self):
        return ask(
            select(Posting.unit_id, Posting.person_id, Posting.valid_from, Posting.valid_to)
            .where(Posting.known_at(self.known), beside(Posting.person_id).in_(
                self._of_the_group()), *_touching(Posting, self.first, self.last))).all()

    def _posted(self):
        today = self.structure
        homes = [today.heirs.home(unit, person) for unit, person, *_days in self.posts]
        tree = with_ended(homes, today.heirs, today.parents, today.last_parents)
        inside = {home for home in homes if self.unit_id in path(home, tree)}
        for home, (_unit, person, start, end) in zip(homes, self.posts, strict=True):
            if home in inside:
                yield self.unit_id, person, self.places.since(start), self.places.since(end)


def _ever_below(unit_id, placements):
    children = defaultdict(set)
    for unit, parent, *_days in placements:
        children[parent].add(unit)
    return below([unit_id], children)


def _touching(fact, first, last):
    """The SQL conditions that an interval holds, or ends on, one of the days from first to last."""
    return fact.valid_from <= last, or_(fact.valid_to.is_(None), fact.valid_to >= first)


def holds(row, day):
    """Whether the half-open interval at the end of ``row`` holds ``day``."""
    *_fact, valid_from, valid_to = row
    return valid_from <= day and (valid_to is None or day < valid_to)
