"""Text typed with the fonts of before Unicode, TCVN3 (.VnTime) and VNI, read as Unicode."""
import json
import re
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from lms.kernel.syllables import is_syllable, words_of
from lms.kernel.text import clean

TCVN3, VNI = "tcvn3", "vni"
DATA = Path(__file__).parent / "data" / "legacy_vi.json"

#: .VnTime, .VnArial, …; those that end in H (.VnTimeH) show small letters as capitals.
TCVN3_FONT = re.compile(r"\.vn", re.IGNORECASE)
CAPITALS_FONT = re.compile(r"\.[Vv][Nn].*H( |$)")
VNI_FONT = re.compile(r"vni[- ]", re.IGNORECASE)

#: Letters and marks that no font of before Unicode has; µ is one that some programs change.
UNICODE_ONLY = re.compile("(?![μ])[\u0100-\u02af\u0300-\u036f\u0370-\u1fff]")
#: Letters of Western Europe that TCVN3 leaves unused.
NOT_IN_TCVN3 = re.compile("[À-ÅÍÙ-Ûàðÿ]")
VOWELS = "aeiouy"


@dataclass(frozen=True)
class Reading:
    """Text as it was read: what it says, in which charset it was, and what got lost.

    ``lost`` are (word, likely word) pairs: TCVN3 keeps ư at the soft hyphen, which many
    programs drop, so that Hưng arrives as Hng.
    """

    text: str
    charset: str | None = None
    lost: tuple = ()


@cache
def _tables():
    """The letters of TCVN3 by code, the marks of VNI by sign, and its single letters."""
    data = json.loads(DATA.read_text(encoding="utf-8"))
    tcvn3 = {int(code, 16): letter for code, letter in data["tcvn3"].items()}
    tcvn3[ord("μ")] = tcvn3[ord("µ")]
    marks = {sign: "".join(chr(int(code[2:], 16)) for code in codes)
             for sign, codes in data["vni_two_char_marks"].items()}
    single = data["vni_single"]
    return (tcvn3, marks | {sign.upper(): codes for sign, codes in marks.items()},
            single | {sign.upper(): letter.upper() for sign, letter in single.items()})


def charset_of_font(font_name):
    """``tcvn3`` or ``vni`` where the font is one of before Unicode, else None."""
    if not font_name:
        return None
    if TCVN3_FONT.match(font_name):
        return TCVN3
    return VNI if VNI_FONT.match(font_name) else None


def shows_capitals(font_name):
    """Whether the font shows small letters as capitals, as .VnTimeH does."""
    return bool(font_name and CAPITALS_FONT.match(font_name))


def decode_tcvn3(text, capitals=False):
    """TCVN3 ``text`` as clean Unicode; in ``capitals`` where its font shows only those."""
    decoded = clean(text.translate(_tables()[0]))
    return decoded.upper() if capitals else decoded


def decode_vni(text):
    """VNI ``text`` as clean Unicode: a letter's marks stand behind it as a sign of their own."""
    _, marks, single = _tables()
    decoded = []
    for sign in text:
        letter = decoded[-1] if decoded else ""
        if sign in marks and letter and _takes_a_mark(letter):
            decoded[-1] = unicodedata.normalize("NFC", letter + marks[sign])
        else:
            decoded.append(single.get(sign, sign))
    return clean("".join(decoded))


def _takes_a_mark(letter):
    # Ơ and ư, which VNI writes as one sign, take a tone; a letter with a tone takes no other.
    return letter.lower() in "ơư" or letter.lower() in VOWELS


def looks_legacy(text, font_name=None, hint=None):
    """In which charset of before Unicode ``text`` is, or None: ``tcvn3``, ``vni``.

    The name of the cell's font tells, or the ``hint`` of the cells beside it, unless the
    text then reads worse than it stands; without either, the reading that gives more
    Vietnamese syllables wins.
    """
    if text.isascii() or UNICODE_ONLY.search(text):
        return None
    standing = _syllables(text)
    told = charset_of_font(font_name) or hint
    if told:
        return told if READINGS[told](text) >= standing else None
    readings = {charset: reading(text) for charset, reading in READINGS.items()}
    best = max(readings, key=readings.get)
    marked = sum(not word.isascii() for word in words_of(text))
    return best if readings[best] > standing and readings[best] * 2 >= marked else None


def _reads_as_tcvn3(text):
    return -1 if NOT_IN_TCVN3.search(text) else _syllables(decode_tcvn3(text), text)


def _reads_as_vni(text):
    return _syllables(decode_vni(text), text)


#: How many syllables a text has when it is read in a charset; -1 if it cannot be in it.
READINGS = {TCVN3: _reads_as_tcvn3, VNI: _reads_as_vni}


def _syllables(text, typed=None):
    """How many of the words that bear marks, as ``typed``, are Vietnamese syllables."""
    pairs = zip(words_of(text), words_of(typed or text), strict=False)
    return sum(not before.isascii() and is_syllable(word) for word, before in pairs)


@lru_cache(maxsize=8192)
def read(text, font_name=None, hint=None):
    """``text`` of a cell in whatever charset it is, as a ``Reading``."""
    charset = looks_legacy(text, font_name, hint)
    if charset == TCVN3:
        decoded = decode_tcvn3(text, shows_capitals(font_name))
        return Reading(decoded, charset, lost_letters(decoded))
    if charset == VNI:
        return Reading(decode_vni(text), charset)
    if text.isascii() and shows_capitals(font_name):
        return Reading(text.upper())
    return Reading(text)


def lost_letters(text):
    """The words of decoded TCVN3 that lost an ư, each with the word it probably was."""
    found = []
    for word in words_of(text):
        if len(word) > 1 and not is_syllable(word):
            mended = [with_letter for with_letter in _with_a_letter(word)
                      if is_syllable(with_letter)]
            if len(mended) == 1:
                found.append((word, mended[0]))
    return tuple(found)


def _with_a_letter(word):
    letter = "Ư" if word.isupper() else "ư"
    return {word[:place] + letter + word[place:] for place in range(1, len(word) + 1)}
