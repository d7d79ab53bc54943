"""A paper as a PDF, set with the same typeface and letterhead as every other paper."""
from io import BytesIO
from xml.sax.saxutils import escape

from reportlab.lib.colors import HexColor, black
from reportlab.lib.enums import TA_CENTER, TA_JUSTIFY, TA_LEFT, TA_RIGHT
from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.platypus import (
    BaseDocTemplate,
    Flowable,
    Frame,
    NextPageTemplate,
    PageBreak,
    PageTemplate,
    Paragraph,
    Spacer,
    Table,
    TableStyle,
)

from lms.kernel.paper import (
    BOLD,
    ITALIC,
    REGULAR,
    Style,
    centred,
    fit,
    fitted,
    glyphs,
    insist_on_glyphs,
    letterhead,
    qr,
)
from lms.kernel.text import clean

from courses.reports.contents import CENTRE, DAY, TEXT, Basis, Grid, Heading, Resolved, shown

#: Top, right, bottom, left in mm by Decree 30/2020/NĐ-CP, annex I; across, a table needs room.
PORTRAIT, ACROSS = (20, 15, 20, 30), (20, 15, 15, 20)
HEAD_GREY = HexColor("#ededed")
QR_SIDE = 24 * mm
#: How far a paper of one page shrinks until it keeps to it.
SCALES = tuple(percent / 100 for percent in range(100, 50, -3))


def pdf(paper):
    """The bytes of a PDF of ``paper``; the same paper always gives the same bytes."""
    insist_on_glyphs(paper.words())
    glyphs()
    return _set(paper, scale_of(paper) if paper.one_page else 1)[0]


def scale_of(paper):
    """How large ``paper`` may be set and still keep to one page."""
    glyphs()
    return next((scale for scale in SCALES if _set(paper, scale)[1] == 1), SCALES[-1])


def _set(paper, scale):
    buffer = BytesIO()
    document = _Document(buffer, paper)
    document.build(_Setter(paper, scale).story())
    return buffer.getvalue(), document.page


class _Document(BaseDocTemplate):
    """Pages upright for the text and across for annexes, each numbered from its second one."""

    def __init__(self, buffer, paper):
        super().__init__(buffer, title=clean(paper.about), author=clean(paper.issuer), lang="vi",
                         initialFontName=REGULAR, invariant=1)
        self.paper, self.begun = paper, 1
        self.addPageTemplates([self._page("main", paper.across),
                               self._page("annex", paper.annexes_across)])

    def _page(self, name, across):
        size, margins = (landscape(A4), ACROSS) if across else (A4, PORTRAIT)
        top, right, bottom, left = (edge * mm for edge in margins)
        frame = Frame(left, bottom, size[0] - left - right, size[1] - top - bottom,
                      0, 0, 0, 0, id=name)
        return PageTemplate(id=name, frames=[frame], pagesize=size, onPage=self._around)

    def handle_pageBegin(self):  # noqa: N802 - the name is reportlab's
        """Annexes are numbered by themselves."""
        if self.pageTemplate.id == "annex" and not getattr(self, "in_annexes", False):
            self.in_annexes, self.begun = True, self.page + 1
        super().handle_pageBegin()

    def _around(self, canvas, document):
        """The number on top, and at the foot what report the page belongs to."""
        wide, high = document.pageTemplate.pagesize
        number = document.page - self.begun + 1
        if number > 1:
            centred(canvas, (wide / 2, high - 13 * mm), str(number), Style(REGULAR, 13))
        if self.paper.seal:
            centred(canvas, (wide / 2, 8 * mm), f"Mã báo cáo đã chốt: {self.paper.seal.code}",
                    Style(ITALIC, 9.5))


class _Head(Flowable):
    """The letterhead, with the number and the day below it."""

    def __init__(self, paper):
        super().__init__()
        self.paper = paper

    def wrap(self, room, _high):
        """As wide as the page allows; a name of three lines finds its place."""
        self.room, self.side = room, room * 0.44
        lines = sum(len(fitted(text.upper(), Style(BOLD, 12, least=10.5), self.side - 6)[1])
                    for text in (self.paper.superior, self.paper.issuer))
        self.subject = [] if self.paper.kind else fitted(
            self.paper.about, Style(REGULAR, 12, least=10.5), self.side - 6)[1]
        self.height = max(54, 15 * lines + 28) + 15 * len(self.subject)
        return room, self.height

    def draw(self):
        """Draw it on the canvas of the page."""
        paper, side, top = self.paper, self.side, self.height - 10
        left, right = side / 2, self.room - (self.room - side) / 2 + 2
        low = letterhead(self.canv, (left, top, side - 6), (right, top), paper.superior,
                         paper.issuer)
        low = min(low - 16, top - 21.5 - 16)
        centred(self.canv, (left, low), paper.number, Style(REGULAR, 13))
        style = fit(paper.place_date, Style(ITALIC, 13), self.room - side)
        centred(self.canv, (right, low), paper.place_date, style)
        for number, line in enumerate(self.subject, 1):
            centred(self.canv, (left, low - 15 * number), line, Style(REGULAR, 12))


class _Rule(Flowable):
    """A short rule in the middle."""

    def wrap(self, room, _high):
        """A rule takes little room."""
        self.room = room
        return room, 6

    def draw(self):
        """Draw it on the canvas of the page."""
        self.canv.setLineWidth(0.6)
        self.canv.line(self.room / 2 - 35, 1, self.room / 2 + 35, 1)


class _Seal(Flowable):
    """The QR, the code and the hash of a locked report."""

    def __init__(self, seal):
        super().__init__()
        self.seal = seal

    def wrap(self, room, _high):
        """As high as the QR."""
        return room, QR_SIDE + 12

    def draw(self):
        """Draw it on the canvas of the page."""
        qr(self.canv, (0, 0), QR_SIDE, self.seal.address)
        lines = ((f"Mã báo cáo đã chốt: {self.seal.code}", Style(BOLD, 11)),
                 (f"SHA-256: {self.seal.sha256}", Style(REGULAR, 8.5)),
                 (f"Kiểm tra tại {self.seal.address}", Style(REGULAR, 10)))
        y = QR_SIDE - 14
        for text, style in lines:
            self.canv.setFont(style.font, style.size)
            self.canv.drawString(QR_SIDE + 8, y, text)
            y -= 18


def _room(across):
    """How wide the text of a page is."""
    _top, right, _bottom, left = ACROSS if across else PORTRAIT
    return ((297 if across else 210) - left - right) * mm


class _Setter:
    """Sets one paper as a story of flowables."""

    def __init__(self, paper, scale):
        self.paper, self.scale = paper, scale
        self.room, self.annexed = _room(paper.across), _room(paper.annexes_across)

    def style(self, size, font=REGULAR, align=TA_JUSTIFY, above=0, indent=0, left=0):
        """A style at the scale of the paper."""
        size = size * self.scale
        return ParagraphStyle(f"{font}{size}{align}{above}", fontName=font, fontSize=size,
                              leading=size * 1.2, alignment=align, spaceBefore=above * self.scale,
                              firstLineIndent=indent, leftIndent=left, textColor=black,
                              splitLongWords=1)

    def say(self, text, *style, **options):
        """A paragraph of plain text."""
        return Paragraph(escape(clean(text)), self.style(*style, **options))

    def story(self):
        """All of the paper."""
        paper = self.paper
        story = [_Head(paper)]
        if paper.kind:
            story += [self.say(paper.kind, 14, BOLD, TA_CENTER, above=10),
                      self.say(paper.about, 14, BOLD, TA_CENTER, above=2), _Rule()]
        for number, line in enumerate(paper.addressed):
            story.append(self.say(line, 14, REGULAR, TA_LEFT, above=2, indent=-3 * mm, left=63 * mm)
                         if number else self.say(line, 14, REGULAR, TA_CENTER, above=8))
        for part in paper.body:
            story += self.part(part)
        if paper.signer_title:
            story.append(self.signature())
        story += self.identity()
        for number, annex in enumerate(paper.annexes):
            story += [] if number else [NextPageTemplate("annex")]
            story.append(PageBreak())
            story += self.annex(annex)
        return story

    def part(self, part):
        """A paragraph, a heading, or a table with its title."""
        if isinstance(part, Grid):
            title = [self.say(part.title, 14, BOLD, 0, above=8)] if part.title else []
            return title + self.grid(part, self.room)
        if isinstance(part, Heading):
            heading = self.say(part.text, 14, BOLD, 0, above=10, indent=36)
            heading.keepWithNext = True
            return [heading]
        if isinstance(part, Resolved):
            return [self.say(part.text, 14, BOLD, TA_CENTER, above=12)]
        if isinstance(part, Basis):
            return [self.say(part.text, 14, ITALIC, above=6, indent=36)]
        bold = f'<font name="{BOLD}">{escape(clean(part.bold))}</font> ' if part.bold else ""
        said = Paragraph(bold + escape(clean(part.text)), self.style(14, above=6, indent=36))
        said.keepWithNext = part.leads
        return [said]

    def signature(self):
        """Recipients on the left, who signs on the right."""
        paper = self.paper
        left = [self.say("Nơi nhận:", 12, BOLD, 0)]
        left += [self.say(f"- {one}", 11, REGULAR, 0) for one in paper.recipients]
        right = [*(self.say(line, 14, BOLD, TA_CENTER) for line in paper.signs_as), Spacer(0, 62),
                 self.say(paper.signer or "……………………………", 14, BOLD, TA_CENTER)]
        return Table([[left, right]], colWidths=[self.room / 2] * 2, spaceBefore=12,
                     style=TableStyle([("VALIGN", (0, 0), (-1, -1), "TOP"),
                                       ("LEFTPADDING", (0, 0), (-1, -1), 0)]))

    def identity(self):
        """What identifies a locked report; else that it is none."""
        if self.paper.seal:
            return [Spacer(0, 8), _Seal(self.paper.seal)]
        draft = "Dự thảo: số liệu chưa chốt."
        tells = self.paper.annexes and self.paper.figures
        return [self.say(draft, 11, ITALIC, 0, above=8)] if tells else []

    def annex(self, annex):
        """An annex from its number to its last note."""
        return [self.say(annex.label, 14, BOLD, TA_CENTER),
                self.say(annex.title, 14, BOLD, TA_CENTER, above=2),
                self.say(annex.belongs, 13, ITALIC, TA_CENTER, above=2), Spacer(0, 8),
                *self.grid(annex.grid, self.annexed)]

    def grid(self, grid, room):
        """A table whose header returns on every page, and its notes."""
        shares = [column.share for column in grid.columns]
        rows = [[self.say(column.title, 11.5, BOLD, TA_CENTER) for column in grid.columns]]
        looks = [("GRID", (0, 0), (-1, -1), 0.4, black), ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
                 ("BACKGROUND", (0, 0), (-1, 0), HEAD_GREY),
                 *((f"{side}PADDING", (0, 0), (-1, -1), 2.5 * self.scale)
                   for side in ("LEFT", "RIGHT", "TOP", "BOTTOM"))]
        for title, values in grid.groups:
            if title:
                looks += [("SPAN", (0, len(rows)), (-1, len(rows))),
                          ("NOSPLIT", (0, len(rows)), (0, len(rows) + 1))]
                rows.append([self.say(title, 11.5, BOLD, 0), *[""] * (len(shares) - 1)])
            rows += [self.row(grid, one) for one in values]
        if grid.total:
            rows.append(self.row(grid, grid.total, BOLD))
        high = grid.row_height * mm or None
        table = Table(rows, colWidths=[room * share / sum(shares) for share in shares],
                      rowHeights=None if high is None else [None] + [
                          self._height(row, grid, room, high) for row in rows[1:]],
                      repeatRows=1, style=TableStyle(looks), spaceBefore=4)
        return [table, *(self.say(note, 10.5, ITALIC, 0, above=4) for note in grid.notes)]

    def _height(self, row, grid, room, least):
        """The height of a row: what its cells need, and not under ``least``."""
        shares = [column.share for column in grid.columns]
        return max([least] + [cell.wrap(room * share / sum(shares) - 5, 1000)[1] + 6
                              for cell, share in zip(row, shares, strict=True)])

    def row(self, grid, values, font=REGULAR):
        """The cells of a row."""
        return [self.say(shown(value, column.kind)
                         if value is not None or column.kind != CENTRE else "", 11.5, font,
                         0 if column.kind == TEXT
                         else TA_CENTER if column.kind in (CENTRE, DAY) else TA_RIGHT)
                for column, value in zip(grid.columns, values, strict=True)]
