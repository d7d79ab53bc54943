"""A question on paper: its options by letter, and an answer as somebody writes it down.  Pure.

On paper an answer is one word: a letter (B), several letters (AC), the letters in their order
(CAB), the letter of the right column for each line of the left (b1 a2 … as “BA”), Đ or S for each
statement (ĐSSĐ), or the words themselves, or the cell of the grid over a picture (C4), which stands
for its middle.
"""
import re
from typing import NamedTuple

from lms.kernel.text import clean

from quizzes.papers.grid import grid_of, right_cells, runs
from quizzes.questions.kinds.hotspot import place_of
from quizzes.questions.richtext import pictures, plain, without_pictures

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
ONE, SEVERAL, ORDER, PAIRS, JUDGED, WORDS, CELL = (
    "one", "several", "order", "pairs", "judged", "words", "cell")
#: How each kind that can be printed is answered on paper.
WAYS = {"single": ONE, "truefalse": ONE, "multiple": SEVERAL, "ordering": ORDER,
        "matching": PAIRS, "statements": JUDGED, "short": WORDS, "number": WORDS, "hotspot": CELL}
#: How a statement is judged on paper, and what else is read as that.
TRUTHS = {"T": "Đ", "F": "S"}
READ_AS = {"Đ": "T", "D": "T", "T": "T", "S": "F", "F": "F"}
#: What stands for “no answer” in a sequence.
NOTHING = "-"


class Printed(NamedTuple):
    """A question as a paper shows it: pairs of a letter (or a number) and its words; pictures as
    pairs of what they belong to (a letter, or nothing for the stem) and the id of the file.
    """

    way: str
    stem: str
    options: tuple
    matches: tuple = ()
    pictures: tuple = ()


class Unreadable(ValueError):
    """What was typed is no answer to the question on this paper; ``code`` says why: letter
    (there is no such), many (more than one), twice (a letter comes twice), cell (there is no
    such), truth (neither Đ nor S).
    """

    def __init__(self, code, text):
        super().__init__(code)
        self.code, self.text = code, text


def printed(kind, version, order, at_hand=()):
    """The question as printed, its options in ``order`` (keys).

    ``at_hand`` are the ids of the files that can be printed; of other pictures the words that
    stand for them are.
    """
    way = WAYS[kind]
    by_key = {option["key"]: option["vi"] for option in version.options}
    marks = (map(str, range(1, len(order) + 1)) if way == PAIRS
             else LETTERS.lower() if way == JUDGED else LETTERS)
    options = () if way in (WORDS, CELL) else tuple(
        zip(marks, (by_key[key] for key in order), strict=False))
    matches = () if way == JUDGED else tuple(
        zip(LETTERS, (match["vi"] for match in version.matches or ()), strict=False))
    texts = (("", version.stem_vi), *options, *matches)
    return Printed(
        way, _words(version.stem_vi, at_hand),
        tuple((mark, _words(text, at_hand)) for mark, text in options),
        tuple((mark, _words(text, at_hand)) for mark, text in matches),
        tuple((mark, key) for mark, text in texts for key in pictures(text) if key in at_hand))


def pictures_in(version):
    """The ids of the files of all the pictures that ``version`` shows."""
    texts = (version.stem_vi, *(one["vi"] for one in (*(version.options or ()),
                                                      *(version.matches or ()))))
    return [key for text in texts for key in pictures(text)]


def _words(text, at_hand):
    return plain(without_pictures(text, at_hand))


def read_typed(kind, version, order, text):
    """The answer, as the kind of the question takes it, in what somebody typed from a paper.

    Raises Unreadable.
    """
    way, text = WAYS[kind], clean(text)
    if not text or set(text) == {NOTHING}:
        return []
    if way in (WORDS, CELL):
        return [text if way == WORDS else _middle(version, text)]
    if way == PAIRS:
        return _pairs(version, order, text)
    if way == JUDGED:
        return _judged(order, text)
    keys = [_key(order, letter, text) for letter in _letters(text)]
    if way == ONE and len(keys) > 1:
        raise Unreadable("many", text)
    if len(set(keys)) < len(keys):
        raise Unreadable("twice", text)
    if way == ORDER:
        return [f"{key}={place}" for place, key in enumerate(keys, 1)]
    return [key for key in (option["key"] for option in version.options) if key in keys]


def _middle(version, text):
    """The middle of the cell that ``text`` names."""
    place = grid_of(version).middle(_letters(text))
    if place is None:
        raise Unreadable("cell", text)
    return place


def _letters(text):
    return re.sub(r"[\s,.;]", "", text).upper()


def _key(order, letter, text):
    place = LETTERS.find(letter)
    if not 0 <= place < len(order):
        raise Unreadable("letter", text)
    return order[place]


def _pairs(version, order, text):
    letters = re.sub(r"\d", "", _letters(text))
    partners = [match["key"] for match in version.matches]
    if len(letters) > len(order):
        raise Unreadable("many", text)
    return [f"{key}={_key(partners, letter, text)}"
            for key, letter in zip(order, letters, strict=False) if letter != NOTHING]


def _judged(order, text):
    """Đ or S for each statement, in the order of the paper."""
    signs = _letters(text)
    if len(signs) > len(order):
        raise Unreadable("many", text)
    if not set(signs) <= {*READ_AS, NOTHING}:
        raise Unreadable("truth", text)
    return [f"{key}={READ_AS[sign]}" for key, sign in zip(order, signs, strict=False)
            if sign != NOTHING]


def typed(kind, version, order, answer):
    """``answer`` as it is written on paper: the inverse of reading it."""
    way = WAYS[kind]
    if way == WORDS:
        return answer[0] if answer else ""
    if way == CELL:
        return grid_of(version).cell_at(place_of(answer[0])) if answer else ""
    if way == PAIRS:
        partners = [match["key"] for match in version.matches]
        given = dict(pair.split("=", 1) for pair in answer)
        return "".join(LETTERS[partners.index(given[key])] if key in given else NOTHING
                       for key in order)
    if way == JUDGED:
        given = dict(pair.split("=", 1) for pair in answer)
        return "".join(TRUTHS.get(given.get(key), NOTHING) for key in order)
    if way == ORDER:
        keys = [pair.split("=", 1)[0]
                for pair in sorted(answer, key=lambda pair: int(pair.split("=", 1)[1]))]
        return "".join(LETTERS[order.index(key)] for key in keys)
    return "".join(sorted(LETTERS[order.index(key)] for key in answer))


def key_of(kind, version, order):
    """What is right, as the key on paper says it."""
    if WAYS[kind] == WORDS:
        return "; ".join(plain(text) for text in version.right)
    if WAYS[kind] == CELL:
        return runs(right_cells(version))
    right = ([f"{key}={place}" for place, key in enumerate(version.right, 1)]
             if kind == "ordering" else version.right)
    return typed(kind, version, order, right)
