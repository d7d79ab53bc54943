"""Days as clerks write them: 05/02/2026, 5-2-26, ngày 5 tháng 2 năm 2026, or a cell with a date."""
from datetime import date, datetime, timedelta

from lms.kernel.text import clean, fold
from lms.people.lists.births import DAY_FIRST, DAY_ZERO, IN_WORDS, LAST_SERIAL, YEAR_FIRST
from lms.people.lists.faults import CellFault

#: Staff changes are of these years: from the first one on record to a year ahead.
FIRST_YEAR, YEARS_AHEAD = 1990, 1


def read_day(value, today):
    """The day in a cell's ``value`` as an ISO date; nothing for an empty cell.

    The day comes before the month, always.  Raises CellFault.
    """
    if isinstance(value, datetime):
        value = value.date()
    if not isinstance(value, date):
        value = _typed(value)
    if value is None:
        return ""
    if not FIRST_YEAR <= value.year <= today.year + YEARS_AHEAD:
        raise CellFault("day-far")
    return value.isoformat()


def _typed(value):
    """The day a number or a text means, or None for an empty one."""
    text = clean(str(value or "")).strip("'\"`. ")
    if text.isdecimal() and int(text[:9]) <= LAST_SERIAL:
        return DAY_ZERO + timedelta(days=int(text[:9]))
    if not text:
        return None
    plain = fold(text)
    backwards = YEAR_FIRST.fullmatch(plain)
    parts = backwards or DAY_FIRST.fullmatch(plain) or IN_WORDS.fullmatch(plain)
    if not parts:
        raise CellFault("day-form")
    day, month, year = map(int, parts.groups()[::-1] if backwards else parts.groups())
    try:
        return date(year + 2000 if year < 100 else year, month, day)
    except ValueError:
        raise CellFault("day-form") from None
