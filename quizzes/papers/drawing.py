"""Papers of a test on A4: the questions of each version, its answer sheet, the key.  Pure."""
from dataclasses import dataclass

from reportlab.lib.colors import black
from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm

from lms.kernel.paper import (
    BOLD,
    GREY,
    ITALIC,
    REGULAR,
    Style,
    centred,
    centred_block,
    insist_on_glyphs,
    new_canvas,
    width,
    wrapped,
    write,
)

TOP, RIGHT, BOTTOM, LEFT = 18 * mm, 15 * mm, 18 * mm, 22 * mm
TEXT, STRONG, NOTE = Style(REGULAR, 11.5), Style(BOLD, 11.5), Style(ITALIC, 10, GREY)
LEADING = 1.25
INDENT = 7 * mm
#: Options as short as this stand side by side.
NARROW = 0.235
#: The rows of an answer sheet, and how many columns of questions it has at most.
SHEET_ROWS, SHEET_COLUMNS = 25, 4
ROW = 8.2 * mm
#: How a question is answered, in words that stand after it.
HINTS = {"several": "(Chọn mọi đáp án đúng.)", "order": "(Ghi các chữ cái theo đúng thứ tự.)",
         "pairs": "(Ghi chữ cái ở cột phải cho từng số ở cột trái.)", "one": "",
         "words": ""}


@dataclass(frozen=True)
class Heading:
    """What stands over every paper of a set."""

    issuer: str
    title: str
    course: str
    label: str
    minutes: int | None


@dataclass(frozen=True)
class Asked:
    """A question: how it is answered, its words, its options and right column by letter, the
    name of the part that begins with it, and what is right.
    """

    way: str
    stem: str
    options: tuple
    matches: tuple
    part: str
    key: str


@dataclass(frozen=True)
class Paper:
    """One version of the paper."""

    letter: str
    questions: tuple[Asked, ...]


def draw_papers(heading, papers):
    """The bytes of a PDF with each version and its answer sheet, each beginning on a page of its
    own; equal papers give equal bytes.  Raises MissingGlyph.
    """
    sheet = _Sheet(heading, papers)
    for paper in papers:
        sheet.questions(paper)
        sheet.answers(paper)
    return sheet.canvas.getpdfdata()


def draw_key(heading, papers):
    """The bytes of a PDF with what is right in every version, beside each other."""
    sheet = _Sheet(heading, papers)
    sheet.key(papers)
    return sheet.canvas.getpdfdata()


def _words(heading, papers):
    return " ".join([heading.issuer, heading.title, heading.course, heading.label, *(
        text for paper in papers for one in paper.questions
        for text in (one.stem, one.part, one.key,
                     *(words for _mark, words in (*one.options, *one.matches))))])


class _Sheet:
    """Draws from the top of a page downwards."""

    def __init__(self, heading, papers):
        insist_on_glyphs(_words(heading, papers))
        self.heading, self.letter, self.number = heading, "", 0
        self.canvas = new_canvas(A4, heading.title, heading.issuer)
        self.left, self.right = LEFT, A4[0] - RIGHT
        self.room = self.right - self.left
        self.y = 0

    def begin(self, letter, title):
        """A new page with the heads of the paper."""
        self.letter, self.number = letter, 1
        self.y = A4[1] - TOP
        middle = self.left + self.room * 0.25
        y = centred_block(self.canvas, (middle, self.y), self.heading.issuer.upper(),
                          Style(BOLD, 11, least=9), self.room * 0.46)
        self.canvas.setLineWidth(0.6)
        self.canvas.line(middle - 20 * mm, y + 8, middle + 20 * mm, y + 8)
        middle = self.left + self.room * 0.75
        other = centred_block(self.canvas, (middle, self.y), title, Style(BOLD, 12, least=10),
                              self.room * 0.5)
        details = [f"Khóa: {self.heading.course}", self.heading.label]
        if self.heading.minutes:
            details.append(f"Thời gian làm bài: {self.heading.minutes} phút")
        for line in filter(None, details):
            other = centred_block(self.canvas, (middle, other), line, Style(REGULAR, 11, least=9),
                                  self.room * 0.5)
        if letter:
            self._box(letter, y - 4)
        self.y = min(other, y - 26) - 8

    def _box(self, letter, y):
        words = f"Mã đề: {letter}"
        style = Style(BOLD, 14)
        middle, wide = self.left + self.room * 0.25, width(words, style) + 10 * mm
        self.canvas.rect(middle - wide / 2, y - 20, wide, 22)
        centred(self.canvas, (middle, y - 14), words, style)

    def turn(self):
        """On to the next page of the same paper."""
        self.canvas.showPage()
        self.number += 1
        self.y = A4[1] - TOP
        foot = f"Mã đề {self.letter} – trang {self.number}" if self.letter else str(self.number)
        centred(self.canvas, (A4[0] / 2, A4[1] - 11 * mm), foot, NOTE)

    def line(self, x, text, style, indent=0):
        """A text in as many lines as it needs from ``x`` on; the later ones are indented."""
        for place, words in enumerate(wrapped(text, style, self.right - x - indent)):
            write(self.canvas, (x + (indent if place else 0), self.y), words, style)
            self.y -= style.size * LEADING

    def who(self):
        """Where somebody writes who they are."""
        half = self.left + self.room * 0.62
        self._blank(self.left, half - 4 * mm, "Họ và tên:")
        self._blank(half, self.right, "Ngày sinh:")
        self.y -= 17
        self._blank(self.left, self.right, "Đơn vị công tác:")
        self.y -= 22

    def _blank(self, start, end, words):
        used = write(self.canvas, (start, self.y), words, TEXT)
        self.canvas.setDash(0.5, 2)
        self.canvas.line(start + used + 4, self.y - 1, end, self.y - 1)
        self.canvas.setDash()

    def questions(self, paper):
        """The questions of one version."""
        self.begin(paper.letter, self.heading.title.upper())
        self.who()
        for number, question in enumerate(paper.questions, 1):
            if self.y - self._height(number, question) < BOTTOM:
                self.turn()
            if question.part:
                self.y -= 4
                self.line(self.left, question.part, Style(BOLD, 12.5))
                self.y -= 2
            self._question(number, question)
        centred(self.canvas, (A4[0] / 2, max(self.y - 6, BOTTOM - 12)), "– Hết –", NOTE)
        self.canvas.showPage()

    def _height(self, number, question):
        lines = len(wrapped(f"Câu {number}. {question.stem} {HINTS[question.way]}", STRONG,
                            self.room))
        texts = [f"{mark}. {words}" for mark, words in (*question.options, *question.matches)]
        lines += sum(len(wrapped(text, TEXT, self.room - INDENT)) for text in texts)
        lines += 2 * bool(question.part) + 2 * (question.way == "words")
        return min(lines * TEXT.size * LEADING + 10, A4[1] - TOP - BOTTOM)

    def _question(self, number, question):
        start = write(self.canvas, (self.left, self.y), f"Câu {number}. ", STRONG)
        first = self.right - self.left - start - 2
        lines = wrapped(f"{question.stem} {HINTS[question.way]}".strip(), TEXT, first)
        for words in lines:
            write(self.canvas, (self.left + start + 2, self.y), words, TEXT)
            self.y -= TEXT.size * LEADING
        if question.way == "words":
            self.y -= 4
            self._blank(self.left + INDENT, self.right, "Trả lời:")
            self.y -= TEXT.size * LEADING
        elif question.matches:
            self._columns(question)
        else:
            self._options(question.options)
        self.y -= 6

    def _options(self, options):
        """Four in a line where they are short, two where they are not long, else one."""
        texts = [f"{mark}. {words}" for mark, words in options]
        room = self.room - INDENT
        longest = max(width(text, TEXT) for text in texts) / room
        across = 4 if longest < NARROW else 2 if longest < 2 * NARROW else 1
        if across == 1:
            for text in texts:
                self.line(self.left + INDENT, text, TEXT, indent=5 * mm)
            return
        for begin in range(0, len(texts), across):
            for place, text in enumerate(texts[begin:begin + across]):
                write(self.canvas, (self.left + INDENT + place * room / across, self.y), text, TEXT)
            self.y -= TEXT.size * LEADING

    def _columns(self, question):
        """The left column of a matching question beside its right one."""
        half = (self.room - INDENT) / 2
        start, lowest = self.y, self.y
        for column, pairs in enumerate((question.options, question.matches)):
            self.y = start
            x = self.left + INDENT + column * half
            for mark, words in pairs:
                for place, text in enumerate(wrapped(f"{mark}. {words}", TEXT, half - 8 * mm)):
                    write(self.canvas, (x + (5 * mm if place else 0), self.y), text, TEXT)
                    self.y -= TEXT.size * LEADING
            lowest = min(lowest, self.y)
        self.y = lowest

    def answers(self, paper):
        """The sheet on which the answers to one version are given."""
        self.begin(paper.letter, "PHIẾU TRẢ LỜI")
        self.who()
        self.line(self.left, "Khoanh tròn một chữ cái; câu khác thì ghi câu trả lời vào dòng. "
                  "Muốn đổi, gạch chéo chữ cũ.", NOTE)
        self.y -= 6
        start, column, used = self.y, 0, 0
        rows = min(SHEET_ROWS, int((self.y - BOTTOM) // ROW))
        across = min(SHEET_COLUMNS, max(2, -(-len(paper.questions) // rows)))
        for number, question in enumerate(paper.questions, 1):
            if used == rows:
                column, used, self.y = column + 1, 0, start
                if column == across:
                    self.turn()
                    column, start = 0, self.y
            self._cell(self.left + column * self.room / across, self.room / across - 5 * mm,
                       number, question)
            used += 1
        self.canvas.showPage()

    def _cell(self, x, room, number, question):
        write(self.canvas, (x, self.y), f"{number}.", STRONG)
        start = x + 9 * mm
        if question.way in ("one", "several") and len(question.options) * 8.5 * mm < room:
            self.canvas.setStrokeColor(GREY)
            for place, (mark, _words) in enumerate(question.options):
                middle = start + place * 8.5 * mm + 2 * mm
                self.canvas.circle(middle, self.y + 3.6, 3 * mm)
                centred(self.canvas, (middle, self.y), mark, Style(REGULAR, 10))
            self.canvas.setStrokeColor(black)
        else:
            self._blank(start, x + room, "")
        self.y -= ROW

    def key(self, papers):
        """What is right: a line for each question, a column for each version."""
        self.begin("", "ĐÁP ÁN")
        first = 16 * mm
        each = (self.room - first) / len(papers)
        self._row(["Câu", *(f"Mã đề {paper.letter}" for paper in papers)], first, each, STRONG)
        for number, keys in enumerate(zip(*(paper.questions for paper in papers), strict=True), 1):
            self._row([str(number), *(one.key for one in keys)], first, each, TEXT)
        self.canvas.showPage()

    def _row(self, cells, first, each, style):
        lines = [wrapped(text, style, (each if place else first) - 4) or [""]
                 for place, text in enumerate(cells)]
        high = max(map(len, lines)) * style.size * LEADING + 4
        if self.y - high < BOTTOM:
            self.turn()
        top = self.y
        for place, texts in enumerate(lines):
            x = self.left + (first + (place - 1) * each if place else 0)
            y = top - style.size
            for text in texts:
                write(self.canvas, (x + 3, y), text, style)
                y -= style.size * LEADING
        self.y = top - high
        self.canvas.line(self.left, self.y, self.right, self.y)
