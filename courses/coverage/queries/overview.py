"""What the page of a unit tells: its figures, those of the units below it, and who stands behind.
"""
from collections.abc import Callable
from dataclasses import dataclass

from courses.coverage.queries.beforehand import brought_up
from courses.coverage.queries.figures import figure_of_all, figures_of
from courses.coverage.queries.first import those_owing
from courses.coverage.queries.whole import whole


@dataclass(frozen=True)
class Overview:
    """A unit on a day, as far as it is asked about."""

    #: The figure of the unit for each goal, by the key of the goal.
    own: list
    #: goal → the figures of the units below, in order of precedence.
    parts: Callable
    #: figure, most → those who owe the goal of the unit's ``figure``, as a Roll that names the
    #: first ``most`` of them; perhaps everybody behind the figure.
    owing: Callable


def overview(unit, below, on, known=None, recast=False):
    """The Overview of ``unit`` with the units ``below`` it, given by id, on the day ``on``.

    ``known`` and ``recast`` as for ``figures``.  Where the figures were reckoned beforehand, only
    the people concerned are read, and those behind a figure that are named.
    """
    told = None
    if known is None and not recast:
        told = brought_up(on, units={unit.id, *below})
    if told is None:
        return _of_all_facts(unit, whole(unit.id, on, known, units={unit.id, *below},
                                         recast=recast))
    return Overview(told.figures(units={unit.id}),
                    lambda goal: told.figures({goal.id}, set(below)),
                    lambda figure, most: those_owing(figure, on, most))


def _of_all_facts(unit, read):
    own = next(row for row in read.units if row.id == unit.id)
    rest = [row for row in read.units if row.id != unit.id]
    return Overview(
        [figure_of_all(goal, own, read.day, read.standings[goal.id]) for goal in read.goals],
        lambda goal: list(figures_of(goal, rest, read.day)),
        lambda figure, _most: read.roll(figure.goal))
