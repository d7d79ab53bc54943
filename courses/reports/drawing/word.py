"""A paper as a Word file that a clerk can go on writing: real styles, headers, repeated rows."""
from io import BytesIO

import segno
from docx import Document
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT, WD_TABLE_ALIGNMENT
from docx.shared import Mm, Pt

from lms.kernel import clock
from lms.kernel.paper import BOLD, MOTTO, NATION, Style, glyphs, width
from lms.kernel.text import clean

from courses.reports.contents import CENTRE, DAY, TEXT, Basis, Grid, Heading, Resolved, shown
from courses.reports.drawing.pdf import scale_of
from courses.reports.drawing.word_styles import (
    ANNEX,
    BASIS,
    BELONGS,
    BODY,
    CELL,
    CELL_HEAD,
    FOOT,
    GAP,
    ISSUER,
    KIND,
    LINE,
    NATIONAL,
    NOTE,
    NUMBER,
    PART,
    PLACE,
    RECEIVED,
    RECEIVERS,
    RESOLVED,
    SIGNER,
    SUBJECT,
    SUPERIOR,
    TABLE_TITLE,
    TO,
    TO_EACH,
    give_styles,
)
from courses.reports.drawing.word_xml import (
    RowCell,
    add_row,
    field,
    fixed_widths,
    keep_row,
    move_section_break,
    narrow_cells,
    no_borders,
    ruled_below,
    shade,
)

#: Top, right, bottom, left in mm by Decree 30/2020/NĐ-CP, annex I; across, a table needs room.
PORTRAIT, ACROSS = (20, 15, 20, 30), (20, 15, 15, 20)
A4 = Mm(210), Mm(297)
QR_SIDE = Mm(24)
#: A page in Word is set a little wider than in the PDF; so much smaller, it surely fits.
SHRUNK = 0.95


def word(paper):
    """The bytes of a .docx of ``paper``."""
    glyphs()
    document = Document()
    give_styles(document, SHRUNK * scale_of(paper) if paper.one_page else 1)
    document.core_properties.title, document.core_properties.author = paper.about, paper.issuer
    document.core_properties.created = clock.now().replace(tzinfo=None)
    document.core_properties.language = "vi-VN"
    _Writer(document, paper).write()
    buffer = BytesIO()
    document.save(buffer)
    return buffer.getvalue()


class _Writer:
    """Writes one paper into a document, from the top downwards."""

    def __init__(self, document, paper):
        self.document, self.paper = document, paper

    def write(self):
        """All of the paper."""
        paper, section = self.paper, self.document.sections[0]
        self._page(section, paper.across)
        self._letterhead()
        self._title()
        for part in paper.body:
            self._part(part)
        if paper.signer_title:
            self._signature()
        self._identity()
        if paper.annexes:
            self._page(self._new_section(), paper.annexes_across, restart=True)
            for number, annex in enumerate(paper.annexes):
                self._annex(annex, first=number == 0)

    def _page(self, section, across, restart=False):
        """The page of a section: its size, margins, the number on top from its second page on."""
        wide, high = A4[::-1] if across else A4
        section.orientation = WD_ORIENT.LANDSCAPE if across else WD_ORIENT.PORTRAIT
        section.page_width, section.page_height = wide, high
        top, right, bottom, left = (Mm(edge) for edge in (ACROSS if across else PORTRAIT))
        section.top_margin, section.right_margin = top, right
        section.bottom_margin, section.left_margin = bottom, left
        section.header_distance = section.footer_distance = Mm(9)
        section.different_first_page_header_footer = True
        if restart:
            field.restart_numbers(section)
            return
        number = section.header.paragraphs[0]
        number.style = NUMBER
        field.page_number(number)
        seal = self.paper.seal
        for footer in (section.footer, section.first_page_footer) if seal else ():
            footer.paragraphs[0].style = FOOT
            footer.paragraphs[0].add_run(f"Mã báo cáo đã chốt: {seal.code}")

    def _new_section(self):
        section = self.document.add_section(WD_SECTION.NEW_PAGE)
        move_section_break(self.document)
        return section

    def room(self, section=None):
        """How wide the text of the newest section is."""
        section = section or self.document.sections[-1]
        return section.page_width - section.left_margin - section.right_margin

    def _say(self, text, style, place=None):
        return (place or self.document).add_paragraph(clean(text), style=style)

    def _cell(self, cell, *lines):
        """Fill a cell with paragraphs, (text, style) each; the first uses the one that is there."""
        for number, (text, style) in enumerate(lines):
            paragraph = cell.add_paragraph() if number else cell.paragraphs[0]
            paragraph.style = style
            paragraph.add_run(clean(text))
        return cell.paragraphs

    def _beside(self, *shares, rows=1):
        """Rows of cells without borders, wide by their shares."""
        table = self.document.add_table(rows=rows, cols=len(shares))
        table.alignment = WD_TABLE_ALIGNMENT.CENTER
        no_borders(table)
        room = self.room()
        fixed_widths(table, [int(room * share / sum(shares)) for share in shares])
        for row in table.rows:
            keep_row(row)
        return [row.cells for row in table.rows]

    def _letterhead(self):
        """Who writes on the left, the nation on the right; number and day on one line below."""
        paper = self.paper
        (left, right), (numbered, dated) = self._beside(44, 56, rows=2)
        lines = [(paper.superior.upper(), SUPERIOR)] if paper.superior else []
        self._cell(left, *lines, (paper.issuer.upper(), ISSUER), ("—" * 7, LINE))
        number, *_subject = self._cell(numbered, (paper.number, PLACE), *(
            [] if paper.kind else [(paper.about, SUBJECT)]))
        number.runs[0].italic = False
        self._cell(dated, (paper.place_date, PLACE))
        paragraphs = self._cell(right, (NATION, NATIONAL), (MOTTO, NATIONAL))
        paragraphs[1].runs[0].font.size = Pt(13)
        free = right.width.pt - width(MOTTO, Style(BOLD, 13)) - 4
        ruled_below(paragraphs[1], Pt(max(0, free / 2)))

    def _title(self):
        paper = self.paper
        if paper.kind:
            self._say(paper.kind, KIND)
            self._say(paper.about, TABLE_TITLE)
            self._say("—" * 7, LINE)
        for number, line in enumerate(paper.addressed):
            self._say(line, TO_EACH if number else TO)

    def _part(self, part):
        if isinstance(part, Grid):
            if part.title:
                self._say(part.title, PART)
            # A table stands off from the words above it.
            self.document.paragraphs[-1].paragraph_format.space_after = Pt(5)
            self._grid(part)
        elif isinstance(part, Heading):
            self._say(part.text, PART)
        elif isinstance(part, Resolved):
            self._say(part.text, RESOLVED)
        elif isinstance(part, Basis):
            self._say(part.text, BASIS)
        else:
            self._paragraph(part)

    def _paragraph(self, part):
        said = self._say("", GAP if part.gap else BODY)
        if part.bold:
            said.add_run(clean(part.bold)).bold = True
        said.add_run(f" {clean(part.text)}" if part.bold else clean(part.text))
        if part.leads:
            said.paragraph_format.keep_with_next = True

    def _signature(self):
        """Recipients on the left, who signs on the right."""
        paper = self.paper
        [(left, right)] = self._beside(50, 50)
        left_head, *_rest = self._cell(left, ("Nơi nhận:", RECEIVERS), *(
            (f"- {one}", RECEIVED) for one in paper.recipients))
        lines = self._cell(right, *((line, SIGNER) for line in paper.signs_as),
                           (paper.signer or "……………………………", SIGNER))
        lines[-1].paragraph_format.space_before = Pt(66)
        for first in (left_head, lines[0]):
            first.paragraph_format.space_before = Pt(14)

    def _identity(self):
        """What identifies a locked report; else that it is none."""
        seal = self.paper.seal
        if seal is None:
            if self.paper.annexes and self.paper.figures:
                self._say("Dự thảo: số liệu chưa chốt.", NOTE)
            return
        picture = BytesIO()
        segno.make(seal.address, error="m", micro=False).save(picture, kind="png", scale=6,
                                                              border=1)
        picture.seek(0)
        place = self._say("", NOTE)
        place.add_run().add_picture(picture, width=QR_SIDE)
        place.paragraph_format.space_before = Pt(12)
        line = self._say("Mã báo cáo đã chốt:", NOTE)
        line.add_run(f" {seal.code}").bold = True
        hash_ = self._say(f"SHA-256: {seal.sha256}", NOTE)
        for paragraph in (place, line, hash_):
            paragraph.paragraph_format.keep_with_next = True
        self._say(f"Kiểm tra tại {seal.address}", NOTE)

    def _annex(self, annex, first):
        heading = self._say(annex.label, ANNEX)
        heading.paragraph_format.page_break_before = not first
        self._say(annex.title, TABLE_TITLE)
        self._say(annex.belongs, BELONGS)
        self._grid(annex.grid)

    def _grid(self, grid):
        """A table whose header row returns on every page and whose rows are never torn."""
        table = self.document.add_table(rows=1, cols=len(grid.columns))
        table.style, table.alignment = "Table Grid", WD_TABLE_ALIGNMENT.CENTER
        narrow_cells(table, Mm(1))
        shares, room = [column.share for column in grid.columns], self.room()
        for cell, column in zip(table.rows[0].cells, grid.columns, strict=True):
            self._cell(cell, (column.title, CELL_HEAD))
            cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
            shade(cell)
        keep_row(table.rows[0], header=True)
        widths = [int(room * share / sum(shares)) for share in shares]
        fixed_widths(table, widths)
        heading, cell = (self.document.styles[name].style_id for name in (CELL_HEAD, CELL))
        for title, rows in grid.groups:
            if title:
                add_row(table, [RowCell(clean(title), heading, "left", sum(widths), len(widths))],
                        with_next=True)
            for values in rows:
                add_row(table, _cells(grid, values, cell, widths), Mm(grid.row_height))
        if grid.total:
            add_row(table, [one._replace(bold=True)
                            for one in _cells(grid, grid.total, cell, widths)])
        for note in grid.notes:
            self._say(note, NOTE)


def _cells(grid, values, style, widths):
    """The values of a row as cells: text to the left, numbers to the right."""
    return [RowCell(
        clean(shown(value, column.kind)) if column.kind != CENTRE or value is not None else "",
        style, "left" if column.kind == TEXT
        else "center" if column.kind in (CENTRE, DAY) else "right", wide)
        for column, value, wide in zip(grid.columns, values, widths, strict=True)]
