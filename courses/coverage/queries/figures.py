"""The figures of goals and units on a day: see docs/coverage.md for what each number means."""
from datetime import date
from typing import NamedTuple

from lms.kernel import clock

from courses.coverage import reckoning
from courses.coverage.queries.rows import GoalRow, UnitRow
from courses.coverage.queries.today import reader_for

#: The parts of a figure, in its order.
PARTS = reckoning.EXEMPT, reckoning.MET, reckoning.OVERDUE, reckoning.WITHIN_TIME


class Figure(NamedTuple):
    """How far ``unit`` has come with ``goal`` on the day ``on``, counted in people."""

    goal: GoalRow
    unit: UnitRow
    on: date
    members: int
    exempt: int
    met: int
    overdue: int
    within_time: int

    @property
    def required(self):
        """The members who are not exempt."""
        return self.met + self.overdue + self.within_time

    @property
    def of_a_unit(self):
        """Whether there was such a unit on the day: before it began there is nothing to count."""
        return self.members > 0 or self.unit.in_force(self.on)

    @property
    def rate(self):
        """The printed rate, "93.5"; None where nobody is required."""
        return reckoning.printed_rate(self.met, self.required)

    @property
    def short(self):
        """How many more people must meet the goal to reach its target; None without a target."""
        if self.goal.share is None:
            return None
        return reckoning.short_of(self.met, self.required, self.goal.share)

    @property
    def reached(self):
        """Whether the target is reached; None where there is none, or nobody is required."""
        return self.short == 0 if self.required and self.goal.share is not None else None


def reckoned(goals=None, units=None, on=None, known=None, recast=False):
    """As ``queries.figures``, from all the facts there are."""
    on, known = on or clock.today(), known or clock.now()
    goals, units = ids(goals), ids(units)
    reader = reader_for(on, known, goals, units, recast)
    there = clock.today() if recast else on
    if not reader.goals:
        return []
    rows = [unit for unit in reader.units
            if (unit.stood_on(there) if units is None else unit.id in units)]
    day = reader.day()
    found = [figure for goal in reader.goals for figure in figures_of(goal, rows, day)]
    return found if units is not None else of_units(found, there)


def of_units(found, there):
    """The figures ``found`` of units in force on the day ``there``, and of others that count
    somebody: as was known, an act that was entered later had not ended them yet.
    """
    return [figure for figure in found if figure.members or figure.unit.in_force(there)]


def ids(things):
    """The ids of ``things``; None, which is all of them, stays None."""
    return None if things is None else {thing.id for thing in things}


def figure_of_all(goal, unit, day, standing=None):
    """The figure of one goal for ``unit``, where everybody of ``day`` is posted in or below it."""
    standing = standing or reckoning.standing(goal, day)
    parts = [len(getattr(standing, status)) for status in PARTS]
    return Figure(goal, unit, day.on, sum(parts), *parts)


def counts_of(goal, day):
    """How many people each unit counts for one goal, from the facts of ``day``: a Counter for
    each of the ``PARTS``.
    """
    standing = reckoning.standing(goal, day)
    return [reckoning.tally(getattr(standing, status), day) for status in PARTS]


def figures_of(goal, units, day):
    """The figures of one goal for ``units``, from the facts of ``day``."""
    counts = counts_of(goal, day)
    for unit in units:
        parts = [count[unit.id] for count in counts]
        yield Figure(goal, unit, day.on, sum(parts), *parts)
