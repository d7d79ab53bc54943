"""The lists of keys that stand behind the questions of a document."""
import re
from itertools import groupby

from quizzes.questions.interchange.judged import judgements

#: A line of a list of keys that judges the statements of a question: Câu 1: a) Đúng b) Sai.
JUDGED_KEY = re.compile(r"\s*(?:câu\s*)?(\d{1,3})\s*[.:)-]?\s*(.+)", re.IGNORECASE)
#: A table of keys: 1. A 2. B 3. C
KEYS = re.compile(r"(\d{1,4})\s*[.:)-]?\s*([A-H])\b")
KEYS_ONLY = re.compile(r"\s*(?:\d{1,4}(?:\s*[.:)-])?\s*[A-H]\b[\s,;|]*){2,}")
#: What stands beside numbers and letters where keys are listed.
BESIDE_KEYS = re.compile(r"câu hỏi|câu|đáp án|đ/a|[\s.:)|,;/-]+", re.IGNORECASE)
KEY = re.compile(r"\d{1,4}|[A-H]")


def keys_in(line, ended):
    """The numbers and letters of a line that holds nothing else, in their order; else none.

    Until the questions have ``ended`` only several pairs in one line are keys.
    """
    if not ended:
        return [piece for pair in KEYS.findall(line.text) for piece in pair] if (
            not line.label and KEYS_ONLY.fullmatch(line.text)) else []
    pieces = BESIDE_KEYS.sub(" ", f"{line.label} {line.text}").split()
    return pieces if all(map(KEY.fullmatch, pieces)) else []


def deal(listed, found):
    """Give the letters ``listed`` to the questions ``found`` that tell no key themselves; where
    each part counts from 1 they are those of the first question of a number.
    """
    keys = _dealt(listed)
    for question in found:
        if question.number in keys and not (question.cells.get("right") or question.judged):
            question.cells["right"] = keys.pop(question.number)


def _dealt(listed):
    """The letter of each number, where so many letters follow so many numbers: in pairs, or a row
    of numbers above a row of letters.
    """
    runs = ["".join(f"{piece} " for piece in run).split() for _number, run in groupby(
        listed, key=str.isdecimal)]
    if not runs or not runs[0][0].isdecimal():
        return {}
    return {number: letter for numbers, letters in zip(runs[::2], runs[1::2], strict=False)
            if len(numbers) == len(letters)
            for number, letter in zip(numbers, letters, strict=True)}


def judged_by(text, found):
    """Whether a line of a list of keys judges the statements of one of the questions ``found``,
    which is told so.
    """
    key = JUDGED_KEY.fullmatch(text)
    # A part that says so holds the statements; where none does any question may.
    question = next((one for one in [one for one in found if one.judged] or found if key and (
        one.number == key[1] and not one.cells.get("right")
        and judgements(key[2], len(one.options)))), None)
    if question is not None:
        question.cells["right"] = key[2]
    return question is not None
