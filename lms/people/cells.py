"""Cells as clerks type them: dates, phones, genders, names.  Pure: no database, no request.

A reader gives ``(value, fault, warning)``; fault and warning are codes of ``WORDS`` in
``fault_words.py``, or None.
"""
import re
from datetime import date, datetime, timedelta

from lms.kernel.legacy import decode_tcvn3, decode_vni, looks_legacy
from lms.kernel.text import clean, fold, propose_case

#: Day 0 of Excel's calendar, with its leap-year mistake of 1900 already counted.
EXCEL_ZERO = date(1899, 12, 30)
OLDEST, YOUNGEST = 1920, 2012
DATE = re.compile(r"^(\d{1,2})\s*[/.\-]\s*(\d{1,2})\s*[/.\-]\s*(\d{4}|\d{2})$")
MONTH_AND_YEAR = re.compile(r"^(\d{1,2})\s*[/.\-]\s*(\d{4})$")
MOBILE = re.compile(r"^0[35789]\d{8}$")
LANDLINE = re.compile(r"^02\d{9}$")


def read_birth(value):
    """A birth date as a partial ISO date: ``1985-02-05``, or ``1985`` for a year alone."""
    if isinstance(value, datetime):
        value = value.date()
    if isinstance(value, date):
        return _in_life(value)
    if isinstance(value, int | float):
        return _birth_number(value)
    text = clean(str(value or ""))
    if not text:
        return "", None, None
    if re.fullmatch(r"\d{4}(\.0)?", text):
        return _birth_number(float(text))
    if MONTH_AND_YEAR.match(text):
        return text[-4:], None, "month-dropped"
    match = DATE.match(text)
    return _birth_parts(match) if match else ("", "birth-form", None)


def _birth_number(number):
    if OLDEST <= number <= YOUNGEST:
        return str(int(number)), None, None
    if 7_000 < number < 42_000:
        return _in_life(EXCEL_ZERO + timedelta(days=int(number)))
    return "", "birth-form", None


def _birth_parts(match):
    day, month, year = (int(part) for part in match.groups())
    if year < 100:
        year += 1900 if year > YOUNGEST % 100 else 2000
    if month > 12:
        return "", "birth-month", None
    try:
        return _in_life(date(year, month, day))
    except ValueError:
        return "", "birth-day", None


def _in_life(day):
    if not OLDEST <= day.year <= YOUNGEST:
        return "", "birth-year", None
    return day.isoformat(), None, None


def read_phone(value):
    """A phone number as E.164; a zero that a spreadsheet swallowed is put back."""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    text = str(value or "").strip()
    digits = re.sub(r"\D", "", text)
    if not digits:
        return "", None, None
    if digits.startswith("84") and len(digits) in (11, 12):
        digits = "0" + digits[2:]
    warning = None
    if not digits.startswith("0"):
        digits, warning = "0" + digits, "zero-restored"
    if MOBILE.match(digits) or LANDLINE.match(digits):
        return "+84" + digits[1:], None, warning
    return "", "phone-form", None


def read_gender(value):
    """``f``, ``m`` or nothing."""
    word = fold(str(value or ""))
    return {"nu": "f", "nam": "m", "female": "f", "male": "m", "f": "f", "m": "m"}.get(word, "")


def read_text(value, font=None):
    """A text cell as clean Unicode, and the old code it was decoded from, or None."""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    text = str(value if value is not None else "")
    code = looks_legacy(text, font) if text.strip() else None
    if code == "tcvn3":
        return decode_tcvn3(text, capitals=bool(font and font.lower().endswith("h"))), code
    if code == "vni":
        return decode_vni(text), code
    return clean(text), None


def read_name(value, font=None):
    """A full name in ordinary capitals, with what a clerk should look at."""
    text, code = read_text(value, font)
    if not text:
        return "", "name-missing", None
    name = propose_case(text)
    if any(letter.isdigit() for letter in name):
        return "", "name-digits", None
    if code:
        # The old codes have no capitals with marks: the first letter of "ánh" was one.
        return " ".join(word[:1].upper() + word[1:] for word in name.split()), None, f"from-{code}"
    if len(name.split()) == 1:
        return name, None, "one-word"
    return name, None, "capitals" if name != text else None
