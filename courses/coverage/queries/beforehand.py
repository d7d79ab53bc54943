"""Figures that were reckoned beforehand, brought up to this moment.

What was known at a moment never changes, so the figures known then stay true.  What is known now
differs from them only by the people of whom a fact was recorded or corrected since: these are
counted twice, as known then and as known now.
"""
from collections import defaultdict
from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import exists, or_, select, union

from lms.kernel import clock
from lms.kernel.db import ask, db
from lms.organisations.models import Placement
from lms.people.models import Membership, Posting

from courses.completions.models import Completion
from courses.coverage.models import Exemption, Reckoned, ReckonedFigure
from courses.coverage.queries.figures import (
    PARTS,
    Figure,
    counts_of,
    ids,
    of_units,
    reckoned,
)
from courses.coverage.queries.reading import Reader

#: The facts about people of which figures are made.
FACTS = Posting, Membership, Completion, Exemption
#: Of more people than these the facts are not read twice: figures are made of all facts instead.
MOST = 500
NOBODY = (0,) * len(PARTS)


def figures(goals=None, units=None, on=None, known=None, recast=False):
    """The figures of every goal in force on ``on`` (today) in every unit of that day.

    ``goals`` and ``units`` narrow them to the ones named, and what is read to their people;
    a unit named gets its figure even where it was not in force.  ``known`` is the moment
    whose knowledge counts (now).  ``recast`` shows the day under today's units and tree.
    Goals by key, units in order of precedence.
    """
    if known is None and not recast:
        found = brought_up(on or clock.today(), ids(goals), ids(units))
        if found is not None:
            return found.figures(ids(goals), ids(units))
    return reckoned(goals, units, on, known, recast)


def brought_up(on, goals=None, units=None, known=None):
    """What was reckoned beforehand of the day ``on``, with what is needed to bring it up to now.

    ``goals`` and ``units`` are the ids of those that will be asked about, None for all; ``known``
    is the moment that is now.  None where nothing was reckoned for that day, or what was no
    longer serves: other goals, another tree, too many people concerned.
    """
    kept = newest(on)
    people = kept and concerned(kept.known, on)
    if people is None:
        return None
    reader = Reader(on, known or clock.now(), goals, units, people)
    if any(asked(goal) not in kept.goals for goal in reader.goals):
        return None
    return BroughtUp(reader, kept)


class BroughtUp:
    """The figures of ``kept``, brought up to the moment of ``reader``, which reads the people
    concerned.
    """

    def __init__(self, reader, kept):
        self.reader, self.kept = reader, kept
        #: What was true of them: now, and as known when the figures were reckoned.
        self.days = ([reader.day(), reader.as_known(kept.known).day()] if reader.people else [])

    def figures(self, goals=None, units=None):
        """As ``queries.figures`` of the goals and units with these ids."""
        reader, told = self.reader, self._kept_figures(goals, units)
        rows = [unit for unit in reader.units
                if (unit.stood_on(reader.on) if units is None else unit.id in units)]
        found = []
        for goal in reader.goals:
            if goals is None or goal.id in goals:
                changes = [counts_of(goal, day) for day in self.days]
                found += [_told(goal, unit, reader.on, told.get((goal.id, unit.id), NOBODY),
                                changes) for unit in rows]
        return found if units is not None else of_units(found, reader.on)

    def _kept_figures(self, goals, units):
        statement = select(ReckonedFigure.goal_id, ReckonedFigure.unit_id,
                           *(getattr(ReckonedFigure, part) for part in PARTS)).where(
            ReckonedFigure.reckoned_id == self.kept.id)
        if goals is not None:
            statement = statement.where(ReckonedFigure.goal_id.in_(goals))
        if units is not None:
            statement = statement.where(ReckonedFigure.unit_id.in_(units))
        return {row[:2]: row[2:] for row in ask(statement).all()}


def _told(goal, unit, on, parts, changes):
    """The figure that was reckoned in ``parts``, and what has changed since."""
    if changes:
        now, then = changes
        parts = [number + more[unit.id] - less[unit.id]
                 for number, more, less in zip(parts, now, then, strict=True)]
    return Figure(goal, unit, on, sum(parts), *parts)


class Kept(NamedTuple):
    """What was reckoned beforehand of one day: see ``Reckoned``."""

    id: int
    on: date
    known: datetime
    made_at: datetime
    ready: bool
    goals: list


def kept_of(*conditions):
    """What was reckoned beforehand, or is being reckoned, in the order in which it was begun."""
    columns = (getattr(Reckoned, name) for name in Kept._fields)
    return list(map(Kept._make, ask(select(*columns).where(*conditions).order_by(Reckoned.id))))


def newest(on):
    """What was last reckoned of the day ``on``; None where nothing was."""
    return next(reversed(kept_of(Reckoned.on == on, Reckoned.ready)), None)


def together(kept, days):
    """The newest moment as known at which all of ``days`` are among ``kept``; None: there is none.
    """
    found = defaultdict(set)
    for one in kept:
        if one.ready:
            found[one.known].add(one.on)
    return max((known for known, on in found.items() if on.issuperset(days)), default=None)


def asked(goal):
    """What ``goal`` asks, as far as its figures hang on it, as plain JSON."""
    return [goal.id, goal.group_id, list(goal.courses), goal.due_days,
            *(day and day.isoformat() for day in (goal.deadline, goal.valid_from))]


def concerned(moment, on):
    """The ids of those who may count otherwise on ``on`` or before than was known at ``moment``.

    None where they are too many to be counted twice, or the tree was changed, which moves
    everybody of a unit.
    """
    if moved(moment):
        return None
    people = changed_since(moment, on)
    return people if len(people) <= MOST else None


def changed_since(moment, on):
    """The ids of those of whom a fact was recorded or corrected after ``moment``, one that begins
    on ``on`` or before.

    Where they are more than ``MOST``, only so many that this can be told.
    """
    changes = union(*(select(fact.person_id).where(changed, _begins(fact) <= on)
                      for fact in FACTS for changed in fact.changed_since(moment)))
    return {person for person, in ask(changes.limit(MOST + 1))}


def _begins(fact):
    return fact.learned_on if fact is Completion else fact.valid_from


def moved(moment):
    """Whether the tree was changed after ``moment``."""
    return db.session.scalar(select(exists().where(or_(*Placement.changed_since(moment)))))
