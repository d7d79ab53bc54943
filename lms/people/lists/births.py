"""Dates of birth as clerks write them, kept as ``1985-02-05``, or ``1985`` for a year alone."""
import re
from datetime import date, datetime, timedelta

from lms.kernel.text import clean, fold
from lms.people.lists.faults import CellFault, nobody

FIRST_YEAR = 1900
OLDEST, YOUNGEST = 110, 15
#: A spreadsheet counts days from here; beyond the last number a birth is not meant.
DAY_ZERO, LAST_SERIAL = date(1899, 12, 30), 80_000
#: A number from here on was meant as a year, even a wrong one.
EARLIEST_YEAR = 1_000

BETWEEN = r"\s*[/.\-\s]\s*"
CLOCK_TIME = r"(?:[ t]\d{1,2}:\d{2}(?::\d{2})?(?:\.\d+)?)?"
DAY_FIRST = re.compile(rf"(\d{{1,2}}){BETWEEN}(\d{{1,2}}){BETWEEN}(\d{{4}}|\d{{2}}){CLOCK_TIME}")
YEAR_FIRST = re.compile(rf"(\d{{4}})[/.\-](\d{{1,2}})[/.\-](\d{{1,2}}){CLOCK_TIME}")
IN_WORDS = re.compile(r"(?:sinh )?(?:ngay )?(\d{1,2}) thang (\d{1,2}),? (?:nam )?(\d{4}|\d{2})")
MONTH_ONLY = re.compile(rf"(?:sinh )?(?:thang )?(\d{{1,2}})(?:{BETWEEN}|,? nam )(\d{{4}})")
RUN_TOGETHER = re.compile(r"(\d{1,2})(\d{2})(\d{4})")
YEAR_SOMEWHERE = re.compile(r"[^\d/]*((?:19|20)\d\d)\D*")


def read_birth(value, today, warn=nobody):
    """The birth in a cell's ``value``, as an ISO date or a year; nothing for an empty cell.

    The day comes before the month, always.  Raises CellFault; ``warn`` is told of what was
    read but should be looked at.
    """
    if isinstance(value, datetime):
        value = value.date()
    if isinstance(value, date):
        return _typed_year(value, today) or _checked(value.isoformat(), today, warn)
    if isinstance(value, int | float) and not isinstance(value, bool):
        return _of_number(int(value), today, warn)
    text = clean(str(value or "")).strip("'\"`. ")
    if text.isdecimal():
        return _of_number(int(text[:9]), today, warn)
    return _of_text(text, today, warn) if text else ""


def _typed_year(day, today):
    # The year 1985 typed into a cell that is formatted as a date is the day 07/06/1905.
    serial = (day - DAY_ZERO).days
    return str(serial) if FIRST_YEAR <= serial <= today.year else ""


def _of_number(number, today, warn):
    """The birth of a year, of a spreadsheet's day number, or of digits run together."""
    if EARLIEST_YEAR <= number <= today.year:
        return _checked(str(number), today, warn)
    if today.year < number <= LAST_SERIAL:
        day = DAY_ZERO + timedelta(days=number)
        return _checked(day.isoformat(), today, warn)
    together = RUN_TOGETHER.fullmatch(str(number))
    if not together:
        raise CellFault("birth-form")
    return _of_parts(together.groups(), today, warn)


def _of_text(text, today, warn):
    plain = fold(text)
    backwards = YEAR_FIRST.fullmatch(plain)
    if backwards:
        return _of_parts(backwards.groups()[::-1], today, warn)
    parts = DAY_FIRST.fullmatch(plain) or IN_WORDS.fullmatch(plain)
    if parts:
        return _of_parts(parts.groups(), today, warn)
    month = MONTH_ONLY.fullmatch(plain)
    if month:
        return _of_parts(("0", *month.groups()), today, warn)
    year = YEAR_SOMEWHERE.fullmatch(plain)
    if year:
        return _checked(year[1], today, warn)
    raise CellFault("birth-form")


def _of_parts(parts, today, warn):
    """The birth of a day, a month and a year; a day written 00 is not known."""
    day, month, year = map(int, parts)
    if len(parts[2]) == 2:
        year += _century(year, today)
    if month > 12 or (day and not month):
        raise CellFault("birth-month")
    if not day:
        warn("month-dropped")
        return _checked(str(year), today, warn)
    try:
        birth = date(year, month, day)
    except ValueError:
        raise CellFault("birth-day") from None
    return _checked(birth.isoformat(), today, warn)


def _century(year, today):
    """1900, unless somebody born in that year of this century could already work."""
    return 2000 if 2000 + year <= today.year - YOUNGEST else 1900


def _checked(birth, today, warn):
    year = int(birth[:4])
    if birth > today.isoformat() or year < max(FIRST_YEAR, today.year - OLDEST):
        raise CellFault("birth-year")
    if year > today.year - YOUNGEST:
        warn("young")
    return birth
