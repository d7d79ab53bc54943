"""Paper: the typeface with every Vietnamese letter, lines that fit, QR codes as shapes."""
import unicodedata
from functools import cache
from pathlib import Path

import segno
from reportlab.lib.colors import HexColor, black
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

FONTS = Path(__file__).parent / "fonts"
REGULAR, BOLD, ITALIC = "Tinos", "Tinos-Bold", "Tinos-Italic"
#: Indigo, the accent of the screens; it prints as dark grey.
ACCENT = HexColor("#1b4671")
GREY = HexColor("#444444")


class MissingGlyph(Exception):
    """A letter that the typeface cannot draw; it would silently vanish from the paper."""


@cache
def fonts():
    """Register the three faces, once a process."""
    for name, file in ((REGULAR, "Regular"), (BOLD, "Bold"), (ITALIC, "Italic")):
        pdfmetrics.registerFont(TTFont(name, FONTS / f"Tinos-{file}.ttf"))


def composed(text):
    """``text`` in composed letters: decomposed marks would be drawn beside their letters."""
    return unicodedata.normalize("NFC", text)


def insist_on_glyphs(text):
    """Raise where a letter of ``text`` is missing from one of the faces."""
    fonts()
    missing = {letter for name in (REGULAR, BOLD, ITALIC) for letter in composed(text)
               if ord(letter) not in pdfmetrics.getFont(name).face.charToGlyph}
    if missing:
        raise MissingGlyph(" ".join(sorted(missing)))


def width(text, font, size):
    """How wide ``text`` is, in points."""
    return pdfmetrics.stringWidth(text, font, size)


def fit(text, font, size, room, least=9.0):
    """The largest size, at most ``size``, at which ``text`` keeps to ``room`` points."""
    natural = width(text, font, size)
    return size if natural <= room else max(least, size * room / natural)


def centred(canvas, at, text, font, size, **look):
    """Draw ``text`` centred at the point ``at``; ``room`` shrinks it, ``colour`` inks it.

    Gives the width it took, in points.
    """
    x, y = at
    size = fit(text, font, size, look["room"]) if "room" in look else size
    canvas.setFont(font, size)
    canvas.setFillColor(look.get("colour", black))
    canvas.drawCentredString(x, y, text)
    return width(text, font, size)


def qr(canvas, x, y, side, text):
    """Draw the QR code of ``text`` as shapes, sharp at any size; runs of squares are one shape."""
    matrix = [list(row) for row in segno.make(text, error="m", micro=False).matrix]
    cell = side / len(matrix)
    path = canvas.beginPath()
    for row, line in enumerate(matrix):
        column = 0
        while column < len(line):
            run = column
            while run < len(line) and line[run]:
                run += 1
            if run > column:
                path.rect(x + column * cell, y + side - (row + 1) * cell,
                          (run - column) * cell, cell)
            column = run + 1
    canvas.setFillColor(black)
    canvas.drawPath(path, stroke=0, fill=1)
