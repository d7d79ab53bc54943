"""The printed certificate, A4 landscape: a pure drawing from plain values."""
from dataclasses import dataclass, fields
from io import BytesIO

from reportlab.lib.colors import black
from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.units import mm
from reportlab.lib.utils import simpleSplit
from reportlab.pdfgen.canvas import Canvas

from lms.kernel.paper import (
    ACCENT,
    BOLD,
    GREY,
    ITALIC,
    REGULAR,
    centred,
    composed,
    fit,
    fonts,
    insist_on_glyphs,
    qr,
    width,
)

PAGE = landscape(A4)
LABEL_X, VALUE_X = 52 * mm, 97 * mm
LINE = 4.9 * mm


@dataclass(frozen=True)
class Row:
    """A line of the certificate: its label and value, in Vietnamese and in English."""

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
        return "".join(plain + [text for row in self.rows
                                for text in (row.label, row.label_en, row.value, row.value_en)])


def draw(*papers):
    """The bytes of a PDF with a page for each certificate; the same papers give the same bytes."""
    fonts()
    buffer = BytesIO()
    canvas = Canvas(buffer, pagesize=PAGE, lang="vi", initialFontName=REGULAR, invariant=1)
    canvas.setTitle(f"Giấy chứng nhận {papers[0].number}")
    canvas.setAuthor(papers[0].issuer)
    canvas.setSubject("Giấy chứng nhận hoàn thành lớp tập huấn")
    for paper in papers:
        insist_on_glyphs(paper.words())
        _frame(canvas)
        _head(canvas, paper)
        _title(canvas, paper)
        _name(canvas, paper, PAGE[1] - 86.5 * mm)
        _rows(canvas, paper, PAGE[1] - 100 * mm)
        _register(canvas, paper)
        _signature(canvas, paper)
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def _frame(canvas):
    canvas.setStrokeColor(ACCENT)
    for inset, thickness in ((10, 2.2), (12, 0.5)):
        canvas.setLineWidth(thickness)
        canvas.rect(inset * mm, inset * mm, PAGE[0] - 2 * inset * mm, PAGE[1] - 2 * inset * mm)


def _head(canvas, paper):
    left, right, top = 78 * mm, PAGE[0] - 88 * mm, PAGE[1] - 24 * mm
    centred(canvas, (left, top), composed(paper.superior), REGULAR, 12, room=110 * mm)
    wide = centred(canvas, (left, top - 5.6 * mm), composed(paper.issuer), BOLD, 12, room=110 * mm)
    canvas.setStrokeColor(black)
    canvas.setLineWidth(0.6)
    canvas.line(left - wide / 5, top - 7.6 * mm, left + wide / 5, top - 7.6 * mm)
    centred(canvas, (right, top), "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", BOLD, 12, room=125 * mm)
    wide = centred(canvas, (right, top - 5.6 * mm), "Độc lập - Tự do - Hạnh phúc", BOLD, 13)
    canvas.line(right - wide / 2, top - 7.6 * mm, right + wide / 2, top - 7.6 * mm)
    centred(canvas, (right, top - 12 * mm), "Socialist Republic of Viet Nam", ITALIC, 9.5,
            colour=GREY)


def _title(canvas, paper):
    middle, y = PAGE[0] / 2, PAGE[1] - 53 * mm
    centred(canvas, (middle, y), "GIẤY CHỨNG NHẬN", BOLD, 30, colour=ACCENT)
    centred(canvas, (middle, y - 6.4 * mm), "Certificate of Completion", ITALIC, 13, colour=GREY)
    centred(canvas, (middle, y - 17 * mm), composed(paper.opening), REGULAR, 12.5, room=220 * mm)
    centred(canvas, (middle, y - 21.8 * mm), composed(paper.opening_en), ITALIC, 10,
            room=220 * mm, colour=GREY)


def _name(canvas, paper, y):
    name, lead = composed(paper.name), paper.honorific + ": "
    size = fit(name, BOLD, 24, 170 * mm, 12)
    name_width, lead_width = width(name, BOLD, size), width(lead, REGULAR, 15)
    x = PAGE[0] / 2 - (lead_width + name_width) / 2
    canvas.setFillColor(black)
    canvas.setFont(REGULAR, 15)
    canvas.drawString(x, y, lead)
    canvas.setFont(ITALIC, 10)
    canvas.setFillColor(GREY)
    canvas.drawString(x, y - 4.6 * mm, paper.honorific_en)
    canvas.setFillColor(black)
    canvas.setFont(BOLD, size)
    canvas.drawString(x + lead_width, y, name)


def _rows(canvas, paper, y):
    room = PAGE[0] - VALUE_X - 30 * mm
    for row in paper.rows:
        canvas.setFillColor(black)
        canvas.setFont(REGULAR, 12.5)
        canvas.drawString(LABEL_X, y, row.label)
        y -= _value(canvas, row, y, room)
        canvas.setFillColor(GREY)
        canvas.setFont(ITALIC, 9)
        canvas.drawString(LABEL_X, y - 3.7 * mm, row.label_en)
        if row.value_en:
            english = composed(row.value_en)
            canvas.setFont(ITALIC, fit(english, ITALIC, 9, room, 7))
            canvas.drawString(VALUE_X, y - 3.7 * mm, english)
        y -= 9.6 * mm if len(paper.rows) < 7 else 8.7 * mm


def _value(canvas, row, y, room):
    """Draw the value, in as many lines as it needs; gives how far the last is below the first."""
    value, font = composed(row.value), BOLD if row.strong else REGULAR
    size = fit(value, font, 13.5 if row.strong else 12.5, room, least=11.5)
    canvas.setFont(font, size)
    lines = simpleSplit(value, font, size, room)
    for number, line in enumerate(lines):
        canvas.drawString(VALUE_X, y - number * LINE, line)
    return (len(lines) - 1) * LINE if lines else 0


def _register(canvas, paper):
    side, x, y = 25 * mm, 22 * mm, 19 * mm
    qr(canvas, x, y, side, paper.address)
    for text, font, size, colour, up in (
        ("Số vào sổ / Register No.", ITALIC, 9, GREY, 22.6),
        (paper.number, BOLD, 11.5, black, 18.2),
        (paper.decision, REGULAR, 9, black, 12.6), (paper.decision_en, ITALIC, 8.5, GREY, 9.0),
        (f"Tra cứu / Verify: {paper.site}   Mã / Code: {paper.code}", REGULAR, 9, black, 3.4),
    ):
        canvas.setFont(font, size)
        canvas.setFillColor(colour)
        canvas.drawString(x + side + 5 * mm, y + up * mm, composed(text))


def _signature(canvas, paper):
    x = PAGE[0] - 68 * mm
    for text, font, size, colour, up in (
        (paper.place_date, ITALIC, 12, black, 60), (paper.place_date_en, ITALIC, 9, GREY, 56),
        (paper.signer_title, BOLD, 13, black, 50), (paper.signer_title_en, ITALIC, 9, GREY, 46.2),
        (paper.signer, BOLD, 13, black, 20),
    ):
        centred(canvas, (x, up * mm), composed(text), font, size, colour=colour, room=100 * mm)
