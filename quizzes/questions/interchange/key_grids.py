"""Tables of keys as papers end with: a row of numbers above a row of answers, or in columns."""
import re
from itertools import zip_longest
from typing import NamedTuple

from lms.kernel.text import fold

#: Part of a paper that counts its questions from 1, as keys and headings name it.
PART = re.compile(r"^\s*phần\s+([ivx]+|\d+)\b[\s.:–-]*", re.IGNORECASE)
#: A number of a question, and behind it the letter of one of its statements: 3, Câu 3, 3a.
NUMBER = re.compile(r"(?:[Cc]âu|CÂU)?\s*(\d{1,3})\s{0,5}[.:]?\s{0,5}"
                    r"(?:([a-h])\s{0,5}[).]?)?")
#: The letter of a statement: a) b) c) d)
STATEMENT = re.compile(r"(?:[Ýý]\s*)?([a-h])\s*[).]?")
#: Several keys in one cell or line: 1. A 2. B
PAIR = re.compile(r"(\d{1,3})\s*[.:)-]?\s*([A-H])\b")
PAIRS = re.compile(r"\s*(?:\d{1,3}(?:\s*[.:)-])?\s*[A-H]\b[\s,;|]*)+")
CODE = re.compile(r"(?:mã\s{0,5}(?:đề)?(?:\s{0,5}thi)?\s{0,5}:?\s{0,5})?(\d{3,4})",
                  re.IGNORECASE)
#: What stands before a row of numbers, folded.
NUMBERS_CALLED = ("cau", "cau hoi", "cau so", "stt", "so", "ma de", "ma de thi", "cau / ma de",
                  "ma de / cau", "cau\\ma de", "ma de\\cau", "")
#: No table of keys is wider or longer.
MOST = 200


class Key(NamedTuple):
    """What a list says of the question ``number``; the ``part`` it is in, and the ``code`` of the
    paper, where the list names them.
    """

    number: str
    text: str
    part: str = ""
    code: str = ""


def part_of(text):
    """The number of the part that ``text`` begins with the name of, or nothing."""
    found = PART.match(text)
    return found[1].upper() if found else ""


def keys_of_grid(rows, known):
    """The keys in the ``rows`` of a table, of texts; none where it is no table of keys.

    ``known`` are the numbers of the questions: of its two ways to be read the one counts that names
    more of them.
    """
    if len(rows) > MOST or max(map(len, rows), default=0) > MOST:
        return []
    rows = [[text.strip() for text in row] for row in rows]
    turned = [list(column) for column in zip_longest(*rows, fillvalue="")]
    ways = (_pairs(rows), _by_rows(rows), _by_rows(turned))
    best = max(ways, key=lambda keys: len({key.number for key in keys} & known))
    named = {key.number for key in best}
    return best if len(named & known) * 2 > len(named) else []


def _pairs(rows):
    """The keys of a table that has number and letter in each of its cells."""
    cells = [text for row in rows for text in row if text]
    if not all(map(PAIRS.fullmatch, cells)):
        return []
    return [Key(*pair.groups()) for text in cells for pair in PAIR.finditer(text)]


def _by_rows(rows):
    """The keys of rows of numbers, each with the rows of answers below it."""
    told, numbers, letters, part, answered = {}, {}, {}, "", True
    for row in rows:
        if len(set(filter(None, row))) == 1 and (named := part_of(next(filter(None, row)))):
            part, numbers, answered = named, {}, True
            continue
        if answered and (found := _numbers(row, numbers)):
            numbers, letters, answered = found, {}, False
        elif numbers and (found := _letters(row, numbers)) and not answered:
            letters = found
        elif numbers:
            label = row[0] if 0 not in numbers else ""
            code, letter = CODE.fullmatch(label), STATEMENT.fullmatch(label)
            for column, (number, own) in numbers.items():
                if text := row[column]:
                    name = own or letters.get(column) or (letter[1] if letter else "")
                    told.setdefault((part, number, code[1] if code else ""), []).append(
                        f"{name}) {text}" if name else text)
                    answered = True
    return [Key(number, " ".join(texts), part, code)
            for (part, number, code), texts in told.items()]


def _numbers(row, before):
    """The question of each column, with the letter of a statement, where ``row`` holds nothing else
    and they rise; a blank below columns that were made one is the same question.

    One number alone is such a row where it is called so, or goes on from the row ``before``.
    """
    called = fold(row[0]) in NUMBERS_CALLED
    cells = row[1:] if called else row
    found = [NUMBER.fullmatch(text) for text in cells if text]
    values = [int(one[1]) for one in found if one]
    goes_on = before and values[:1] == [1 + max(int(number) for number, _own in before.values())]
    least = 1 if called and row[0] or goes_on else 2
    if not all(found) or len(found) < least or values != sorted(values):
        return {}
    numbers, last = {}, None
    for column, text in enumerate(cells, len(row) - len(cells)):
        told = NUMBER.fullmatch(text)
        last = (str(int(told[1])), told[2] or "") if told else last
        if last:
            numbers[column] = last
    return numbers


def _letters(row, numbers):
    """The statement of each column of ``numbers``, where ``row`` names the first ones in turn."""
    found = {column: STATEMENT.fullmatch(row[column]) for column in numbers if row[column]}
    told = [one[1] for one in found.values() if one]
    if len(told) != len(found) or told[:2] != ["a", "b"]:
        return {}
    return {column: one[1] for column, one in found.items()}
