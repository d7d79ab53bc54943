"""The lists of keys that stand behind the questions of a document, and whose they are."""
import re
import string
from itertools import groupby

from lms.kernel.i18n import _l
from lms.kernel.text import fold

from quizzes.questions.interchange import texts
from quizzes.questions.interchange.draft import Fault
from quizzes.questions.interchange.judged import judgements, truth_of
from quizzes.questions.interchange.key_grids import (
    PAIR,
    PAIRS,
    PART,
    Key,
    keys_of_grid,
    part_of,
)

#: Several keys in one line, which are a list wherever they stand.
KEYS_ONLY = re.compile(r"\s*(?:\d{1,4}(?:\s*[.:)-])?\s*[A-H]\b[\s,;|]*){2,}")
#: A line behind the last question, folded, without the dashes around it.
END = re.compile(r"het|(?:(?:[ivx]{1,4}|\d|[a-d])\s?[.)]\s*)?(?:bang\s+)?(?:dap an|huong dan cham)"
                 r"(?:\s+(?:va|chi tiet|tham khao|trac nghiem|de\b|ma de|phan|mon|cac cau|bai"
                 r"|cau hoi|thang diem|bieu diem|\().*)?")
#: What begins the key of one question in a list of them.
ENTRY = re.compile(r"(?:câu(?:\s+(?:hỏi|số))?|question)\s*(\d{1,3})\s*[.:)–-]?\s*", re.IGNORECASE)
NUMBERED = re.compile(r"\s*(\d{1,3})\s*[.:)–-]\s*")
#: The letters of the right options, and what is said of them: Chọn B. Vì luật nói thế.
NAMED = re.compile(r"[\s=>→–-]*(?:(?:đáp án|đ/?a|chọn)(?:\s{1,9}đúng)?(?:\s{1,9}là)?\s{0,9}:?"
                   r"\s{0,9})?([A-H](?:\s{0,9}(?:[,;&]|và)\s{0,9}[A-H])*)\s{0,9}"
                   r"(?:$|[.:;)–-]\s{0,9}(.*)|(?=vì\b)(.*))", re.IGNORECASE | re.DOTALL)
#: A number as an answer, with its unit.
VALUE = re.compile(r"[-–]?\d[\d.,/ ]{0,15}%?(?:\s?[^\W\d]{1,8})?\.?")
LONGEST_VALUE = 60
#: What stands beside numbers and letters where keys are listed.
BESIDE_KEYS = re.compile(r"câu hỏi|câu|đáp án|đ/a|[\s.:)|,;/-]+", re.IGNORECASE)
KEY = re.compile(r"\d{1,3}|[A-H]")
PAPER = re.compile(r"mã\s{0,5}đề(?:\s{0,5}thi)?\s{0,5}:?\s{0,5}(\d{3,4})\b", re.IGNORECASE)
DASHES = " .:*_=–—-()~…"
#: So many questions of one number are looked at: a paper has no more parts.
MOST_ALIKE = 20
#: So many keys that belong to no question are named.
MOST_LOST = 20


class KeyLists:
    """The keys that a document lists, taken line by line while its questions are ``found``."""

    def __init__(self, tables, lines):
        self.tables, self.keys, self.pieces = tables, [], []
        self.part, self.ended, self.grids, self.found = "", False, {}, {}
        codes = (PAPER.search(line.text) for line in lines if not line.cell)
        self.code = next((code[1] for code in codes if code), "")

    def begins(self, question):
        """A ``question`` begins: what follows is no list any more."""
        self.ended, self.last = False, question
        alike = self.found.setdefault(question.number, [])
        if len(alike) < MOST_ALIKE:
            alike.append(question)

    def takes(self, line):
        """Whether a ``line`` belongs to a list of keys, and not to a question."""
        if not self.found:
            return False
        if line.cell:
            if line.cell[0] not in self.grids:
                self.grids[line.cell[0]] = self._takes_table(line.cell[0])
            if self.grids[line.cell[0]]:
                return True
        text = f"{line.label} {line.text}".strip()
        if not line.label and self._ends(text):
            return True
        if self.ended:
            self.part = part_of(text) or self.part
            text = PART.sub("", text, count=1)
        return self._takes_pairs(text) or self._takes_entries(text) or (
            self.ended and self._takes_pieces(text))

    def _ends(self, text):
        """Whether ``text`` is the line behind the last question; keys may follow it there."""
        head, colon, rest = text.partition(":")
        if END.fullmatch(fold(head).strip(DASHES)) is None or (
                colon and rest.strip() and not PAIRS.fullmatch(rest)):
            return False
        self.last.field, self.ended, self.part = "aside", True, part_of(head.partition("án")[2])
        return not rest.strip() or self._takes_pairs(rest)

    def _takes_table(self, number):
        keys = keys_of_grid(self.tables.get(number, []), self.found.keys())
        # Before the end only what judges or names options is a key: else it is a table to read.
        if not self.ended and not all(
                any(one.options and _suits(one, key.text) for one in self.found[key.number])
                for key in keys if key.number in self.found):
            return False
        self.keys += [key._replace(part=key.part or self.part) for key in keys]
        if keys:
            self.last.field = "aside"
        return bool(keys)

    def _takes_pairs(self, text):
        if not (PAIRS if self.ended else KEYS_ONLY).fullmatch(text):
            return False
        self.keys += [Key(*pair.groups(), self.part) for pair in PAIR.finditer(text)]
        return True

    def _takes_entries(self, text):
        """Keys that each name their question: Câu 1: B; behind the end a number does."""
        starts = list(ENTRY.finditer(text)) if ENTRY.match(text) else list(
            filter(None, [NUMBERED.match(text)])) if self.ended else []
        if not starts:
            return False
        ends = [*(start.start() for start in starts[1:]), len(text)]
        keys = [Key(start[1], text[start.end():end].strip(" \t,;"), self.part)
                for start, end in zip(starts, ends, strict=True)]
        if not all(any(
                self._answers(key, one) for one in self.found.get(key.number, ())) for key in keys):
            return False
        self.keys += keys
        return True

    def _answers(self, key, question):
        """Whether an entry is the key of a ``question``, and not another question."""
        if not _suits(question, key.text):
            return False
        return bool(question.options) or (self.ended and not question.cells.get("right") and (
            question.under.kind == "short" or VALUE.fullmatch(key.text) is not None))

    def _takes_pieces(self, text):
        """Numbers and letters, without a table around them."""
        pieces = BESIDE_KEYS.sub(" ", text).split()
        if not pieces or not all(map(KEY.fullmatch, pieces)):
            return False
        if not self.pieces and len(pieces) == 1 and pieces[0].isalpha() and (
                self.last.options and not self.last.own_key()):
            self.last.cells["right"] = pieces[0]
            return True
        self.pieces += pieces
        return True

    def deal(self):
        """Give each key to its question; says what is not clear."""
        self.keys += [Key(*pair, self.part) for pair in _paired(self.pieces)]
        codes = dict.fromkeys(key.code for key in self.keys if key.code)
        if len(codes) > 1 and self.code not in codes:
            yield Fault(_l("list of keys"), _l(
                "The list has the keys of several papers: %(codes)s. Leave only the row of this "
                "paper, or write “Mã đề” and its number above the questions.",
                codes=", ".join(codes)))
        dealt, parts = set(), {one.under.part for alike in self.found.values() for one in alike}
        lost = 0
        for key in self.keys:
            if key.code and len(codes) > 1 and key.code != self.code:
                continue
            question = next((one for one in self.found.get(key.number, ())
                             if id(one) not in dealt and _suits(one, key.text)
                             and (key.part not in parts or one.under.part == key.part)), None)
            if question is None:
                lost += 1
                if lost > MOST_LOST:
                    continue
                yield Fault(_l("list of keys"), _l(
                    "“%(key)s” stands for question %(number)s, and no question that it could "
                    "answer has this number. Look at the number and at the key.",
                    key=key.text[:40], number=key.number))
                continue
            dealt.add(id(question))
            if told := _told(key, question):
                yield told


def _paired(pieces):
    """The letter of each number, where so many letters follow so many numbers: in pairs, or a row
    of numbers above a row of letters.
    """
    runs = [list(run) for _number, run in groupby(pieces, key=str.isdecimal)]
    if not runs or not runs[0][0].isdecimal():
        return []
    return [pair for numbers, letters in zip(runs[::2], runs[1::2], strict=False)
            if len(numbers) == len(letters) for pair in zip(numbers, letters, strict=True)]


def _suits(question, text):
    """Whether ``text`` can be the key of a ``question``: letters or judgements where it has
    options, else a word or a number.
    """
    if not question.options:
        return 0 < len(text) <= LONGEST_VALUE
    if judgements(text, len(question.options)):
        return True
    return not question.judged and NAMED.fullmatch(text) is not None


def _told(key, question):
    """Tell the ``question`` its key; gives what is to be said where it names another itself."""
    text, said = key.text, ""
    named = NAMED.fullmatch(text) if question.options else None
    if named and not judgements(text, len(question.options)):
        text, said = re.sub(r"\s*(?:và|&)\s*", ", ", named[1].upper()), named[2] or named[3] or ""
    if not question.options and truth_of(text):
        text = "Đúng" if truth_of(text) == "T" else "Sai"
    own = question.own_key()
    if not question.cells.get("right"):
        question.cells["right"] = text
    if said and not question.cells.get("explanation_vi") and fold(said) not in _words(question):
        question.cells["explanation_vi"] = texts.tidy(said)
    if own and _signs(own) != _signs(text):
        return Fault(question.place, _l(
            "The list of keys says %(key)s, the question itself %(own)s. %(taken)s is taken: look "
            "which is right.", key=text, own=own, taken=question.cells["right"]))
    return None


def _words(question):
    return [fold(text).strip(" .") for text, *_marks in question.options]


def _signs(key):
    """The letters of a key, in whatever way they are parted and ordered."""
    return sorted(sign for sign in key.upper() if sign in string.ascii_uppercase + "Đ")
