"""Papers of a test on A4: the questions of each version and its answer sheet.  Pure."""
from io import BytesIO
from itertools import zip_longest

from reportlab.lib.colors import black
from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm
from reportlab.lib.utils import ImageReader

from lms.kernel.paper import (
    BOLD,
    GREY,
    ITALIC,
    REGULAR,
    Style,
    centred,
    centred_block,
    fitted,
    insist_on_glyphs,
    new_canvas,
    qr,
    width,
    wrapped,
    write,
)

from quizzes.papers.contents import FALL, LEADING, RISE, TEXT, Cell
from quizzes.papers.grid_drawing import EDGE, draw_grid

TOP, RIGHT, BOTTOM, LEFT = 18 * mm, 15 * mm, 18 * mm, 22 * mm
STRONG, NOTE = Style(BOLD, 11.5), Style(ITALIC, 10, GREY)
INDENT = 7 * mm
#: Options as short as this stand side by side.
NARROW = 0.235
#: How high a picture may be at a question; the same under a grid.
AT_STEM, UNDER_GRID = 85 * mm, 120 * mm
#: A side of the code at the head of a page, and what is left free below it.
CODE, BELOW_CODE = 18 * mm, 3 * mm
#: The rows of an answer sheet, and how many columns of questions it has at most.
SHEET_ROWS, SHEET_COLUMNS = 25, 4
ROW = 8.2 * mm
#: How a question is answered, in words that stand after it.
HINTS = {"several": "(Chọn mọi đáp án đúng.)", "order": "(Ghi các chữ cái theo đúng thứ tự.)",
         "pairs": "(Ghi chữ cái ở cột phải cho từng số ở cột trái.)", "one": "",
         "judged": "(Chọn đúng hoặc sai cho từng ý.)",
         "words": "", "cell": "(Ghi tên ô chứa chỗ đúng, ví dụ C4.)"}
#: What is circled for a statement.
TRUTHS = ("Đ", "S")
#: What is answered on a line.
BLANK = ("words", "cell")


def draw_papers(heading, papers):
    """The bytes of a PDF with each version and its answer sheet, each beginning on a page of its
    own; equal papers give equal bytes.  Raises MissingGlyph.
    """
    sheet = Sheet(heading, papers)
    for paper in papers:
        sheet.questions(paper)
        sheet.answers(paper)
    return sheet.canvas.getpdfdata()


def draw_named_sheets(heading, sheets):
    """The bytes of a PDF with the answer sheet of each Participant: ``sheets`` are pairs of the
    Paper and the Participant.  Raises MissingGlyph.
    """
    sheet = Sheet(heading, [paper for paper, _participant in sheets],
                  [participant for _paper, participant in sheets])
    for paper, participant in sheets:
        sheet.answers(paper, participant)
    return sheet.canvas.getpdfdata()


def _rows_on_sheet(question):
    """How many rows of an answer sheet a question takes: one for each statement to be judged."""
    return max(1, len(question.options)) if question.way == "judged" else 1


def _words(heading, papers, participants):
    return " ".join([heading.issuer, heading.title, heading.course, heading.label, *(
        text for one in participants for text in (one.name, one.born, one.unit)), *(
        text for paper in papers for one in paper.questions
        for text in (one.stem, one.part, one.key,
                     *(words for _mark, words in (*one.options, *one.matches))))])


class Sheet:
    """Draws from the top of a page downwards."""

    def __init__(self, heading, papers, participants=()):
        insist_on_glyphs(_words(heading, papers, participants))
        self.heading, self.letter, self.number = heading, "", 0
        self.canvas = new_canvas(A4, heading.title, heading.issuer)
        self.left, self.right = LEFT, A4[0] - RIGHT
        self.room = self.right - self.left
        self.y = 0
        self.readers = {}

    def begin(self, letter, title, address=""):
        """A new page with the heads of the paper, and the code that leads to ``address``."""
        self.letter, self.number = letter, 1
        self.y = A4[1] - TOP
        middle = self.left + self.room * 0.25
        y = centred_block(self.canvas, (middle, self.y), self.heading.issuer.upper(),
                          Style(BOLD, 11, least=9), self.room * 0.46)
        self.canvas.setLineWidth(0.6)
        self.canvas.line(middle - 20 * mm, y + 6, middle + 20 * mm, y + 6)
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
        foot = y - 26
        if address:
            foot = y - CODE - BELOW_CODE
            qr(self.canvas, (self.left, foot + BELOW_CODE), CODE, address)
        self.y = min(other, foot) - 8

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

    def keep(self, height):
        """On to the next page where ``height`` points do not fit on this one."""
        if self.y - height < BOTTOM - 1:
            self.turn()

    def picture(self, image, at, size):
        """Draw ``image`` with its upper left corner ``at`` a point."""
        if image.content not in self.readers:
            self.readers[image.content] = ImageReader(BytesIO(image.content))
        (x, y), (wide, high) = at, size
        self.canvas.drawImage(self.readers[image.content], x, y - high, wide, high)

    def line(self, x, text, style, indent=0):
        """A text in as many lines as it needs from ``x`` on; the later ones are indented."""
        for place, words in enumerate(wrapped(text, style, self.right - x - indent)):
            write(self.canvas, (x + (indent if place else 0), self.y), words, style)
            self.y -= style.size * LEADING

    def who(self, participant=None):
        """Where somebody writes who they are; of a Participant it stands there."""
        half = self.left + self.room * 0.62
        if participant is None:
            self._blank(self.left, half - 4 * mm, "Họ và tên:")
            self._blank(half, self.right, "Ngày sinh:")
            self.y -= 17
            self._blank(self.left, self.right, "Đơn vị công tác:")
        else:
            self._said(self.left, "Họ và tên:", participant.name, half - 4 * mm)
            self._said(half, "Năm sinh:", participant.born, self.right)
            self.y -= 17
            self._said(self.left, "Đơn vị công tác:", participant.unit, self.right)
        self.y -= 22

    def _said(self, start, words, text, end):
        start += write(self.canvas, (start, self.y), words, TEXT) + 4
        style, lines = fitted(text, Style(BOLD, 11.5, least=8), end - start)
        write(self.canvas, (start, self.y), lines[0] if lines else "", style)

    def _blank(self, start, end, words):
        used = write(self.canvas, (start, self.y), words, TEXT)
        self.canvas.setDash(0.5, 2)
        self.canvas.line(start + used + 4, self.y - 1, end, self.y - 1)
        self.canvas.setDash()

    def questions(self, paper):
        """The questions of one version."""
        self.begin(paper.letter, self.heading.title.upper(), paper.address)
        self.who()
        for number, question in enumerate(paper.questions, 1):
            high = self._height(number, question)
            # What fills more than a page begins where the one before it ended.
            self.keep(high if high < A4[1] - TOP - BOTTOM else 4 * FALL)
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
        lines += 2 * bool(question.part) + 2 * (question.way in BLANK)
        high = lines * FALL + 10 + sum(
            high - RISE + FALL for _wide, high in self._stem_sizes(question))
        if question.spot:
            high += self.grid_size(question.spot, UNDER_GRID)[1] + 2 * EDGE + FALL
        return high + sum(max(cell.height for cell in row) for row in self._rows(question))

    def _stem_sizes(self, question):
        return [image.fitted(self.room - INDENT, AT_STEM) for image in question.pictures_at("")]

    def _question(self, number, question):
        self.keep(0)
        start = write(self.canvas, (self.left, self.y), f"Câu {number}. ", STRONG)
        first = self.right - self.left - start - 2
        lines = wrapped(f"{question.stem} {HINTS[question.way]}".strip(), TEXT, first)
        for words in lines or [""]:
            self.keep(0)
            write(self.canvas, (self.left + start + 2, self.y), words, TEXT)
            self.y -= FALL
        for image, size in zip(question.pictures_at(""), self._stem_sizes(question), strict=True):
            self.keep(size[1] - RISE)
            self.picture(image, (self.left + INDENT, self.y + RISE), size)
            self.y -= size[1] - RISE + FALL
        if question.spot:
            self.under_grid(question.spot, UNDER_GRID)
        if question.way in BLANK:
            self.y -= 4
            self.keep(0)
            self._blank(self.left + INDENT, self.right, "Trả lời:")
            self.y -= FALL
        for row in self._rows(question):
            self._row_of_cells(row)
        self.y -= 6

    def grid_size(self, spot, highest):
        """The width and height of a picture under its grid."""
        return spot.fitted(self.room - INDENT - 2 * EDGE, highest)

    def under_grid(self, spot, highest, shown=frozenset()):
        """A picture with its grid, the cells ``shown`` shaded."""
        size = self.grid_size(spot, highest)
        self.keep(size[1] + 2 * EDGE - FALL)
        at = self.left + INDENT + EDGE, self.y + RISE - EDGE
        self.picture(spot.image, at, size)
        draw_grid(self.canvas, at, size, spot, shown)
        self.y -= size[1] + 2 * EDGE - RISE + FALL

    def _row_of_cells(self, row):
        high = max(cell.height for cell in row)
        self.keep(high - FALL)
        for cell in row:
            y = self.y
            for place, words in enumerate(cell.lines):
                write(self.canvas, (cell.x + (5 * mm if place else 0), y), words, TEXT)
                y -= FALL
            for image, size in zip(cell.pictures, cell.sizes(), strict=True):
                self.picture(image, (cell.x + 5 * mm, y + RISE), size)
                y -= size[1] - RISE + FALL
        self.y -= high

    def _rows(self, question):
        """What stands below the stem, row by row, each a list of Cells."""
        if question.matches:
            return self._columns(question)
        judged = question.way == "judged"
        texts = [(f"{mark}{')' if judged else '.'} {words}", question.pictures_at(mark))
                 for mark, words in question.options]
        across = 1 if judged and not any(images for _text, images in texts) else (
            self._across(texts))
        if across == 1:
            return [row for text, _none in texts for row in self._broken(text)]
        cells = [self._cell_of(text, images, place % across, across)
                 for place, (text, images) in enumerate(texts)]
        return [cells[begin:begin + across] for begin in range(0, len(cells), across)]

    def _across(self, texts):
        """Four in a line where they are short, two where they are not long or are pictures."""
        if any(images for _text, images in texts):
            return 2
        longest = max((width(text, TEXT) for text, _none in texts), default=0) / (
            self.room - INDENT)
        return 4 if longest < NARROW else 2 if longest < 2 * NARROW else 1

    def _broken(self, text):
        """A text of its own width, each line a row: so that it may go on on the next page."""
        for place, words in enumerate(wrapped(text, TEXT, self.room - INDENT - 5 * mm)):
            yield [Cell(self.left + INDENT + (5 * mm if place else 0), [words], [], 0)]

    def _cell_of(self, text, images, place, across):
        room = (self.room - INDENT) / across
        # The later lines of a text are indented, the only line of a short one is not.
        lines = [text] if width(text, TEXT) <= room - 2 * mm else wrapped(text, TEXT, room - 8 * mm)
        return Cell(self.left + INDENT + place * room, lines, images, room - 10 * mm)

    def _columns(self, question):
        """The left column of a matching question beside its right one."""
        return [[self._cell_of(f"{mark}. {words}", question.pictures_at(mark), place, 2)
                 for place, (mark, words) in enumerate(pair) if mark]
                for pair in zip_longest(question.options, question.matches, fillvalue=("", ""))]

    def answers(self, paper, participant=None):
        """The sheet on which the answers to one version are given, perhaps by a Participant."""
        self.begin(paper.letter, "PHIẾU TRẢ LỜI", (participant or paper).address)
        self.who(participant)
        self.line(self.left, "Khoanh tròn một chữ cái; câu khác thì ghi câu trả lời vào dòng. "
                  "Muốn đổi, gạch chéo chữ cũ.", NOTE)
        self.y -= 6
        start, column, used = self.y, 0, 0
        rows = min(SHEET_ROWS, int((self.y - BOTTOM) // ROW))
        across = min(SHEET_COLUMNS, max(2, -(-sum(map(_rows_on_sheet, paper.questions)) // rows)))
        for number, question in enumerate(paper.questions, 1):
            if used + _rows_on_sheet(question) > rows:
                column, used, self.y = column + 1, 0, start
                if column == across:
                    self.turn()
                    column, start = 0, self.y
            self._cell(self.left + column * self.room / across, self.room / across - 5 * mm,
                       number, question)
            used += _rows_on_sheet(question)
        self.canvas.showPage()

    def _cell(self, x, room, number, question):
        write(self.canvas, (x, self.y), f"{number}.", STRONG)
        start = x + 9 * mm
        if question.way == "judged":
            for place, (mark, _words) in enumerate(question.options):
                self.y -= ROW if place else 0
                write(self.canvas, (start, self.y), f"{mark})", TEXT)
                self._circles(start + 8 * mm, TRUTHS)
        elif question.way in ("one", "several") and len(question.options) * 8.5 * mm < room:
            self._circles(start, [mark for mark, _words in question.options])
        else:
            self._blank(start, x + room, "")
        self.y -= ROW

    def _circles(self, start, marks):
        """A circle to mark around each of the ``marks``."""
        self.canvas.setStrokeColor(GREY)
        for place, mark in enumerate(marks):
            middle = start + place * 8.5 * mm + 2 * mm
            self.canvas.circle(middle, self.y + 3.6, 3 * mm)
            centred(self.canvas, (middle, self.y), mark, Style(REGULAR, 10))
        self.canvas.setStrokeColor(black)
