"""Vietnamese text: cleaned, folded for finding, keyed for sorting, names taken apart."""
import re
import unicodedata
from functools import lru_cache

#: Letters that look like the Vietnamese Đ but are Icelandic or African ones.
LOOKALIKES = str.maketrans({"\u00d0": "Đ", "\u0189": "Đ", "\u00f0": "đ", "\u00a0": " "})
INVISIBLE = re.compile("[\u200b-\u200f\u2028-\u202e\u2060\ufeff]")

#: The dictionary order of letters; loan letters stand where the Latin alphabet has them.
ALPHABET = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
LETTER = {letter: chr(65 + place) for place, letter in enumerate(ALPHABET)}
#: Tones in dictionary order: ngang, huyền, hỏi, ngã, sắc, nặng.
TONES = {"\u0300": 1, "\u0309": 2, "\u0303": 3, "\u0301": 4, "\u0323": 5}


def clean(text):
    """``text`` composed (NFC), with the Vietnamese Đ, without what nobody sees and stray blanks."""
    text = unicodedata.normalize("NFC", INVISIBLE.sub("", text).translate(LOOKALIKES))
    return " ".join(text.split())


@lru_cache(maxsize=65536)
def fold(text):
    """``text`` as it is searched: no marks, đ as d, small letters, single blanks."""
    plain = unicodedata.normalize("NFD", clean(text).lower().replace("đ", "d"))
    return "".join(c for c in plain if not unicodedata.combining(c))


@lru_cache(maxsize=65536)
def _syllable_key(syllable):
    """The letters, then the tone of the whole syllable, so that Hòa and Hoà are one."""
    letters, tone = [], 0
    for character in syllable:
        base = []
        for part in unicodedata.normalize("NFD", character):
            if part in TONES:
                tone = TONES[part]
            else:
                base.append(part)
        letter = unicodedata.normalize("NFC", "".join(base))
        if letter in LETTER:
            letters.append(LETTER[letter])
        elif letter.isdigit():
            letters.append(letter)
    return f"{''.join(letters)}#{tone}"


def title_key(text):
    """The key that sorts titles as a Vietnamese dictionary does, by plain binary comparison."""
    return "!".join(_syllable_key(syllable) for syllable in clean(text).lower().split())


def split_name(full_name):
    """``full_name`` as (family, middle, given): họ, tên đệm, tên."""
    words = clean(full_name).split()
    if not words:
        return "", "", ""
    return (words[0] if len(words) > 1 else ""), " ".join(words[1:-1]), words[-1]


def name_key(full_name):
    """The key that sorts names as a clerk's list does: tên, then họ, then tên đệm.

    All its characters are ASCII, so a plain binary index sorts correctly in every database.
    """
    family, middle, given = split_name(full_name)
    return " ".join(title_key(part) for part in (given, family, middle))


def propose_case(name):
    """A name typed in capitals, as it is usually written; other names are left alone."""
    if name != name.upper():
        return name
    return " ".join(word[:1].upper() + word[1:].lower() for word in name.split())


def initials(full_name):
    """The first letters of a name, folded: ``nva`` for Nguyễn Văn A."""
    return "".join(word[0] for word in fold(full_name).split())
