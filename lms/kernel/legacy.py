"""Text typed with the fonts of before Unicode: TCVN3 (.VnTime) and VNI, read as Unicode."""
import json
import re
import unicodedata
from functools import cache
from pathlib import Path

from lms.kernel.text import clean

DATA = Path(__file__).parent / "data" / "legacy_vi.json"

#: A Vietnamese syllable: an onset, a vowel group with at most one tone, a coda.
SYLLABLE = re.compile(
    r"(b|ch|c|d|đ|gh|gi|g|h|kh|k|l|m|ngh|ng|nh|n|ph|p|qu|q|r|s|th|tr|t|v|x)?"
    r"[aăâeêioôơuưy]{1,3}(ch|c|m|ng|nh|n|p|t)?$")
TONE_MARKS = "\u0300\u0301\u0303\u0309\u0323"


@cache
def tables():
    """The code tables: TCVN3 by byte, VNI's marks after a vowel, VNI's single letters."""
    data = json.loads(DATA.read_text(encoding="utf-8"))
    tcvn3 = {int(code, 16): letter for code, letter in data["tcvn3"].items()}
    marks = {mark: "".join(chr(int(code[2:], 16)) for code in codes)
             for mark, codes in data["vni_two_char_marks"].items()}
    marks |= {mark.upper(): codes for mark, codes in marks.items()}
    single = dict(data["vni_single"])
    single |= {letter.upper(): value.upper() for letter, value in single.items()}
    return tcvn3, marks, single


def decode_tcvn3(text, capitals=False):
    """Text in TCVN3 as Unicode; ``capitals`` for a font such as .VnTimeH that shows them."""
    decoded = clean(text.translate(tables()[0]))
    return decoded.upper() if capitals else decoded


def decode_vni(text):
    """Text in VNI as Unicode: a mark stands after its vowel."""
    _tcvn3, marks, single = tables()
    out = []
    for character in text:
        before = out[-1][-1:] if out else ""
        vowel = unicodedata.normalize("NFD", before)[:1].lower()
        if character in marks and vowel and vowel in "aeiouy":
            out[-1] = unicodedata.normalize("NFC", out[-1] + marks[character])
        else:
            out.append(single.get(character, character))
    return clean("".join(out))


def _bare(syllable):
    parts = unicodedata.normalize("NFD", syllable.lower())
    kept = "".join(c for c in parts if c not in TONE_MARKS)
    return unicodedata.normalize("NFC", kept), sum(c in TONE_MARKS for c in parts)


def valid_share(text):
    """The share of the words of ``text`` that can be Vietnamese syllables, from 0 to 1."""
    words = re.findall(r"[^\W\d_]+", text)
    if not words:
        return 0.0
    good = 0
    for word in words:
        bare, tones = _bare(word)
        lower = word[1:] == word[1:].lower() or word == word.upper()
        good += bool(SYLLABLE.match(bare)) and tones <= 1 and lower
    return good / len(words)


def looks_legacy(text, font_name=None):
    """``tcvn3``, ``vni`` or None: by the cell's font, else by which reading is Vietnamese."""
    if font_name:
        font = font_name.lower()
        if font.startswith(".vn"):
            return "tcvn3"
        if font.startswith("vni"):
            return "vni"
    if text.isascii():
        return None
    as_is = valid_share(clean(text))
    readings = {"tcvn3": valid_share(decode_tcvn3(text)), "vni": valid_share(decode_vni(text))}
    best = max(readings, key=readings.get)
    return best if readings[best] > as_is and readings[best] >= 0.75 else None
