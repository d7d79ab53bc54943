"""One reading of the facts for a unit and all below it: the figures, and everybody behind them."""
from dataclasses import dataclass
from functools import cached_property

from lms.kernel import clock

from courses.coverage import reckoning
from courses.coverage.queries.figures import figures_of
from courses.coverage.queries.people import Roll
from courses.coverage.queries.reading import Reader
from courses.coverage.queries.rows import GoalRow, UnitRow
from courses.coverage.queries.today import reader_for


@dataclass(frozen=True)
class Whole:
    """What the facts of one day say about a unit and what stands below it."""

    goals: tuple[GoalRow, ...]
    #: The units asked about, in order of precedence.
    units: tuple[UnitRow, ...]
    day: reckoning.Day
    reader: Reader
    #: Whether the units are those of today instead of those of the day.
    recast: bool = False

    @cached_property
    def figures(self):
        """The figure of each goal in each unit: goals by key, units in order of precedence."""
        return [figure for goal in self.goals for figure in figures_of(goal, self.units, self.day)]

    @cached_property
    def standings(self):
        """goal → where its people stand, as four sets of their ids."""
        return {goal.id: reckoning.standing(goal, self.day) for goal in self.goals}

    def roll(self, goal):
        """Everybody behind the figure of ``goal`` in the whole, as a Roll."""
        return Roll(goal, self.reader, self.day)

    def people(self, goal):
        """person → (status, the ids of the units of the scope they are posted in, in order)."""
        standing = self.standings[goal.id]
        return {person: (status, tuple(sorted(self.day.posts[person])))
                for status in reckoning.STATUSES for person in getattr(standing, status)}

    def required(self, goal):
        """The ids of those whom ``goal`` counts and nobody has excused."""
        standing = self.standings[goal.id]
        return standing.met | standing.overdue | standing.within_time

    def holding(self, goal, courses):
        """The ids of the required people of ``goal`` who hold all of ``courses``, given by id."""
        return self.required(goal).intersection(
            *(self.day.holders.get(course, ()) for course in courses))


def whole(unit_id, on, known, goals=None, units=None, recast=False):
    """Read the facts of the day ``on``, known at ``known`` (None: now), of a unit and all below it.

    ``goals`` are goals as they were asked at some time, rows that count as they are; without
    them, the goals in force as they are asked now.  ``units`` are the ids of the units that
    get figures; without them, every one of that day that stands in the unit or below it.
    ``recast`` reads the day under today's units.
    """
    known = known or clock.now()
    asked = None if goals is None else {goal.id for goal in goals}
    reader = reader_for(on, known, asked, {unit_id}, recast)
    if goals is not None:
        reader.goals = sorted((goal for goal in goals if goal.in_force(on)),
                              key=lambda goal: goal.key)
    day, there = reader.day(), clock.today() if recast else on
    within = reckoning.below({unit_id}, day.parents)
    chosen = [unit for unit in reader.units
              if (unit.id in within and _stood(unit, day, there) if units is None
                  else unit.id in units)]
    return Whole(tuple(reader.goals), tuple(chosen), day, reader, recast)


def _stood(unit, day, there):
    # One that an act ended which was not known yet counts where somebody is posted in it.
    return unit.in_force(there) or (unit.stood_on(there) and any(
        day.people.get(key) for key in reckoning.below({unit.id}, day.parents)))
