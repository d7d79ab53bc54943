"""The printed certificate, A4 landscape: a pure drawing from plain values."""
from dataclasses import dataclass, fields

from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.units import mm

from lms.kernel.paper import (
    ACCENT,
    BOLD,
    GREY,
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
    width,
    write,
)

PAGE = landscape(A4)
MIDDLE = PAGE[0] / 2
#: The rows of facts: where labels and values begin, where the rows must end.
LABEL_X, VALUE_X, EDGE_X = 52 * mm, 97 * mm, PAGE[0] - 28 * mm
ROWS_TOP, ROWS_LOW = PAGE[1] - 100 * mm, 65 * mm
#: Where a short row that stands beside another may begin.
TABS = (140 * mm, 196 * mm)
#: From one row to the next, from a line to the next of the same value, down to the English
#: and from one line of it to the next.
PITCH, LINE, UNDER, UNDER_LINE = 9.6 * mm, 4.9 * mm, 3.8 * mm, 3.5 * mm
LABEL, ENGLISH = Style(REGULAR, 12.5), Style(ITALIC, 9, GREY, least=8)
VALUE, STRONG = Style(REGULAR, 12.5, least=11.5), Style(BOLD, 13.5, least=12.5)
#: The sizes tried until all rows find room; nothing is ever cut.
SCALES = tuple(percent / 100 for percent in range(100, 45, -5))


@dataclass(frozen=True)
class Row:
    """A fact on the certificate: its label and value, in Vietnamese and in English.

    The ``strong`` one is what was learned; short facts after it stand beside each other.
    """

    label: str
    label_en: str
    value: str
    value_en: str = ""
    strong: bool = False


@dataclass(frozen=True)
class CertificatePaper:
    """Every printed word of a certificate; what is empty leaves no hole."""

    superior: str
    issuer: str
    opening: str
    opening_en: str
    honorific: str
    honorific_en: str
    name: str
    rows: tuple[Row, ...]
    decision: str
    decision_en: str
    place_date: str
    place_date_en: str
    signer_title: str
    signer_title_en: str
    signer: str
    number: str
    code: str
    site: str
    address: str

    def words(self):
        """All the text of the certificate, to look for letters that cannot be drawn."""
        plain = [getattr(self, field.name) for field in fields(self) if field.name != "rows"]
        return " ".join(plain + [text for row in self.rows
                                 for text in (row.label, row.label_en, row.value, row.value_en)])


def draw(paper):
    """The bytes of a PDF of one page; the same paper always gives the same bytes."""
    return draw_many([paper])


def draw_many(papers):
    """The bytes of a PDF with a page for each of ``papers`` (at least one), in their order."""
    canvas = new_canvas(PAGE, f"Giấy chứng nhận {papers[0].number}", papers[0].issuer)
    canvas.setSubject("Giấy chứng nhận hoàn thành lớp tập huấn")
    for paper in papers:
        insist_on_glyphs(paper.words())
        _frame(canvas)
        _head(canvas, paper)
        _title(canvas, paper)
        _name(canvas, paper)
        _facts(canvas, paper.rows)
        _register(canvas, paper)
        _signature(canvas, paper)
        canvas.showPage()
    return canvas.getpdfdata()


def _frame(canvas):
    """One strong line, and one fine line inside it."""
    canvas.setStrokeColor(ACCENT)
    for inset, thickness in ((10 * mm, 2.2), (12 * mm, 0.5)):
        canvas.setLineWidth(thickness)
        canvas.rect(inset, inset, PAGE[0] - 2 * inset, PAGE[1] - 2 * inset)


def _head(canvas, paper):
    top, right = PAGE[1] - 24 * mm, PAGE[0] - 76 * mm
    letterhead(canvas, (78 * mm, top, 110 * mm), (right, top), paper.superior, paper.issuer)
    centred(canvas, (right, top - 12 * mm), "Socialist Republic of Viet Nam",
            Style(ITALIC, 9.5, GREY))


def _title(canvas, paper):
    y = PAGE[1] - 53 * mm
    centred(canvas, (MIDDLE, y), "GIẤY CHỨNG NHẬN", Style(BOLD, 30, ACCENT))
    centred(canvas, (MIDDLE, y - 6.4 * mm), "Certificate of Completion", Style(ITALIC, 13, GREY))
    for text, style, low in ((paper.opening, Style(REGULAR, 12.5, least=7), 17),
                             (paper.opening_en, Style(ITALIC, 10, GREY, least=7), 21.8)):
        centred(canvas, (MIDDLE, y - low * mm), text, fit(text, style, 240 * mm))


def _name(canvas, paper):
    """The largest words after the title, with the form of address before them."""
    y, lead = PAGE[1] - 86.5 * mm, Style(REGULAR, 15)
    honorific = f"{paper.honorific}:"
    before = width(honorific, lead) + 6
    style = fit(paper.name, Style(BOLD, 24, least=8), 190 * mm)
    x = MIDDLE - (before + width(paper.name, style)) / 2
    write(canvas, (x, y), honorific, lead)
    write(canvas, (x, y - 4.6 * mm), paper.honorific_en, Style(ITALIC, 10, GREY))
    write(canvas, (x + before, y), paper.name, style)


@dataclass(frozen=True)
class _Cell:
    """A row as it is set: where it begins, the lines of its value and of the English."""

    row: Row
    label_x: float
    value_x: float
    value: tuple
    english: tuple

    @property
    def end(self):
        """Where the widest line of the cell ends."""
        return self.value_x + max(width(line, style) for style, lines in (self.value, self.english)
                                  for line in ("", *lines))

    @property
    def more(self):
        """How much higher the cell is than one of a single line, in points at full scale."""
        value, english = (max(0, len(lines) - 1) for _style, lines in (self.value, self.english))
        return value * LINE + english * UNDER_LINE


def _facts(canvas, rows):
    """The rows of facts, as large as all of them find room."""
    for scale in SCALES:
        lines = _set(rows, scale)
        if _height(lines) * scale <= ROWS_TOP - ROWS_LOW:
            break
    y = ROWS_TOP
    for cells in lines:
        for cell in cells:
            _cell(canvas, cell, y, scale)
        y -= (PITCH + max(cell.more for cell in cells)) * scale


def _height(lines):
    """From the base of the first line to the base of the last English, at full scale."""
    return (len(lines) - 1) * PITCH + UNDER + sum(max(cell.more for cell in cells)
                                                  for cells in lines)


def _set(rows, scale):
    """The rows in lines of cells: each alone, the short ones after the strong one together."""
    lines, details = [], False
    for row in rows:
        cell = _beside(row, lines[-1][-1], scale) if details else None
        if cell:
            lines[-1].append(cell)
        else:
            lines.append([_laid(row, LABEL_X, VALUE_X, scale)])
            details = details or row.strong
    return lines


def _beside(row, last, scale):
    """``row`` as a cell after ``last`` on the same line, or None where it would not fit there."""
    tab = next((tab for tab in TABS if tab > last.value_x), None)
    if tab is None or last.end + 6 * mm > tab or last.more or last.row.strong:
        return None
    label = max(width(row.label, _scaled(LABEL, scale)),
                width(row.label_en, _scaled(ENGLISH, scale)))
    cell = _laid(row, tab, tab + label + 4 * mm, scale)
    return None if cell.more else cell


def _laid(row, label_x, value_x, scale):
    value, english = (
        fitted(text, _scaled(style, scale), EDGE_X - value_x)
        for text, style in ((row.value, STRONG if row.strong else VALUE),
                            (row.value_en, ENGLISH)))
    return _Cell(row, label_x, value_x, value, english)


def _scaled(style, scale):
    return style._replace(size=style.size * scale, least=style.least * scale)


def _cell(canvas, cell, y, scale):
    write(canvas, (cell.label_x, y), cell.row.label, _scaled(LABEL, scale))
    write(canvas, (cell.label_x, y - UNDER * scale), cell.row.label_en, _scaled(ENGLISH, scale))
    for (style, lines), leading, drop in ((cell.value, LINE, UNDER),
                                          (cell.english, UNDER_LINE, 0)):
        for number, line in enumerate(lines):
            y -= leading * scale if number else 0
            write(canvas, (cell.value_x, y), line, style)
        y -= drop * scale


def _register(canvas, paper):
    """The code to scan, and beside it the number, the decision, and how to verify."""
    side, x, y, room = 27 * mm, 22 * mm, 18 * mm, 118 * mm
    qr(canvas, (x, y), side, paper.address)
    words = [(text, *fitted(text, style, room), before) for text, style, before in (
        ("Số vào sổ / Register No.", Style(ITALIC, 9, GREY), 0),
        (paper.number, Style(BOLD, 12), 13), (paper.decision, Style(REGULAR, 10, least=9), 15),
        (paper.decision_en, Style(ITALIC, 9, GREY, least=8), 10.5),
        (f"Tra cứu / Verify: {paper.site}", Style(REGULAR, 10, least=8), 15),
        (f"Mã / Code: {paper.code}", Style(REGULAR, 10), 12)) if text]
    height = sum(before + (len(lines) - 1) * 11 for _, _, lines, before in words)
    base = y + (side + height) / 2 - 3
    for _text, style, lines, before in words:
        base -= before
        for number, line in enumerate(lines):
            base -= 11 if number else 0
            write(canvas, (x + side + 5 * mm, base), line, style)


def _signature(canvas, paper):
    """Place and date, the office, room for hand and seal, the name."""
    x, room = PAGE[0] - 70 * mm, 104 * mm
    for text, style, up in (
        (paper.place_date, Style(ITALIC, 12), 56.5),
        (paper.place_date_en, Style(ITALIC, 9, GREY), 52.6),
        (paper.signer_title_en, Style(ITALIC, 9, GREY), 43.2),
        (paper.signer, Style(BOLD, 13), 18),
    ):
        centred(canvas, (x, up * mm), text, fit(text, style._replace(least=6), room))
    centred_block(canvas, (x, 47.2 * mm), paper.signer_title, Style(BOLD, 13), room)
