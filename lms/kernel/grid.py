"""A sheet as plain values, how much of one is read at most, and why one cannot be read."""
from collections.abc import Sequence
from dataclasses import dataclass, field

MEGABYTE = 1024 * 1024
#: A clerk's list is small; anything beyond is a mistake or an attack.
LARGEST_FILE = 20 * MEGABYTE
LARGEST_UNPACKED = 120 * MEGABYTE
MOST_PARTS = 2_000
MOST_ROWS = 120_000
MOST_COLUMNS = 256
#: Blank cells between filled ones count, for they take their place too.
MOST_CELLS = 4_000_000
MOST_MERGED = 20_000
LONGEST_CELL = 4_000

BLANK = ""


@dataclass(frozen=True)
class Sheet:
    """A page of a workbook from its first row and column on, every row of the same length.

    Values are text, numbers, truths, dates or times; a blank cell is "".  ``fonts`` holds
    those of before Unicode by (row, column) from 0.  ``merged`` are the merged ranges,
    (top, left, bottom, right) from 0; only the first cell of one has the value.  ``hidden`` are
    the rows, from 0, that a reader of the file does not see; ``marks`` by which cells stand out:
    bold, colour, fill, by (row, column).
    """

    name: str
    rows: list[list]
    fonts: dict = field(default_factory=dict)
    merged: Sequence[tuple[int, int, int, int]] = ()
    hidden: frozenset[int] = frozenset()
    marks: dict = field(default_factory=dict)

    def font(self, row, column):
        """The font of a cell where it is one of before Unicode, else nothing."""
        return self.fonts.get((row, column), "")


class UnreadableSheet(Exception):
    """The file cannot be read; ``code`` says why.

    ``empty``: the file holds nothing, or no cell of it does.
    ``too-large``: it holds more than is read, packed or unpacked.
    ``encrypted``: a password guards it.
    ``old-workbook``: it is an Excel workbook of before 2007, or a binary one.
    ``not-a-workbook``: it is neither .xlsx nor .csv, or it is damaged.
    """

    def __init__(self, code):
        super().__init__(code)
        self.code = code


def squared(rows):
    """``rows`` of one length and without blank ones at the end."""
    while rows and all(value == BLANK for value in rows[-1]):
        rows.pop()
    width = max(map(len, rows), default=0)
    if width * len(rows) > MOST_CELLS:
        raise UnreadableSheet("too-large")
    for row in rows:
        row.extend([BLANK] * (width - len(row)))
    return rows
