"""The ways in which somebody is named in a text, and taking the name out of texts."""
import json
import re
import unicodedata
from functools import lru_cache
from html import unescape
from typing import NamedTuple

from sqlalchemy import Text, cast, or_, select

from lms.kernel.db import db
from lms.kernel.text import INVISIBLE, LOOKALIKES, SOFT_HYPHEN, TONES, fold, split_name

#: What may stand between the words of a name; a name of three words is known without it, too.
BETWEEN, CLOSE = r"[\s.,_–-]{1,3}", r"[\s.,_–-]{0,3}"
#: A name begins and ends where no letter or figure touches it.
BEGIN, END = r"(?<![^\W_])", r"(?![^\W_])"
TAG = re.compile(r"<[^>]*>")


class Naming(NamedTuple):
    """Somebody's ``full_name``; the ``codes`` that stand for them and for nobody else; the names
    of ``others`` in which theirs is contained (Nông Thị Lan Anh is not Nông Thị Lan).
    """

    full_name: str
    codes: tuple = ()
    others: tuple = ()

    def of_name_alone(self):
        """The Naming without its codes, for words that may be a code of something else."""
        return self._replace(codes=())

    def taken_out(self, value, instead):
        """``value``, a text or what JSON holds, with ``instead`` wherever a text in it names them.
        """
        if isinstance(value, str):
            return self._text_without(value, instead)
        if isinstance(value, list):
            return [self.taken_out(one, instead) for one in value]
        if isinstance(value, dict):
            return {key: self.taken_out(one, instead) for key, one in value.items()}
        return value

    def stands_in(self, value):
        """Whether a text in ``value``, which may be HTML, names them."""
        if isinstance(value, str):
            # The words of a picture stand within its tag.
            texts = {value, unescape(value), unescape(TAG.sub("", value))} if (
                "<" in value or "&" in value) else (value,)
            return any(self._places(readable(text)) for text in texts)
        parts = value.values() if isinstance(value, dict) else value
        return isinstance(value, list | dict) and any(map(self.stands_in, parts))

    def _text_without(self, text, instead):
        words = readable(text)
        for start, end in reversed(self._places(words)):
            words = text = words[:start] + instead + words[end:]
        return text

    def _places(self, text):
        """Where ``text`` names them, as (start, end), from the left."""
        # Every way to write a name has the given name whole, which most texts have not.
        if not _hint(self.full_name, self.codes).search(text):
            return []
        found = [place.span() for place in _ways(self.full_name, self.codes).finditer(text)]
        taken = [place.span() for place in _longer(self.others).finditer(text)] if (
            found and self.others) else []
        return [(start, end) for start, end in found
                if not any(begin <= start and end <= stop for begin, stop in taken)]


def readable(text):
    """``text`` in composed Unicode, without what shows nothing."""
    if text.isascii() and text.isprintable():
        return text
    visible = INVISIBLE.sub("", text).replace(SOFT_HYPHEN, "").translate(LOOKALIKES)
    return unicodedata.normalize("NFC", visible)


@lru_cache(64)
def _ways(full_name, codes):
    """The pattern of everything that is the name or one of the codes."""
    words = readable(full_name).split()
    ways = [BEGIN + re.escape(words[0]) + END] if len(words) == 1 else [
        way for spelled in (words, fold(full_name).split()) for way in _written(spelled)]
    return re.compile("|".join(ways + [rf"(?<!\w){re.escape(code)}(?!\w)" for code in codes]))


@lru_cache(64)
def _hint(full_name, codes):
    """A pattern without which no text names them: the given name, or a code."""
    given = split_name(readable(full_name))[2]
    words = {*_toned(given), *_toned(fold(given)), *codes}
    return re.compile("|".join(map(re.escape, sorted(words))), re.IGNORECASE)


@lru_cache(64)
def _longer(others):
    """The pattern of the names of ``others``, with their marks or without."""
    names = {re.escape(name) for other in others for name in (readable(other), fold(other))}
    return re.compile(f"{BEGIN}(?i:{'|'.join(sorted(names, key=len, reverse=True))}){END}")


def _written(words):
    """The patterns of a name of several ``words``: whole, turned round, with initials.

    Whole it may stand in small letters or capitals.  Of two words only a comma tells a name that
    is turned round ("Anh, Lý") from a form of address ("anh Lý").
    """
    family, middle, given = (part.split() for part in split_name(" ".join(words)))
    spelled = {word: f"(?:{'|'.join(map(re.escape, sorted(_toned(word))))})" for word in words}
    long = len(words) > 2
    orders = [(family + middle + given, CLOSE if long else BETWEEN),
              (given + family + middle, BETWEEN if long else r"\s?,\s?")]
    if long:
        orders += [(given + middle + family, BETWEEN), (middle + given + family, BETWEEN)]
    for order, between in orders:
        yield f"{BEGIN}(?i:{between.join(spelled[word] for word in order)}){END}"
    blank = r"(?:\.\s?|\s)" if long else r"\.\s?"
    short = "".join(rf"(?:{word[0].upper()}{blank}|(?i:{spelled[word]})\s)"
                    for word in family + middle)
    last = "|".join(re.escape(form) for word in sorted(_toned(given[0]))
                    for form in (word.capitalize(), word.upper()))
    yield rf"{BEGIN}(?<![^\W_]\.)(?<![^\W_]\.\s){short}(?:{last}){END}"


def _toned(word):
    """A syllable with its tone above each of its vowels: hòa, hoà."""
    parts = unicodedata.normalize("NFD", word.lower())
    tone = next((part for part in parts if part in TONES), "")
    bare = unicodedata.normalize("NFC", "".join(part for part in parts if part not in TONES))
    return {unicodedata.normalize("NFC", bare[:place] + tone + bare[place:])
            for place in range(1, len(bare) + 1) if fold(bare[place - 1]) in "aeiouy"} or {word}


def rows_naming(columns, naming):
    """[(id, column, value)]: where the texts of the ``columns`` of one table, or what they hold
    as JSON, may name somebody and do.
    """
    return [(key, column, value) for column in columns
            for key, value in db.session.execute(
                select(column.class_.id, column).where(_perhaps(column, naming)))
            if value and naming.stands_in(value)]


def take_out(columns, naming, instead):
    """Put ``instead`` wherever a text of one of the ``columns``, or of what they hold as JSON,
    names somebody.
    """
    for column in columns:
        keys = [key for key, _column, _value in rows_naming([column], naming)]
        for row in db.session.scalars(select(column.class_).where(column.class_.id.in_(keys))):
            setattr(row, column.key, naming.taken_out(getattr(row, column.key), instead))
    db.session.flush()


def _perhaps(column, naming):
    """What the database can tell of it: the consonants of the given name, or a code.

    It knows neither marks nor capitals beyond English, and JSON keeps those letters as numbers.
    """
    bare = "".join(c if c.isascii() and c not in "aeiouy" else "%"
                   for c in split_name(readable(naming.full_name))[2].lower())
    text = cast(column, Text)
    return or_(text.ilike(f"%{bare}%"), *(
        text.contains(written, autoescape=True)
        for code in naming.codes for written in {code, json.dumps(code)[1:-1]}))
