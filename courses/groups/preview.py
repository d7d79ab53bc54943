"""Whom a rule would add and take away, and which figures: done for a moment and taken back."""
from dataclasses import dataclass, field
from datetime import timedelta

from lms.kernel import clock
from lms.kernel.db import db
from lms.people.offers import corrections_told

from courses.coverage.queries import figures
from courses.groups.queries import goals_of, members_on, people_by_name


@dataclass
class Preview:
    """What would be otherwise on the day ``on``, and before it."""

    on: object
    joining: list = field(default_factory=list)
    leaving: list = field(default_factory=list)
    #: How many belong to the group then.
    members: int = 0
    #: (goal, unit, figure before, figure after), those that change
    figures: list = field(default_factory=list)
    #: What is corrected in figures and reports of the past, as HTML.
    blocks: list = field(default_factory=list)


def previewed(group, since, act):
    """What ``act()``, which changes the rule of ``group`` from the day ``since``, would change."""
    on = max(since, clock.today())
    goals = goals_of(group, on)
    before, old = members_on(group, on), _figures(goals, on)
    known = clock.now() - timedelta(microseconds=1)
    point = db.session.begin_nested()
    try:
        act()
        after, new = members_on(group, on), _figures(goals, on)
        joining, leaving = people_by_name(after - before), people_by_name(before - after)
        told = Preview(on, joining, leaving, len(after), _compared(old, new))
        if since < clock.today() and (joining or leaving):
            told.blocks = corrections_told([*joining, *leaving], since, known)
        return told
    finally:
        point.rollback()


def _figures(goals, on):
    if not goals:
        return {}
    return {(one.goal.id, one.unit.id): one for one in figures(goals=goals, on=on)}


def _compared(old, new):
    def says(figure):
        return figure.members, figure.exempt, figure.met, figure.overdue, figure.within_time
    return [(old[key].goal, old[key].unit, old[key], new[key]) for key in old
            if says(old[key]) != says(new[key])]
