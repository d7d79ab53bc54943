"""A picture under a grid on paper: letters above and below it, numbers at its sides.  Pure."""
from itertools import pairwise

from reportlab.lib.colors import HexColor, black, white
from reportlab.lib.units import mm

from lms.kernel.paper import REGULAR, Style, centred

from quizzes.papers.grid import LETTERS, Grid

#: The room for letters and numbers on each side.
EDGE = 4.5 * mm
SHADE = HexColor("#1b4671")
MARK = Style(REGULAR, 8)


def draw_grid(canvas, at, size, spot, shown=frozenset()):
    """Draw the lines of ``spot`` over its picture, whose upper left corner stands ``at`` a point;
    cells ``shown`` are shaded.
    """
    (left, top), (wide, high) = at, size
    columns = [left + wide * place / spot.across for place in range(spot.across + 1)]
    rows = [top - high * place / spot.down for place in range(spot.down + 1)]
    canvas.saveState()
    canvas.setFillColor(SHADE)
    canvas.setFillAlpha(0.45)
    for column, row in map(Grid.place, sorted(shown)):
        canvas.rect(columns[column], rows[row + 1], wide / spot.across, high / spot.down,
                    stroke=0, fill=1)
    # A white line under a black one shows on any picture.
    for colour, thick in ((white, 1.1), (black, 0.35)):
        canvas.setStrokeColor(colour)
        canvas.setLineWidth(thick)
        canvas.grid(columns, rows)
    canvas.restoreState()
    for letter, (begin, end) in zip(LETTERS, pairwise(columns), strict=False):
        for y in (top + 3, top - high - MARK.size):
            centred(canvas, ((begin + end) / 2, y), letter, MARK)
    for number, (begin, end) in enumerate(pairwise(rows), 1):
        for x in (left - EDGE / 2, left + wide + EDGE / 2):
            centred(canvas, (x, (begin + end) / 2 - MARK.size / 3), str(number), MARK)
