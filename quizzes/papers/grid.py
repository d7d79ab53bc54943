"""The grid over a picture on paper: a place is named by its cell, such as C4.  Pure.

Printed papers rest on it: a cell must mean tomorrow what it means today.
"""
import re
from decimal import Decimal
from typing import NamedTuple

from quizzes.questions.kinds.hotspot import areas_of, inside, is_shape, place_of, ratio_of

#: So many cells lie along the longer side of a picture; they are squares, or nearly.
LONGER = 20
LETTERS = "ABCDEFGHIJKLMNOPQRST"
CELL = re.compile(r"([A-T])([1-9]\d?)")
#: A cell is looked at in so many places across and down to tell how much of a shape it holds.
FINE = 5
#: So much of a right area must lie in the cells that count, and so much of these in it: else
#: whoever sees the right place names a cell that is none, or the other way round.
CAUGHT, FILLED = Decimal("0.65"), Decimal("0.5")


class Grid(NamedTuple):
    """How many cells lie across and down."""

    across: int
    down: int

    @property
    def cells(self):
        """The names of all cells, row by row."""
        return [self.name(column, row) for row in range(self.down) for column in range(self.across)]

    @staticmethod
    def name(column, row):
        """The name of the cell in this column and row, from 0."""
        return f"{LETTERS[column]}{row + 1}"

    @staticmethod
    def place(cell):
        """The column and the row of the cell of this name, from 0; None where it names none."""
        found = CELL.fullmatch(cell)
        return (LETTERS.index(found[1]), int(found[2]) - 1) if found else None

    def middle(self, cell):
        """The middle of ``cell`` in per cent of width and height, as an answer tells a place; None
        where there is no such cell.
        """
        place = self.place(cell)
        if place is None or place[0] >= self.across or place[1] >= self.down:
            return None
        return ",".join(f"{100 * (2 * number + 1) / (2 * count):.4f}".rstrip("0").rstrip(".")
                        for number, count in zip(place, self, strict=True))

    def cell_at(self, place):
        """The name of the cell at a place (x, y) in per cent; the last one holds the edge."""
        return self.name(*(min(int(part * count / 100), count - 1)
                           for part, count in zip(place, self, strict=True)))


def grid_of(version):
    """The Grid over the picture of ``version``."""
    ratio = ratio_of(version)
    if ratio <= 1:
        return Grid(LONGER, max(1, round(LONGER * ratio)))
    return Grid(max(1, round(LONGER / ratio)), LONGER)


def right_cells(version):
    """The cells whose middle lies in a right area, row by row."""
    grid = grid_of(version)
    return [cell for cell in grid.cells if any(
        inside(area, place_of(grid.middle(cell)), ratio_of(version)) for area in _right(version))]


def decides(version):
    """Whether the grid tells the right areas of ``version`` from what is beside them: each shows
    in cells, which hold most of it and little else.
    """
    counted = set(right_cells(version))
    held, filled = 0, 0
    for area in _right(version):
        places = {cell: _places(version, area, cell) for cell in _near(version, area)}
        lies = sum(map(sum, places.values()))
        caught = sum(sum(found) for cell, found in places.items() if cell in counted)
        if not lies or caught < CAUGHT * lies:
            return False
        own = [found for cell, found in places.items()
               if cell in counted and found[len(found) // 2]]
        held, filled = held + len(own) * FINE * FINE, filled + sum(map(sum, own))
    return filled >= FILLED * held > 0


def _right(version):
    return [area for area in areas_of(version) if area["key"] in version.right and is_shape(area)]


def _places(version, area, cell):
    """Whether each of the places all over ``cell`` lies in ``area``; the one in the middle of the
    list is the middle of the cell.
    """
    grid = grid_of(version)
    column, row = grid.place(cell)
    xs, ys = ([100 * (place + Decimal(2 * part + 1) / (2 * FINE)) / count for part in range(FINE)]
              for place, count in ((column, grid.across), (row, grid.down)))
    return [inside(area, (x, y), ratio_of(version)) for y in ys for x in xs]


def _near(version, area):
    """The cells that ``area`` may touch."""
    grid, numbers = grid_of(version), [Decimal(str(point)) for point in area["points"]]
    if area["shape"] == "circle":
        x, y, radius = numbers
        numbers = [x - radius, y - radius / ratio_of(version),
                   x + radius, y + radius / ratio_of(version)]
    (left, right), (top, bottom) = (
        [min(max(int(end * count / 100), 0), count - 1) for end in (min(ends), max(ends))]
        for ends, count in ((numbers[::2], grid.across), (numbers[1::2], grid.down)))
    return [grid.name(column, row) for row in range(top, bottom + 1)
            for column in range(left, right + 1)]


def runs(cells):
    """``cells`` in words: "B2–D2, B3–D3, F9", neighbours in a row together."""
    rows = {}
    for column, row in map(Grid.place, cells):
        rows.setdefault(row, []).append(column)
    words = []
    for row, columns in sorted(rows.items()):
        for first, last in _neighbours(sorted(columns)):
            begin, end = Grid.name(first, row), Grid.name(last, row)
            words.append(begin if first == last else f"{begin}–{end}")
    return ", ".join(words)


def _neighbours(columns):
    """The unbroken runs in a sorted list of columns as pairs of the first and the last."""
    found = []
    for column in columns:
        if found and column == found[-1][1] + 1:
            found[-1] = found[-1][0], column
        else:
            found.append((column, column))
    return found
