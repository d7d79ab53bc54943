"""Which questions a paper draws from the bank, by a blueprint.  Pure.

Every paper of a blueprint has as many questions of each category and difficulty as every other:
a row that leaves one of them open is spread over the bank in proportion, always alike.
"""
from collections import Counter, defaultdict
from typing import NamedTuple


class Row(NamedTuple):
    """So many questions of a category and a difficulty (None: any), for a section."""

    section: int
    category: str | None
    difficulty: int | None
    count: int

    def takes(self, cell):
        """Whether questions of ``cell``, (category, difficulty), fit the row."""
        category, difficulty = cell
        return (self.category in (None, category)) and (self.difficulty in (None, difficulty))


class Candidate(NamedTuple):
    """A question of the bank as far as drawing goes."""

    id: int
    category: str
    difficulty: int
    kind: str = ""

    @property
    def cell(self):
        """What it counts as."""
        return self.category, self.difficulty


class Short(Exception):
    """The bank has too few questions for a row; ``found`` is how many it can be given."""

    def __init__(self, row, found):
        super().__init__(f"{row}: {found}")
        self.row, self.found = row, found


def rows_of(blueprint):
    """The Rows of the ``blueprint`` of a quiz."""
    return [Row(one["section"], one["category"], one["difficulty"], one["count"])
            for one in blueprint]


def quotas(rows, stock):
    """How many questions each row takes of each cell; ``stock`` has the number of each cell.

    Where any way to satisfy all the rows exists, one is found; else raises Short.
    """
    left = Counter(stock)
    matches = [sorted(filter(row.takes, stock)) for row in rows]
    held = [Counter() for _row in rows]
    for place in sorted(range(len(rows)), key=lambda place: len(matches[place])):
        _spread(rows[place].count, matches[place], left, held[place])
    for place, row in enumerate(rows):
        while held[place].total() < row.count:
            if not _take_one_more(place, matches, left, held, set()):
                raise Short(row, held[place].total())
    return held


def _spread(count, cells, left, held):
    """Give a row up to ``count`` questions of ``cells``, in proportion to what is left of each."""
    there = {cell: left[cell] for cell in cells if left[cell] > 0}
    total = sum(there.values())
    if not total:
        return
    count = min(count, total)
    for cell, number in there.items():
        held[cell] = count * number // total
    rest = sorted(there, key=lambda cell: (-(count * there[cell] % total), cell))
    for cell in rest[:count - held.total()]:
        held[cell] += 1
    left.subtract(held)


def _take_one_more(place, matches, left, held, tried):
    """Give the row one question more, if need be by letting another row change its cell."""
    for cell in matches[place]:
        if left[cell] > 0:
            left[cell] -= 1
            held[place][cell] += 1
            return True
    for cell in matches[place]:
        if cell in tried:
            continue
        tried.add(cell)
        for other, taken in enumerate(held):
            if other != place and taken[cell] and _take_one_more(other, matches, left, held,
                                                                 tried):
                taken[cell] -= 1
                held[place][cell] += 1
                return True
    return False


def drawn(rows, candidates, seen, chance):
    """(section, Candidate) of each question drawn, row by row; those whose ids are not in
    ``seen`` come first.

    Raises Short.
    """
    cells = defaultdict(list)
    for candidate in candidates:
        cells[candidate.cell].append(candidate)
    taken = quotas(rows, {cell: len(them) for cell, them in cells.items()})
    for them in cells.values():
        chance.shuffle(them)
        them.sort(key=lambda one: one.id not in seen)  # The last one is taken first.
    return [(row.section, cells[cell].pop())
            for row, cells_of_row in zip(rows, taken, strict=True)
            for cell, number in sorted(cells_of_row.items()) for _n in range(number)]


def spread_over(count, candidates):
    """A blueprint of ``count`` questions in proportion to the bank: {(category, difficulty): n}."""
    stock = Counter(candidate.cell for candidate in candidates)
    return +quotas([Row(0, None, None, min(count, stock.total()))], stock)[0]
