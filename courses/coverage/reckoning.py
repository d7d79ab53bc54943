"""Who has met a goal on a day, who is late, what a unit counts: arithmetic on plain facts.

Ids stand for people, units, groups, courses and goals; a ``goal`` is anything with the
columns of a goal and the ids of its ``courses``.  Everything is counted in sets, so that the
cost grows with the facts and not with people × goals × units.
"""
from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from lms.organisations import walking

MET, EXEMPT, OVERDUE, WITHIN_TIME = STATUSES = ("met", "exempt", "overdue", "within_time")
#: Those who still have to meet the goal.
OWING = OVERDUE, WITHIN_TIME


@dataclass(frozen=True)
class Day:
    """What was true on the day ``on``."""

    on: date
    #: unit → the unit it stood under
    parents: dict
    #: unit → the set of people posted in it
    people: dict
    #: group → {person: the first day of the membership that is unbroken up to this day}
    members: dict
    #: course → the set of people who hold a completion that counts
    holders: dict
    #: goal → the set of people exempted from it
    excused: dict

    @cached_property
    def posts(self):
        """person → the units posted in, as a tuple that many people share."""
        posts = {}
        for unit, people in self.people.items():
            post = (unit,)
            for person in people:
                posts[person] = posts[person] + post if person in posts else post
        return posts

    @cached_property
    def posted(self):
        """Everybody who is posted somewhere."""
        return set().union(*self.people.values())

    @cached_property
    def counted(self):
        """group → those who belong to it and are posted somewhere."""
        return {group: self.posted & since.keys() for group, since in self.members.items()}

    @cached_property
    def reach(self):
        """Each combination of units that somebody is posted in → every unit it counts in."""
        above = {unit: set(walking.path(unit, self.parents)) for unit in self.people}
        return {post: set().union(*(above[unit] for unit in post)) if post[1:] else above[post[0]]
                for post in set(self.posts.values())}


@dataclass(frozen=True)
class Standing:
    """The people of one goal on one day, each in exactly one of the four sets."""

    met: set
    exempt: set
    overdue: set
    within_time: set

    def status_of(self, person):
        """The status of ``person``, or None for somebody the goal does not count."""
        return next((status for status in STATUSES if person in getattr(self, status)), None)


def below(units, parents):
    """``units`` and all that stand under them, as a set."""
    children = {}
    for unit, parent in parents.items():
        children.setdefault(parent, []).append(unit)
    return walking.below(units, children)


def first_days(intervals, on):
    """Since when each person has belonged without a break, of those who belong on the day ``on``.

    ``intervals`` are (person, valid_from, valid_to) in the order of ``valid_from``, none of
    them beginning after ``on``.
    """
    return {person: start for person, start, end in unbroken(intervals)
            if end is None or end > on}


def unbroken(intervals):
    """The intervals, in the order of ``valid_from``, with those that touch or overlap as one.

    Rows (person, first day, the day after the last or None).
    """
    last, found = {}, []
    for person, valid_from, valid_to in intervals:
        stretch = last.get(person)
        if stretch is None or (stretch[2] is not None and stretch[2] < valid_from):
            last[person] = stretch = [person, valid_from, valid_to]
            found.append(stretch)
        elif stretch[2] is not None:
            stretch[2] = None if valid_to is None else max(stretch[2], valid_to)
    return found


def due_on(goal, since):
    """The day by which somebody who has belonged since ``since`` owes ``goal``; None: no day."""
    if goal.deadline is not None or goal.due_days is None:
        return goal.deadline
    start = max(since, goal.valid_from)
    return start + timedelta(days=min(goal.due_days, (date.max - start).days))


def late(goal, people, since, on):
    """Those of ``people`` whose due date lies before the day ``on``."""
    if goal.deadline is not None:
        return people if on > goal.deadline else set()
    if goal.due_days is None or goal.due_days >= (on - date.min).days:
        return set()
    # Everybody who began before this day has used up the days a newcomer has.
    limit = on - timedelta(days=goal.due_days)
    if goal.valid_from >= limit:
        return set()
    return {person for person in people if since[person] < limit}


def standing(goal, day):
    """Where the people of ``goal`` stand on ``day``; somebody posted nowhere is not counted."""
    since = day.members.get(goal.group_id, {})
    members = day.counted.get(goal.group_id, set())
    exempt = members & day.excused.get(goal.id, set())
    required = members - exempt
    met = required.intersection(*(day.holders.get(course, ()) for course in goal.courses))
    owing = required - met
    overdue = late(goal, owing, since, day.on)
    return Standing(met, exempt, overdue, owing - overdue)


def tally(people, day):
    """How many of ``people`` count in each unit: everybody once, however many their postings."""
    counts, reach = defaultdict(int), day.reach
    for post, number in Counter(map(day.posts.__getitem__, people)).items():
        for unit in reach[post]:
            counts[unit] += number
    return Counter(counts)


def printed_rate(met, required):
    """``met`` of ``required`` in per cent as printed: one decimal, rounded half up.

    "100.0" means all of them and "0.0" nobody, never a rounding; None where nobody is required.
    """
    if not required:
        return None
    tenths = (2000 * met + required) // (2 * required)
    if 0 < met < required:
        tenths = min(max(tenths, 1), 999)
    return f"{tenths // 10}.{tenths % 10}"


def short_of(met, required, share):
    """How many more people must meet a goal for ``share`` per cent of the required to have."""
    needed = -(-required * int(share * 100) // 10000)
    return max(0, needed - met)
