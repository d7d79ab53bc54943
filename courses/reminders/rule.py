"""Who is told what on a day: arithmetic on plain values, no database.

A ladder is a list of steps, each with whom it tells and on which day counted from the due date.
Learners are told one by one; those who answer for them get one digest a week, in which a person
stands from the day of the step on.  Ids stand for people, goals and units.
"""
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import NamedTuple

from lms.organisations.walking import path

LEARNER, CONTACT, HEAD, ABOVE = WHO = ("learner", "contact", "head", "above")
#: A learner's step that fell on a quiet day, or while nothing ran, is told up to so much later.
GRACE = timedelta(days=6)


class Step(NamedTuple):
    """``who`` is told ``days`` after the due date, before it where negative."""

    who: str
    days: int

    def day(self, due_on):
        """The day on which this step begins; the last day of the calendar where it lies beyond."""
        beyond = (date.max - due_on).days
        return due_on + timedelta(days=min(self.days, beyond))


#: The ladder of a goal for which no other was set.
DEFAULT = (Step(LEARNER, -14), Step(LEARNER, 0), Step(CONTACT, 7), Step(HEAD, 14),
           Step(ABOVE, 30))


class Missing(NamedTuple):
    """``person`` owes ``goal``, due on a day, and works in ``units``."""

    goal: int
    person: int
    due_on: date
    units: tuple


@dataclass(frozen=True)
class Staff:
    """Who is named for which post: (contact or head, unit) → people; and the tree of units."""

    named: dict
    parents: dict
    #: Those to whom falls what nobody else is named for.
    officers: tuple = ()


class Addressed(NamedTuple):
    """Whom a step reaches; ``climbed`` where the post it was meant for is vacant."""

    people: tuple
    climbed: bool


@dataclass
class Digest:
    """What one manager reads in a week."""

    #: (goal, unit) → the people concerned
    people: dict = field(default_factory=lambda: defaultdict(set))
    #: The vacant posts in whose place this manager reads: (who, unit).
    vacant: set = field(default_factory=set)


def learner_step(steps, due_on, on):
    """The step of which a learner with this due date is told on the day ``on``, or None.

    It is the latest whose day has come.  Before the due date it is told however late (somebody
    may have joined since); after it, no longer than GRACE.
    """
    come = [step for step in steps if step.who == LEARNER and step.day(due_on) <= on]
    latest = max(come, key=lambda step: step.days, default=None)
    if latest and (on < due_on or on - latest.day(due_on) <= GRACE):
        return latest
    return None


def answering(steps, due_on, on):
    """Which of those who answer for a learner with this due date read of it on ``on``."""
    return {step.who for step in steps if step.who != LEARNER and step.day(due_on) <= on}


def addressed(who, unit, staff):
    """The people whom a step for ``who`` of ``unit`` reaches.

    The posts are climbed from the contact person to the head to the contact person of the unit
    above and so on, until one is named; above all of them are the officers.
    """
    posts = [(role, place) for place in path(unit, staff.parents) for role in (CONTACT, HEAD)]
    start = {CONTACT: 0, HEAD: 1, ABOVE: 3}[who]
    for number, post in enumerate(posts[start:]):
        if staff.named.get(post):
            return Addressed(tuple(staff.named[post]), number > 0)
    return Addressed(tuple(staff.officers), True)


def told_today(ladders, missing, on):
    """The learners who are told on ``on``: a list of (Missing, Step).

    ``ladders`` is goal → steps; a goal that is paused or has no ladder is not in it.
    """
    found = ((one, learner_step(ladders.get(one.goal, ()), one.due_on, on)) for one in missing)
    return [(one, step) for one, step in found if step]


def digests(ladders, missing, staff, on):
    """What each manager reads in the week of the day ``on``: person → Digest."""
    found = defaultdict(Digest)
    for one in missing:
        for who in answering(ladders.get(one.goal, ()), one.due_on, on):
            for unit in one.units:
                reached = addressed(who, unit, staff)
                for manager in reached.people:
                    found[manager].people[one.goal, unit].add(one.person)
                    if reached.climbed:
                        found[manager].vacant.add((who, unit))
    return dict(found)
