"""How an .xlsx file writes numbers, days, texts and the places of cells."""
import re
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from math import isfinite
from typing import NamedTuple

from lms.kernel import grid
from lms.kernel.grid import UnreadableSheet
from lms.kernel.legacy import charset_of_font

REFERENCE = re.compile(r"\$?([A-Z]{1,3})\$?([1-9]\d{0,6})")
ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
NUMBER = re.compile(r"\s*[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?\s*")
#: Beyond it a floating number is no whole number any more.
LARGEST_WHOLE = 10 ** 15

#: The numbers of the formats for days and times that every spreadsheet knows.
DATE_FORMATS = frozenset(map(str, (*range(14, 23), *range(27, 37), *range(45, 48),
                                   *range(50, 59))))
#: In a format's code, what does not ask for a part of the value: texts, colours, conditions.
NOT_ASKING = re.compile(r'"[^"]*"|\\.|_.|\*.|\[[^\]]*\]|general', re.IGNORECASE)
#: Hours counted on beyond a day are a length of time, no day.
LENGTH_OF_TIME = re.compile(r"\[[hms]+\]", re.IGNORECASE)
ASKS_FOR_DAY = re.compile(r"[dmyhs]", re.IGNORECASE)

DAY_ZERO, DAY_ZERO_1904 = (datetime.combine(day, time())
                           for day in (date(1899, 12, 30), date(1904, 1, 1)))
#: Spreadsheets have a 29/02/1900; days before it are counted one too high.
NO_SUCH_DAY = 60
LAST_DAY = 2_958_465


#: What a cell stands out by, by the part of its font or its fill that says so.
SHOWN_BY = {"b": "bold", "color": "colour", "fgColor": "fill"}
PLAIN = ("000000", "ffffff")


class Format(NamedTuple):
    """How a cell shows its value: whether as a day, in which font of before Unicode, and whether it
    stands out: bold, by the colour of its letters, by its own.
    """

    is_date: bool = False
    font: str = ""
    marks: frozenset = frozenset()

    @staticmethod
    def font_of(name):
        """The name of a font if it is one of before Unicode, else nothing."""
        return name if charset_of_font(name) else ""


def stands_out(tag, attributes):
    """Whether a part of a font or a fill makes a cell stand out from black letters on white."""
    if tag == "b":
        return attributes.get("val", "1") not in ("0", "false")
    colour = attributes.get("rgb", "")[-6:].lower()
    if colour:
        return colour not in PLAIN
    # The first two colours of a theme are white and black, and so are the last of the index.
    return attributes.get("theme", "0") not in ("0", "1") or (
        attributes.get("indexed", "64") not in ("0", "1", "8", "9", "64", "65"))


def date_format(number, code):
    """Whether the format shows a number as a day or a time."""
    if LENGTH_OF_TIME.search(code):
        return False
    if code:
        return ASKS_FOR_DAY.search(NOT_ASKING.sub("", code.split(";")[0])) is not None
    return number in DATE_FORMATS


def place_of(reference):
    """The (row, column) from 0 of a cell such as B7."""
    place = REFERENCE.fullmatch(reference)
    if place is None:
        raise UnreadableSheet("not-a-workbook")
    return int(place[2]) - 1, _column(place[1])


@lru_cache(maxsize=1024)
def _column(letters):
    column = 0
    for letter in letters:
        column = column * 26 + ord(letter) - ord("A") + 1
    return column - 1


def range_of(reference):
    """The (top, left, bottom, right) from 0 of a range such as A1:C2."""
    first, _, last = reference.partition(":")
    return place_of(first) + place_of(last or first)


def unescaped(text):
    """A text with the characters that XML cannot hold, written _x000D_, put back."""
    if "_x" not in text:
        return text
    return ESCAPED.sub(lambda code: chr(int(code[1], 16)), text)


def value_of(kind, text, is_date, from_1904):
    """The value of a cell that holds ``text``: nothing for an error or no text."""
    if kind == "e" or not text:
        return None
    if kind == "str":
        return unescaped(text)[:grid.LONGEST_CELL]
    if kind == "b":
        return text.strip() not in ("0", "false")
    if kind == "d":
        return _day_or_moment(datetime.fromisoformat(text).replace(tzinfo=None))
    if not NUMBER.fullmatch(text):
        raise UnreadableSheet("not-a-workbook")
    number = float(text)
    if is_date and 0 <= number <= LAST_DAY:
        return _day(number, from_1904)
    if isfinite(number) and number.is_integer() and abs(number) < LARGEST_WHOLE:
        return int(number)
    return number if isfinite(number) else None


def _day(number, from_1904):
    """The day, the moment or the time of day that ``number`` is shown as."""
    zero = DAY_ZERO_1904 if from_1904 else DAY_ZERO + timedelta(days=number < NO_SUCH_DAY)
    # To the second: the rest is only how numbers are kept.
    moment = zero + timedelta(seconds=round(number * 86_400))
    return moment.time() if number < 1 else _day_or_moment(moment)


def _day_or_moment(moment):
    return moment if moment.time() != time() else date(moment.year, moment.month, moment.day)
