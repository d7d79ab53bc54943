"""Paper: the typeface with every Vietnamese letter, lines that fit, the letterhead, QR codes."""
import re
from functools import cache, lru_cache
from io import BytesIO
from pathlib import Path
from typing import NamedTuple

import segno
from reportlab import rl_config
from reportlab.lib.colors import Color, HexColor, black
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from lms.kernel.text import ALPHABET, TONES, clean

#: Streams as they are, not spelled in letters: smaller, and quicker made.
rl_config.useA85 = 0

FONTS = Path(__file__).parent / "fonts"
REGULAR, BOLD, ITALIC = FACES = ("Tinos", "Tinos-Bold", "Tinos-Italic")
#: Indigo, the accent of the screens; it prints as dark grey.
ACCENT = HexColor("#1b4671")
GREY = HexColor("#444444")

NATION = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
MOTTO = "Độc lập - Tự do - Hạnh phúc"
#: All letters of the language: each vowel in each tone, each consonant, large and small.
VIETNAMESE = frozenset(clean(case(letter + tone)) for letter in ALPHABET
                       for tone in ("", *(TONES if letter in "aăâeêioôơuưy" else ()))
                       for case in (str.lower, str.upper))


class MissingGlyph(Exception):
    """Letters that the typeface cannot draw; they would silently vanish from the paper."""

    def __init__(self, letters):
        super().__init__(" ".join(f"{letter} (U+{ord(letter):04X})" for letter in letters))
        self.letters = letters


class Style(NamedTuple):
    """How a line is set: its face, its size in points, its ink, the least size it shrinks to."""

    font: str
    size: float
    colour: Color = black
    least: float = 9.0


@cache
def glyphs():
    """The letters that every face draws; registers the faces, once a process."""
    covered = []
    for name, file in zip(FACES, ("Regular", "Bold", "Italic"), strict=True):
        pdfmetrics.registerFont(TTFont(name, FONTS / f"Tinos-{file}.ttf"))
        covered.append({chr(code) for code in pdfmetrics.getFont(name).face.charToGlyph})
    common = frozenset.intersection(*map(frozenset, covered))
    if VIETNAMESE - common:
        raise MissingGlyph(sorted(VIETNAMESE - common))
    return common


def missing_glyphs(text):
    """The letters of ``text`` that a face cannot draw, in their order in Unicode."""
    return sorted(set(clean(text)) - glyphs())


def insist_on_glyphs(text):
    """Raise MissingGlyph where a letter of ``text`` would vanish from the paper."""
    missing = missing_glyphs(text)
    if missing:
        raise MissingGlyph(missing)


def new_canvas(size, title, author):
    """An empty document of pages of ``size``; the same drawing always gives the same bytes."""
    glyphs()
    canvas = Canvas(BytesIO(), pagesize=size, lang="vi", initialFontName=REGULAR, invariant=1)
    canvas.setTitle(clean(title))
    canvas.setAuthor(clean(author))
    return canvas


def width(text, style):
    """How wide ``text`` is, in points."""
    return pdfmetrics.stringWidth(text, style.font, style.size)


def fit(text, style, room):
    """``style`` in the largest size, not under its least, at which ``text`` keeps to ``room``."""
    natural = width(clean(text), style)
    if natural <= room:
        return style
    return style._replace(size=min(style.size, max(style.least, style.size * room / natural)))


def wrapped(text, style, room):
    """``text`` in lines of at most ``room`` points; a word that is too long is broken."""
    text, lines = clean(text), []
    if text and _holds(text, style, room):
        return [text]
    for word in text.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and _holds(longer, style, room):
            lines[-1] = longer
        else:
            lines += _broken(word, style, room)
    return lines


def _holds(text, style, room):
    # A size that was made to fit may be wider than the room by a rounding.
    return width(text, style) <= room + 0.01


def _broken(word, style, room, marks=("/", "-", "")):
    """A word in pieces that fit a line: broken after strokes, else after hyphens, else anywhere."""
    if _holds(word, style, room) or not marks:
        return [word]
    mark, *finer = marks
    pieces = [""]
    for part in re.split(f"(?<={mark})", word) if mark else word:
        first, *rest = _broken(part, style, room, finer)
        if pieces[-1] and not _holds(pieces[-1] + first, style, room):
            pieces.append(first)
        else:
            pieces[-1] += first
        pieces += rest
    return pieces


def fitted(text, style, room):
    """The style and the lines in which ``text`` keeps to ``room``: it shrinks first, then wraps."""
    style = fit(text, style, room)
    return style, _evened(text, style, room)


def _evened(text, style, room):
    """``text`` in as few lines as ``room`` allows, about as long as each other."""
    lines = wrapped(text, style, room)
    if len(lines) > 1:
        narrow = max(sum(width(line, style) for line in lines) / len(lines),
                     *(width(word, style) for word in clean(text).split()))
        while narrow < room:
            tried = wrapped(text, style, narrow)
            if len(tried) == len(lines):
                return tried
            narrow *= 1.04
    return lines


def write(canvas, at, text, style):
    """Draw ``text`` from the point ``at`` rightwards; gives its width in points."""
    text = clean(text)
    canvas.setFont(style.font, style.size)
    canvas.setFillColor(style.colour)
    canvas.drawString(*at, text)
    return width(text, style)


def centred(canvas, at, text, style):
    """Draw ``text`` centred at the point ``at``; gives its width in points."""
    x, y = at
    return write(canvas, (x - width(clean(text), style) / 2, y), text, style)


def centred_block(canvas, at, text, style, room):
    """Draw ``text`` centred in as many lines as it needs; gives the base of the line after it."""
    x, y = at
    style, lines = fitted(text, style, room)
    for line in lines:
        centred(canvas, (x, y), line, style)
        y -= style.size * 1.25
    return y


def letterhead(canvas, left, right, superior, issuer):
    """Draw who issues at ``left`` and the nation at ``right``, as acts of the state are headed.

    ``left`` is (centre, first base line, room), ``right`` (centre, first base line).  Gives
    the height below which the page is free.  Layout by Decree 30/2020/NĐ-CP, annex I.
    """
    canvas.setStrokeColor(black)
    canvas.setLineWidth(0.6)
    x, y, room = left
    y = centred_block(canvas, (x, y), superior.upper(), Style(REGULAR, 12, least=10.5), room)
    bold = Style(BOLD, 12, least=10.5)
    y = centred_block(canvas, (x, y), issuer.upper(), bold, room)
    # The rule is a third to a half as long as the line above it.
    style, lines = fitted(issuer.upper(), bold, room)
    half = width(lines[-1], style) / 5 if lines else 0
    low = y + 8
    canvas.line(x - half, low, x + half, low)
    x, y = right
    centred(canvas, (x, y), NATION, Style(BOLD, 12))
    half = centred(canvas, (x, y - 15.5), MOTTO, Style(BOLD, 13)) / 2
    canvas.line(x - half, y - 21.5, x + half, y - 21.5)
    return min(low, y - 21.5)


def day_in_words(day):
    """A day as an administrative text writes it: ngày 05 tháng 02 năm 2026.

    A zero stands before days under 10 and before months 1 and 2 (Decree 30/2020/NĐ-CP).
    """
    month = f"{day.month:02d}" if day.month < 3 else str(day.month)
    return f"ngày {day.day:02d} tháng {month} năm {day.year}"


@lru_cache(maxsize=64)
def _squares(text):
    """The dark squares of a QR code as PDF shapes, a run of them in one, and how many a side."""
    # A fixed mask saves half of the time; scanners read all eight alike.
    rows = [bytes(row) for row in segno.make(text, error="m", micro=False, mask=3).matrix]
    runs = [f"{run.start()} {len(rows) - number} {run.end() - run.start()} 1 re"
            for number, row in enumerate(rows, 1) for run in re.finditer(b"\x01+", row)]
    return " ".join([*runs, "f"]), len(rows)


def qr(canvas, at, side, text):
    """Draw the QR code of ``text`` as shapes, sharp at any size, with its lower left at ``at``."""
    shapes, squares = _squares(text)
    canvas.saveState()
    canvas.translate(*at)
    canvas.scale(side / squares, side / squares)
    canvas.setFillColor(black)
    canvas.addLiteral(shapes)
    canvas.restoreState()
