"""Names, texts, genders and addresses as clerks type them into a list."""
import re

from lms.kernel.legacy import read
from lms.kernel.text import clean, propose_case
from lms.people.lists.faults import CellFault, nobody

LONGEST_NAME, LONGEST_TEXT = 100, 300
#: Forms of address and degrees are no part of a name.
PREFIX = re.compile(r"((?:đ/c|đồng chí|(?:pgs|gs|ts|ths|cn|ks|bs)\.)[.:]?\s*)+(?=\S+ )"
                    # Ông is a family name too: of “Ông Văn Dũng” nothing is left out.
                    r"|(?:ông|bà)(?::\s*|\s+(?=\S+ \S+ \S))", re.IGNORECASE)
#: What no name has: a remark in brackets or behind a dash, a mark of the clerk.
REMARK = re.compile(r"[^\w\s.'’‘`ʼ-]|\s-|-\s|-$")
EMAIL = re.compile(r"[^@\s,;]+@[^@\s,;]+\.[^@\s.,;]{2,}")
LONGEST_EMAIL = 254
BETWEEN_ADDRESSES = re.compile(r"[;,\s]+")
NOTHING = frozenset({"", "-", "–", "không", "không có", "ko", "chưa có"})

MALE, FEMALE = "m", "f"
GENDERS = {"nam": MALE, "m": MALE, "male": MALE, "nữ": FEMALE, "nử": FEMALE, "nu": FEMALE,
           "f": FEMALE, "female": FEMALE}
#: What stands in a column “Nam” or “Nữ” to say yes.
MARKS = frozenset({"x", "1", "v", "✓", "✔", "√", "•", "*", "+", "có", "true"})
#: And what stands there to say no.
NO_MARKS = frozenset({"", "0", "-", "–", "false", "không"})


def read_text(value, font, hint):
    """A cell's ``value`` as clean Unicode text, from whatever charset it is in."""
    if not isinstance(value, str):
        return clean(str(value))
    return clean(read(value, font, hint).text)


def limited(text):
    """``text``, unless it is longer than a post or a unit can be: then CellFault."""
    if len(text) > LONGEST_TEXT:
        raise CellFault("text-long")
    return text


def read_name(cells, hint, warn=nobody):
    """The full name in one cell or in two (họ đệm | tên), each a (value, font) pair.

    Raises CellFault where it is none; ``warn`` is told of what was mended or looks odd.
    """
    readings = [read(str(value), font, hint) for value, font in cells]
    for charset in sorted({reading.charset for reading in readings if reading.charset}):
        warn(f"from-{charset}")
    if any(reading.lost for reading in readings):
        warn("letter-lost")
    return _checked(clean(" ".join(map(with_capitals, readings))), warn)


def with_capitals(reading):
    """The text of a ``reading`` of a name, with the capitals that its charset lacked."""
    # TCVN3 has no capitals with tones, so Ánh was typed ánh.
    if not reading.charset:
        return reading.text
    return " ".join(word[:1].upper() + word[1:] for word in reading.text.split())


def _checked(name, warn):
    if not name:
        raise CellFault("name-missing")
    prefix = PREFIX.match(name)
    if prefix:
        warn("prefix-dropped")
        name = name[prefix.end():]
    if any(sign.isdigit() for sign in name) or not any(sign.isalpha() for sign in name):
        raise CellFault("name-digits")
    if len(name) > LONGEST_NAME:
        raise CellFault("text-long")
    cased = propose_case(name)
    if cased != name:
        warn("capitals")
    if " " not in cased:
        warn("one-word")
    if REMARK.search(cased):
        warn("remark")
    return cased


def read_gender(text):
    """The gender that ``text`` names: ``m``, ``f``, or nothing for none."""
    word = text.lower().strip(" .")
    if word in NO_MARKS:
        return ""
    if word not in GENDERS:
        raise CellFault("gender-form")
    return GENDERS[word]


def read_email(text, warn=nobody):
    """The e-mail address in ``text``, in small letters; nothing where there is none."""
    if text.lower() in NOTHING:
        return ""
    addresses = [part for part in BETWEEN_ADDRESSES.split(text.lower()) if part]
    if not all(EMAIL.fullmatch(address) for address in addresses) or len(text) > LONGEST_EMAIL:
        raise CellFault("email-form")
    if len(addresses) > 1:
        warn("first-email")
    return addresses[0]
