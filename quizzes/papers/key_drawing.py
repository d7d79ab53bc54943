"""The key of the printed papers of a test on A4.  Pure."""
from reportlab.lib.units import mm

from lms.kernel.paper import BOLD, Style, wrapped, write

from quizzes.papers.contents import FALL, LEADING, RISE, TEXT
from quizzes.papers.drawing import BOTTOM, NOTE, STRONG, Sheet
from quizzes.papers.grid_drawing import EDGE

#: How high a picture may be; the same under a grid.
IN_KEY, GRID_IN_KEY = 28 * mm, 60 * mm


def draw_key(heading, papers):
    """The bytes of a PDF with what is right in every version, beside each other."""
    sheet = _Key(heading, papers)
    sheet.key(papers)
    return sheet.canvas.getpdfdata()


class _Key(Sheet):
    """Draws what is right in every version."""

    def key(self, papers):
        """What is right: a line for each question, a column for each version."""
        self.begin("", "ĐÁP ÁN")
        first = 16 * mm
        each = (self.room - first) / len(papers)
        self._row(["Câu", *(f"Mã đề {paper.letter}" for paper in papers)], first, each, STRONG)
        for number, keys in enumerate(zip(*(paper.questions for paper in papers), strict=True), 1):
            self._row([str(number), *(one.key for one in keys)], first, each, TEXT)
        self._illustrated(papers)
        self.canvas.showPage()

    def _illustrated(self, papers):
        """The pictures of questions, small, with the number of each question in every version."""
        numbers = {}
        for paper in papers:
            for number, one in enumerate(paper.questions, 1):
                numbers.setdefault(one.ident, []).append(f"{paper.letter}: câu {number}")
        shown = [one for one in papers[0].questions if one.pictures or one.spot]
        if shown:
            self.y -= 26
            self.keep(2 * FALL + IN_KEY)
            self.line(self.left, "Câu hỏi có hình", Style(BOLD, 12.5))
            if any(one.pictures for one in shown):
                self.line(self.left, f"Chữ cái dưới hình là của mã đề {papers[0].letter}.", NOTE)
        for one in shown:
            self.y -= 4
            self.keep(2 * FALL + (self.grid_size(one.spot, GRID_IN_KEY)[1] + 2 * EDGE
                                  if one.spot else IN_KEY))
            self.line(self.left, "; ".join(numbers[one.ident]) + ".", STRONG)
            self.line(self.left, one.stem, TEXT)
            if one.pictures:
                self._strip(one.pictures)
            if one.spot:
                self.under_grid(one.spot, GRID_IN_KEY, one.spot.right)

    def _strip(self, pictures):
        """Small pictures side by side, each over its letter."""
        x, lowest = self.left, IN_KEY + FALL
        for mark, image in pictures:
            wide, high = image.fitted(self.room / 3, IN_KEY)
            if x + wide > self.right:
                x, self.y = self.left, self.y - lowest
            self.keep(lowest)
            self.picture(image, (x, self.y + RISE), (wide, high))
            write(self.canvas, (x, self.y + RISE - IN_KEY - 10), mark, NOTE)
            x += wide + 6 * mm
        self.y -= lowest

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
