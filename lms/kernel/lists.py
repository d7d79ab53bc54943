"""Lists on A4 to print and sign: a letterhead, a table whose header returns, signatures."""
from dataclasses import dataclass
from functools import cache

from reportlab.lib.colors import black
from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.units import mm

from lms.kernel.paper import (
    BOLD,
    ITALIC,
    REGULAR,
    Style,
    centred,
    centred_block,
    fit,
    fitted,
    insist_on_glyphs,
    letterhead,
    new_canvas,
    qr,
    wrapped,
    write,
)

#: Top, right, bottom, left in mm.  Portrait by Decree 30/2020/NĐ-CP, annex I; a list across the
#: page is a working sheet, and takes the room its columns need.
PORTRAIT, LANDSCAPE = (20, 15, 20, 30), (15, 12, 12, 20)
TITLE, LEAD, DETAIL = Style(BOLD, 14), Style(BOLD, 12), Style(REGULAR, 12)
#: Between a cell's text and its rules, in points.
PAD = 2
LEADING = 1.17
#: Between a list and the one that goes on below it.
GAP = 12
SIGNING = 58
#: A side of the QR code at the head of a list; it ends above the title.
CODE = 16 * mm
#: So far it stands above the margin, which is no room of the text.
RAISED = 4 * mm
#: This many rows go over with the signatures, so that nobody signs an empty page.
COMPANIONS = 2


@dataclass(frozen=True)
class Column:
    """A column of a list; ``share`` is its width in proportion to the others'."""

    title: str
    share: float
    centre: bool = False


@dataclass(frozen=True)
class Zone:
    """Where somebody signs at the end of a list."""

    title: str
    hint: str = "(Ký, ghi rõ họ tên)"
    name: str = ""
    above: str = ""


@dataclass(frozen=True)
class Listing:
    """A list: its heads, its columns and rows, and what stands and is signed below them."""

    superior: str
    issuer: str
    title: str
    details: tuple[str, ...]
    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]
    closing: tuple[str, ...] = ()
    zones: tuple[Zone, ...] = ()
    across: bool = False
    #: The size of the cells in points, and the least to which one shrinks before it wraps.
    size: float = 10.5
    least: float = 8.5
    #: The least height of a row in mm: a signature needs more than a word.
    row_height: float = 6.0
    #: Above and below the text of a cell, in points.
    pad: float = PAD
    #: What the QR code between its heads leads to, on a list across the page; empty for none.
    address: str = ""
    #: It goes on below the list before it, without heads of its own.
    follows: bool = False

    def words(self):
        """All the text of the list, to look for letters that cannot be drawn."""
        return " ".join((
            self.superior, self.issuer, self.title, *self.details, *self.closing,
            *(column.title for column in self.columns),
            *(cell for row in self.rows for cell in row),
            *(text for zone in self.zones
              for text in (zone.title, zone.hint, zone.name, zone.above))))


def draw_lists(*listings):
    """The bytes of a PDF with each of the lists, its pages numbered from the second one on."""
    first = listings[0]
    canvas = new_canvas(A4, first.title, first.issuer)
    below = None
    for listing in listings:
        insist_on_glyphs(listing.words())
        if below is not None and not listing.follows:
            canvas.showPage()
        below = _Printer(canvas, listing).print(below if listing.follows else None)
    canvas.showPage()
    return canvas.getpdfdata()


def paginated(heights, first, later, closing):
    """How many rows of the given ``heights`` stand on each page.

    The room for rows is ``first`` on the first page and ``later`` on the others; after the
    last row ``closing`` must find room, else the last rows go over with it.
    """
    pages, left = [0], first
    for height in heights:
        if height > left:
            pages.append(0)
            left = later
        pages[-1] += 1
        left -= height
    if closing > left:
        moved = min(COMPANIONS, max(0, pages[-1] - 1))
        pages[-1] -= moved
        pages.append(moved)
    return pages


@dataclass(frozen=True)
class _Row:
    """A row as it is set: the style and the lines of each cell, and the height of all."""

    cells: tuple
    height: float


class _Printer:
    """Prints one list on a canvas, from the top of a page downwards."""

    def __init__(self, canvas, listing):
        self.canvas, self.listing = canvas, listing
        self.page = landscape(A4) if listing.across else A4
        top, right, bottom, left = (edge * mm for edge in
                                    (LANDSCAPE if listing.across else PORTRAIT))
        self.left, self.right = left, self.page[0] - right
        self.top, self.bottom = self.page[1] - top, bottom
        self.room = self.right - self.left
        shares = sum(column.share for column in listing.columns)
        # Units and courses come again and again.
        self.fitted = cache(fitted)
        self.widths = [self.room * column.share / shares for column in listing.columns]
        self.header = self._line([column.title for column in listing.columns],
                                 Style(BOLD, listing.size, least=listing.size))

    def print(self, below=None):
        """Print the pages of the list, ``below`` what stands on this page or from its top; gives
        the height below the list.
        """
        self.canvas.setPageSize(self.page)
        start = self._head() if below is None else below - GAP
        first, later = start - self.bottom, self.top - self.bottom
        rows = self._rows((later if below else min(first, later)) - self.header.height)
        counts = paginated([row.height for row in rows], first - self.header.height,
                           later - self.header.height, self._closing_height())
        for number, count in enumerate(counts, 1):
            if number > 1:
                self.canvas.showPage()
                self.canvas.setPageSize(self.page)
                centred(self.canvas, (self.page[0] / 2, (self.page[1] + self.top) / 2 - 4),
                        str(number), Style(REGULAR, 13))
                start = self.top
            headed = count or not self.listing.rows
            y = self._table([self.header, *rows[:count]] if headed else [], start)
            rows = rows[count:]
        return self._closing(y)

    def _head(self):
        """The letterhead, the title and the details; gives where the table begins."""
        listing, side = self.listing, min(110 * mm, self.room - 94 * mm)
        y = letterhead(self.canvas, (self.left + side / 2, self.top - 10, side),
                       (self.right - 45 * mm, self.top - 10), listing.superior, listing.issuer)
        if listing.address and listing.across:
            # Between the two heads, which end 110 mm from the left and 90 mm from the right.
            free = (self.left + 110 * mm + self.right - 90 * mm) / 2
            qr(self.canvas, (free - CODE / 2, self.top - CODE + RAISED), CODE, listing.address)
        y, middle = y - 26, (self.left + self.right) / 2
        y = centred_block(self.canvas, (middle, y), listing.title, TITLE, self.room)
        for number, detail in enumerate(filter(None, listing.details)):
            y = centred_block(self.canvas, (middle, y), detail, DETAIL if number else LEAD,
                              self.room)
        return y + 4

    def _line(self, texts, style):
        """A row of cells, each shrunk and wrapped to its column."""
        return self._set(tuple(self.fitted(text, style, wide - 2 * PAD)
                               for text, wide in zip(texts, self.widths, strict=True)))

    def _set(self, cells):
        tallest = max(len(lines) * style.size for style, lines in cells) * LEADING
        return _Row(cells, max(tallest + 2 * self.listing.pad, self.listing.row_height * mm))

    def _rows(self, room):
        """The rows as they are set; one higher than a page goes on in a row below it."""
        style = Style(REGULAR, self.listing.size, least=self.listing.least)
        # Only a cell that shrank to its least has more than one line.
        most = max(1, int((room - 2 * self.listing.pad) / (min(style.size, style.least) * LEADING)))
        rows = []
        for texts in self.listing.rows:
            row = self._line(texts, style)
            while any(len(lines) > most for _style, lines in row.cells):
                rows.append(self._set(tuple((set_, lines[:most]) for set_, lines in row.cells)))
                row = self._set(tuple((set_, lines[most:]) for set_, lines in row.cells))
            rows.append(row)
        return rows

    def _table(self, rows, y):
        """Draw ``rows``, the header first, with their rules; gives the height below them."""
        edges, heights = [self.left], [y]
        for wide in self.widths:
            edges.append(edges[-1] + wide)
        for number, row in enumerate(rows):
            for column, (style, lines) in enumerate(row.cells):
                self._cell(edges[column:column + 2], (heights[-1], row.height), (style, lines),
                           number == 0 or self.listing.columns[column].centre)
            heights.append(heights[-1] - row.height)
        if rows:
            self.canvas.setStrokeColor(black)
            self.canvas.setLineWidth(0.4)
            self.canvas.grid(edges, heights)
        return heights[-1]

    def _cell(self, edges, band, block, centre):
        """Draw a cell's lines in the middle of its height."""
        (left, right), (top, height), (style, lines) = edges, band, block
        leading = style.size * LEADING
        y = top - (height - len(lines) * leading) / 2 - style.size * 0.92
        for line in lines:
            if centre:
                centred(self.canvas, ((left + right) / 2, y), line, style)
            else:
                write(self.canvas, (left + PAD, y), line, style)
            y -= leading

    def _closing_lines(self):
        return [line for text in self.listing.closing for line in wrapped(text, DETAIL, self.room)]

    def _closing_height(self):
        lines = len(self._closing_lines()) * 15 + 10
        above = 15 if any(zone.above for zone in self.listing.zones) else 0
        return lines + (above + 15 + 13 + SIGNING + 8 if self.listing.zones else 0)

    def _closing(self, y):
        """What is said below the table, then the zones for signatures side by side; gives the
        height below.
        """
        y -= 15
        for line in self._closing_lines():
            write(self.canvas, (self.left, y), line, DETAIL)
            y -= 15
        if not self.listing.zones:
            return y + 15
        y -= 21 if any(zone.above for zone in self.listing.zones) else 6
        share = self.room / len(self.listing.zones)
        for number, zone in enumerate(self.listing.zones):
            self._zone(zone, self.left + share * (number + 0.5), y, share - 12)
        return y - SIGNING - 13

    def _zone(self, zone, x, y, room):
        for text, style, up in (
            (zone.above, Style(ITALIC, 12), 15), (zone.title, Style(BOLD, 12), 0),
            (zone.hint, Style(ITALIC, 11), -13), (zone.name, Style(BOLD, 12), -13 - SIGNING),
        ):
            # A zone has one line for a name: it shrinks as far as it must.
            centred(self.canvas, (x, y + up), text, fit(text, style._replace(least=6), room))
