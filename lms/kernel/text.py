"""Vietnamese text: cleaned, folded for finding, keyed for sorting, names taken apart."""
import re
import string
import unicodedata
from functools import lru_cache

#: Letters of other languages that look like the Vietnamese Đ and are typed in its place.
LOOKALIKES = str.maketrans({"\u00d0": "Đ", "\u0189": "Đ", "\u00f0": "đ"})
#: Characters that show nothing, or that no database keeps: controls, zero-width, directions.
INVISIBLE = re.compile("[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u200b-\u200f\u202a-\u202e"
                       "\u2060-\u206f\ufeff\ud800-\udfff]")
SOFT_HYPHEN = "\u00ad"

#: The dictionary's order of letters; loan letters stand where the Latin alphabet has them.
ALPHABET = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
LETTERS = {letter: chr(ord("A") + place) for place, letter in enumerate(ALPHABET)}
#: Letters that do not fall apart into a letter of the alphabet and a mark.
FOREIGN = {"æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "ı": "i", "ħ": "h", "þ": "th"}
#: The dictionary's order of tones: ngang (0), huyền, hỏi, ngã, sắc, nặng.
TONES = {"\u0300": 1, "\u0309": 2, "\u0303": 3, "\u0301": 4, "\u0323": 5}

#: Family names of two words, which are never parted.
COMPOUND_FAMILIES = ("ton that", "ton nu")

#: What parts two syllables; an apostrophe does not (H'Mông).
BETWEEN_SYLLABLES = re.compile("[^\\w'’\u0300-\u036f\u00ad]+")
DIGITS = re.compile(r"\d+")
WORD = re.compile(r"[^\W\d_]+")
#: Numbers inside a title are ordered up to this many digits.
DIGITS_ORDERED = 8


def clean(text):
    """``text`` composed (NFC), Đ as the Vietnamese letter, blanks single, nothing invisible.

    Text in a font of before Unicode must be read by ``lms.kernel.legacy`` first: there
    U+00D0 is another letter.
    """
    if text.isascii() and text.isprintable():
        return " ".join(text.split())
    visible = INVISIBLE.sub("", text).translate(LOOKALIKES)
    return " ".join(unicodedata.normalize("NFC", visible).split())


def fold(text):
    """``text`` as it is searched: no marks, đ as d, small letters, single blanks."""
    lowered = clean(text).lower()
    if not lowered.isascii():
        parts = unicodedata.normalize("NFD", lowered.replace("đ", "d").replace(SOFT_HYPHEN, ""))
        plain = "".join(c for c in parts if not unicodedata.combining(c))
        lowered = unicodedata.normalize("NFC", plain).lower()
    return " ".join(lowered.split())


def title_key(text):
    """The key by which titles and names of units sort as in a Vietnamese dictionary.

    Syllable by syllable: the letters, then the tone; numbers by their value.  All its
    characters are ASCII, so a plain binary index sorts rightly in every database
    (never a case-insensitive one: "A" stands for a, "a" for z).
    """
    syllables = BETWEEN_SYLLABLES.split(clean(text).casefold())
    return "!".join(_syllable_key(syllable) for syllable in syllables if syllable)


def name_key(full_name):
    """The key by which people stand in a clerk's list: tên, then họ, then đệm.

    The fields are compared one after the other, the tone of the given name before the
    family name; Hòa and Hoà, capitals and decomposed text have one key.
    """
    family, middle, given = split_name(full_name)
    return f"{title_key(given)} {title_key(family)} {title_key(middle)}"


@lru_cache(maxsize=16384)
def _syllable_key(syllable):
    parts = unicodedata.normalize("NFD", syllable)
    # The tone belongs to the syllable, wherever it is written: hòa is hoà.
    tone = next((TONES[part] for part in parts if part in TONES), 0)
    toneless = "".join(part for part in parts if part not in TONES)
    letters = DIGITS.sub(_number_key, unicodedata.normalize("NFC", toneless))
    return f"{''.join(map(_letter_key, letters))}#{tone}"


def _number_key(number):
    return "".join(str(unicodedata.decimal(digit)) for digit in number[0]).zfill(DIGITS_ORDERED)


def _letter_key(character):
    if character in LETTERS:
        return LETTERS[character]
    if character in string.digits:
        return character
    base = unicodedata.normalize("NFD", character)[0]
    base = FOREIGN.get(base, base)
    if all(letter in LETTERS for letter in base):
        return "".join(LETTERS[letter] for letter in base)
    # Another script comes after z, in the order of Unicode.
    return f"~{ord(character):06x}" if character.isalpha() else ""


def split_name(full_name):
    """``full_name`` as (họ, đệm, tên); the only word of a name is the given name."""
    words = clean(full_name).split()
    if not words:
        return "", "", ""
    compound = len(words) > 2 and fold(" ".join(words[:2])) in COMPOUND_FAMILIES
    family = min(2 if compound else 1, len(words) - 1)
    return " ".join(words[:family]), " ".join(words[family:-1]), words[-1]


def propose_case(name):
    """A name typed all in capitals, or all in small letters, as it is usually written.

    Each word begins with a capital, so the A of a Mông name stays; any other name is
    left as it is typed.
    """
    name = clean(name)
    if not (name.isupper() or name.islower()):
        return name
    return WORD.sub(lambda word: word[0][0].upper() + word[0][1:].lower(), name)


def initials(full_name):
    """The first letters of a name as they are searched: ``nva`` for Nguyễn Văn A."""
    return "".join(word[0] for word in WORD.findall(fold(full_name)))
