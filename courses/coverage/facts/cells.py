"""How one cell of a facts file is read and written; a text that cannot be read says why."""
import re
from datetime import UTC, date, datetime
from decimal import Decimal

from lms.kernel.i18n import _

DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
YEAR = re.compile(r"\d{4}", re.ASCII)
WHOLE = re.compile(r"\d{1,9}", re.ASCII)
SHARE = re.compile(r"\d{1,3}(\.\d{1,2})?", re.ASCII)

YES = ("1", "true", "yes", "y", "x", "main")
NO = ("", "0", "false", "no", "n", "concurrent")


class CellFault(ValueError):
    """A cell does not hold what its column asks for; the message says so to the reader."""


def text(cell):
    """Any text, kept as it is; only a character that no database takes is refused."""
    if "\0" in cell:
        raise CellFault(_("The character NUL cannot be kept."))
    return cell


def key(cell):
    """A key: any text but none."""
    if not cell:
        raise CellFault(_("A key is missing."))
    return text(cell)


def course_key(cell):
    """The key of a course, which goals list between semicolons."""
    if ";" in cell:
        raise CellFault(_("A key of a course must not hold a semicolon."))
    return key(cell)


def day(cell):
    """A calendar date that exists."""
    if not cell:
        raise CellFault(_("A date is missing; write it as YYYY-MM-DD."))
    if not DAY.fullmatch(cell):
        raise CellFault(_("“%(text)s” is not a date of the form YYYY-MM-DD.", text=cell))
    try:
        return date.fromisoformat(cell)
    except ValueError:
        raise CellFault(_("The date %(text)s does not exist.", text=cell)) from None


def open_day(cell):
    """A calendar date, or None for an open end."""
    return day(cell) if cell else None


def birth(cell):
    """A date of birth, or the year alone, or nothing."""
    if cell and not YEAR.fullmatch(cell):
        day(cell)
    return cell


def whole(cell):
    """A whole number; nothing is 0."""
    return whole_or_none(cell) or 0


def whole_or_none(cell):
    """A whole number, or None."""
    if not cell:
        return None
    if not WHOLE.fullmatch(cell):
        raise CellFault(_("“%(text)s” is not a whole number.", text=cell))
    return int(cell)


def rank(cell):
    """A place in the order of precedence: a whole number, possibly below zero."""
    return -whole(cell[1:]) if cell.startswith("-") and len(cell) > 1 else whole(cell)


def share(cell):
    """Per cent from 0 to 100 with at most two decimals, or None."""
    if not cell:
        return None
    if not SHARE.fullmatch(cell) or Decimal(cell) > 100:
        raise CellFault(_("“%(text)s” is not a share from 0 to 100 with at most two decimals.",
                          text=cell))
    return Decimal(cell)


def flag(cell):
    """Yes or no."""
    if cell.lower() in YES:
        return True
    if cell.lower() in NO:
        return False
    raise CellFault(_("“%(text)s” is neither 1 (yes) nor 0 (no).", text=cell))


def moment(cell):
    """A moment of ISO 8601, in UTC where it names no zone; None for none."""
    if not cell:
        return None
    try:
        value = datetime.fromisoformat(cell)
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)
    except (ValueError, OverflowError):
        raise CellFault(_("“%(text)s” is not a moment of the form 2026-06-30T17:00:00Z.",
                          text=cell)) from None


def one_of(words):
    """A reader of a column that takes one of these words."""
    def word(cell):
        if cell not in words:
            raise CellFault(_("“%(text)s” is none of: %(words)s.", text=cell,
                              words=", ".join(words)))
        return cell
    return word


def several(cell):
    """Keys between semicolons, in order and once each; at least one."""
    keys = tuple(dict.fromkeys(part for part in cell.split(";") if part))
    if not keys:
        raise CellFault(_("A goal asks for one course at least."))
    return keys


def written(value):
    """``value`` as a cell."""
    if value is None:
        return ""
    if value is True or value is False:
        return "1" if value else "0"
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat().replace("+00:00", "Z")
    if isinstance(value, Decimal):
        plain = f"{value:f}"
        return plain.rstrip("0").rstrip(".") if "." in plain else plain
    return str(value)
