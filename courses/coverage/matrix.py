"""Figures laid out as a matrix: units down, goals across.  Plain values, no database."""
from dataclasses import dataclass
from operator import itemgetter

from lms.organisations.words import BLOCK


@dataclass(frozen=True)
class Line:
    """A unit with its figure for each goal, None where nobody of it is meant."""

    unit: object
    figures: list
    is_block: bool
    parent_id: int | None


def laid_out(figures, top_id):
    """The goals, the lines below the unit ``top_id``, and the line of that unit itself.

    A unit in which nobody belongs to any goal is left out; a block stays as the heading
    of the units under it.
    """
    goals, units, cells = {}, {}, {}
    for figure in figures:
        goals.setdefault(figure.goal.id, figure.goal)
        units.setdefault(figure.unit.id, figure.unit)
        cells[figure.unit.id, figure.goal.id] = figure
    goals, units = list(goals.values()), list(units.values())
    lines = [_line(unit, goals, cells) for unit in units]
    whole = next((line for line in lines if line.unit.id == top_id), None)
    below = [line for line in lines if line.unit.id != top_id and any(line.figures)]
    return goals, _in_blocks(below), whole


def _line(unit, goals, cells):
    row = [cells.get((unit.id, goal.id)) for goal in goals]
    shown = [figure if figure and figure.members else None for figure in row]
    return Line(unit, shown, unit.kind == BLOCK, unit.parent_id)


def _in_blocks(lines):
    """(block or None, its lines) in order; what stands under no block comes first."""
    blocks = [line for line in lines if line.is_block]
    ids = {block.unit.id for block in blocks}
    rest = [line for line in lines if not line.is_block]
    groups = [(None, [line for line in rest if line.parent_id not in ids])]
    groups += [(block, [line for line in rest if line.parent_id == block.unit.id])
               for block in blocks]
    return [(block, members) for block, members in groups if members]


#: Of more units than these a page shows only the uppermost; each opens those below it.
MOST_SHOWN = 200


def in_sight(groups, top_id):
    """What a page shows of ``groups``: everything, or of too many units only those that lie
    directly under the unit ``top_id`` or under a block."""
    if sum(len(members) for _block, members in groups) <= MOST_SHOWN:
        return groups
    holders = {top_id} | {block.unit.id for block, _members in groups if block}
    shown = [(block, [line for line in members if line.parent_id in holders])
             for block, members in groups]
    return [(block, members) for block, members in shown if members]


def parts_of(groups):
    """The units of the matrix that lie in no other unit of it: together they are the whole."""
    units = {line.unit.id: line for _block, members in groups for line in members}
    return [line.unit for line in units.values() if line.parent_id not in units]


def totals(whole):
    """Over the goals with a target: how many people are still short, and how many are overdue."""
    figures = [figure for figure in whole.figures if figure] if whole else []
    short = sum(figure.short or 0 for figure in figures)
    overdue = sum(figure.overdue for figure in figures if figure.goal.share is not None)
    return len([figure for figure in figures if figure.goal.share is not None]), short, overdue


#: A unit with fewer people required than this is never ranked: one person moves its rate too far.
ENOUGH_TO_RANK = 5
MOST_RANKED = 10


def furthest(groups):
    """For each goal with a target: the units furthest from it, and how many are too small to rank.

    [(goal, figures, small)]; the lowest rate first, among equals the one with more people to go.
    """
    lines = [line for _block, members in groups for line in members]
    found = []
    for column in zip(*(line.figures for line in lines), strict=True):
        short = [(f, left) for f in column if f and (left := f.short)]
        ranked = [((f.met / f.required, -left, f.unit.precedence), f)
                  for f, left in short if f.required >= ENOUGH_TO_RANK]
        ranked.sort(key=itemgetter(0))
        if short:
            found.append((short[0][0].goal, [f for _place, f in ranked[:MOST_RANKED]],
                          len(short) - len(ranked)))
    return found
