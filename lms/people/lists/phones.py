"""Vietnamese phone numbers, kept as E.164 (+84912345678) and shown as people write them."""
import re

from lms.kernel.text import clean
from lms.people.lists.faults import CellFault, nobody

MOBILE = re.compile(r"0[35789]\d{8}")
LANDLINE = re.compile(r"02\d{9}")
#: Mobile numbers of eleven digits got a shorter prefix in 2018.
OLD_MOBILE = re.compile(r"(01[2689]\d)(\d{7})")
NEW_PREFIXES = {
    "0120": "070", "0121": "079", "0122": "077", "0126": "076", "0128": "078",
    "0123": "083", "0124": "084", "0125": "085", "0127": "081", "0129": "082",
    "0162": "032", "0163": "033", "0164": "034", "0165": "035", "0166": "036",
    "0167": "037", "0168": "038", "0169": "039", "0186": "056", "0188": "058", "0199": "059"}
#: A number without its zero: of a mobile, of a landline, of an old mobile.
WITHOUT_ZERO = re.compile(r"[35789]\d{8}|2\d{9}|1[2689]\d{8}")
COUNTRY = "84"
WITH_COUNTRY = re.compile(r"84([35789]\d{8}|2\d{9})")
FOREIGN = re.compile(r"[1-9]\d{7,14}")

#: A part of a cell with so many digits is a number of its own.
OWN_NUMBER = 8
BETWEEN_NUMBERS = re.compile(r"[;/,\n&|]| [-–] |\bhoặc\b")
ROUNDED = re.compile(r"\d(?:[.,]\d+)?e\+?\d+", re.IGNORECASE)
#: What clerks type where there is no number.
NOTHING = frozenset({"", "-", "–", "không", "không có", "ko", "chưa có"})


def read_phone(value, warn=nobody):
    """The phone number in a cell's ``value`` as E.164; nothing where there is none.

    A zero that a spreadsheet lost is put back.  Raises CellFault; ``warn`` is told of what
    was mended.
    """
    text = str(value if value is not None else "").strip()
    if clean(text).lower() in NOTHING:
        return ""
    if ROUNDED.fullmatch(text):
        raise CellFault("phone-rounded")
    parts = [part for part in BETWEEN_NUMBERS.split(text) if len(_digits(part)) >= OWN_NUMBER]
    number = e164(parts[0] if parts else text, warn)
    if len(parts) > 1:
        warn("first-phone")
    return number


def e164(text, warn=nobody):
    """One number as E.164 (+84912345678); raises CellFault where it is none."""
    digits = _digits(text)
    if not digits:
        raise CellFault("phone-form")
    if text.strip().startswith("+") or digits.startswith("00"):
        digits = digits.lstrip("0")
        if not digits.startswith(COUNTRY) and FOREIGN.fullmatch(digits):
            return f"+{digits}"
        national = "0" + digits.removeprefix(COUNTRY).lstrip("0")
    elif WITH_COUNTRY.fullmatch(digits):
        national = "0" + digits.removeprefix(COUNTRY)
    elif WITHOUT_ZERO.fullmatch(digits):
        national = "0" + digits
        warn("zero-restored")
    else:
        national = digits
    return f"+{COUNTRY}{_checked(national, warn)[1:]}"


def _digits(text):
    return "".join(sign for sign in text if sign in "0123456789")


def _checked(national, warn):
    """A number with its zero, if there can be such a number."""
    old = OLD_MOBILE.fullmatch(national)
    if old and old[1] in NEW_PREFIXES:
        warn("old-prefix")
        return NEW_PREFIXES[old[1]] + old[2]
    if MOBILE.fullmatch(national) or LANDLINE.fullmatch(national):
        return national
    raise CellFault("phone-form")


def shown(phone):
    """An E.164 number as people write it: 0912 345 678, 0206 3852 123; a foreign one as it is."""
    national = "0" + phone.removeprefix(f"+{COUNTRY}")
    if not phone.startswith(f"+{COUNTRY}"):
        return phone
    if MOBILE.fullmatch(national):
        return f"{national[:4]} {national[4:7]} {national[7:]}"
    area = 3 if national.startswith(("024", "028")) else 4
    return f"{national[:area]} {national[area:area + 4]} {national[area + 4:]}"
