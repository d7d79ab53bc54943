"""The lines of one question of a document: its words, its options, and which of them stand out."""
import re
import string
from dataclasses import replace
from typing import NamedTuple

from lms.kernel.i18n import _l
from lms.kernel.text import fold

from quizzes.questions.interchange import sheet_words as words
from quizzes.questions.interchange import texts
from quizzes.questions.interchange.draft import Unreadable, number_of
from quizzes.questions.interchange.judged import without_judgement
from quizzes.questions.interchange.rows import Row
from quizzes.questions.kinds.base import MOST_ROWS

#: A letter that begins an option; several may stand in one line, parted by blanks.
OPTION = re.compile(r"(?:(?<=\s)|^)(\*?)\s{0,9}([A-Ha-h])\s{0,9}[.)]\s*(?=\S)")
LABELLED = re.compile(r"\s*([^:]{2,24}?)\s*:\s*(.*)", re.DOTALL)
#: What people call the line that names the right answer, folded.
KEY_CALLED = ("dap an", "dap an dung", "tra loi", "answer", "key")
#: What people call the explanation, folded; it may stand in a line of its own.
EXPLAINED = ("loi giai", "loi giai chi tiet", "huong dan giai", "giai thich")
#: The labels of lines by the fields they fill.
LABELS = {fold(name): field for field, name in (*words.BEFORE, *words.AFTER)} | dict.fromkeys(
    KEY_CALLED, "right") | dict.fromkeys(EXPLAINED, "explanation_vi") | {
        "loai": "kind", "nguon": "basis"}
del LABELS["cau hoi"], LABELS["cau hoi (tieng anh)"]
#: A line that only names the right options, without a colon too: => Đáp án B.
KEY_ALONE = re.compile(r"[\s=>→–-]*(?:đáp án|đ/?a|chọn)(?:\s{1,9}đúng)?(?:\s{1,9}là)?\s{0,9}:?"
                       r"\s{0,9}([A-H](?:\s{0,9}(?:,|;|và)\s{0,9}[A-H])*)\s{0,9}[.;]?\s{0,9}",
                       re.IGNORECASE)
#: A cell beside a question that holds its key.
ONE_LETTER = re.compile(r"\s*([A-H])\s*[.]?\s*")
#: A difficulty in brackets behind the number of a question: Câu 2 (NB):
LEVEL = re.compile(r"\s*[(\[]([^()\[\]]{1,20})[)\]]\s*[.:]?\s*")
ASTERISK = "asterisk"
#: Signs before or behind an option that is right.
SIGNED = re.compile(r"^[*✓✔☑]\s?|\s?(?:[*✓✔☑]|\((?:đáp án|đáp án đúng)\))$", re.IGNORECASE)
#: The marks of a letter that tell the right option, the surest first.
LETTER_MARKS = ("bold", "underline", "highlight", "colour")


class Under(NamedTuple):
    """What a question stands under: a topic, a part that has its own numbers, and the kind that the
    part says its questions are of: ``statements``, ``short``, or nothing.
    """

    topic: str = ""
    part: str = ""
    kind: str = ""


class Question:
    """The lines of one question, taken one after the other."""

    def __init__(self, number, under):
        self.number, self.under, self.judged = number, under, under.kind == "statements"
        self.pictures, self.unread, self.formulas = {}, 0, 0
        self.cells = {"category": under.topic} if under.topic else {}
        self.options, self.field = [], "stem_vi"

    @property
    def place(self):
        """Where it stands: its number, in its part where the paper has any."""
        if self.under.part:
            return _l("part %(part)s, question %(number)s", part=self.under.part,
                      number=self.number)
        return _l("question %(number)s", number=self.number)

    def without_level(self, line):
        """The first line without the difficulty behind the number, which is taken."""
        level = LEVEL.match(line.text)
        if level is None or fold(level[1]) not in words.DIFFICULTY_CALLED:
            return line
        self.cells["difficulty"] = level[1]
        return replace(line, text=line.text[level.end():], marks=line.marks[level.end():])

    def take(self, line):
        """Put a line where it belongs: an option, a label, or on what stands before it."""
        self.pictures |= line.pictures
        self.unread += line.unread
        self.formulas += line.formulas
        key = KEY_ALONE.fullmatch(line.text) if self.options and not line.label else None
        if key is None and self.options and line.cell and ONE_LETTER.fullmatch(line.text):
            key = ONE_LETTER.fullmatch(line.text)
        if key and not self.cells.get("right"):
            self.cells["right"] = re.sub(r"\s*và\s*", ", ", key[1])
            self.field = self.field if self.field == "explanation_vi" else "aside"
            return
        if self.options and fold(line.text).strip(" .:") in EXPLAINED:
            self.field = "explanation_vi"
            return
        options = _options(line, len(self.options)) if self.field != "right" else []
        labelled = LABELLED.match(line.text)
        field = LABELS.get(fold(labelled[1])) if labelled and not line.label else None
        if field:
            self.field = field
            self._add(labelled[2])
        elif options and self.field != "aside":
            self.options += options
            self.field = "option"
        elif line.text.startswith(words.ENGLISH) and self.field in ("stem_vi", "explanation_vi"):
            self.field = self.field.replace("_vi", "_en")
            self._add(line.text.removeprefix(words.ENGLISH))
        else:
            self._add(line.text)

    def _add(self, text):
        text = texts.tidy(text)
        if not text:
            return
        if self.field == "option":
            self.options[-1][0] += f"\n{text}"
        else:
            before = self.cells.get(self.field)
            self.cells[self.field] = f"{before}\n{text}" if before else text

    def own_key(self):
        """The key that the question tells itself, by a line or by what stands out; or nothing."""
        if self.cells.get("right"):
            return self.cells["right"]
        judged = [without_judgement(text)[1] for text, *_marks in self.options]
        if judged and None not in judged:
            return ", ".join("Đ" if truth == "T" else "S" for truth in judged)
        if "T" in judged and "F" not in judged and not self.judged:
            return ", ".join(_letters_at(place for place, truth in enumerate(judged) if truth))
        return self._truths() if self.judged else self._marked()

    def fields(self):
        """The fields of its draft."""
        cells, options = dict(self.cells), [text for text, *_marks in self.options]
        bare, judged = zip(*map(without_judgement, options), strict=True) if options else ((), ())
        if not cells.get("right") and (None in judged or not judged):
            cells["right"] = self.own_key()
        if any(judged) and (cells.get("right") or None not in judged) and "F" not in judged:
            options = bare
        if self.judged and options:
            cells.setdefault("kind", words.KINDS["statements"])
        if self.under.kind == "short" and not options and not cells.get("kind"):
            cells["kind"] = words.KINDS[_kind_of(cells.get("right", ""))]
        return Row(cells | dict(enumerate(options))).fields()

    def _truths(self):
        """Đ for each statement that stands out, by its words or by its letter, and S for the
        others; nothing where none does.
        """
        marked = next(filter(None, (standing_out([option[place] for option in self.options])
                                    for place in (1, 2))), [])
        return ", ".join("Đ" if place in marked else "S"
                         for place in range(len(self.options))) if marked else ""

    def _marked(self):
        """The letters of the options that stand out from the others: by their words, or, where
        these are all alike, by the letter before them.
        """
        words, letters = ([option[place] for option in self.options] for place in (1, 2))
        return ", ".join(_letters_at(standing_out(words)) or next(filter(None, (
            _few(letters, mark) for mark in LETTER_MARKS)), []))


def _kind_of(right):
    """The kind of a question that is answered shortly with ``right``."""
    try:
        number_of(right)
    except Unreadable:
        return "short"
    return "number"


def _letters_at(places):
    """The letters of the options at ``places``; there are no more options than letters."""
    return [string.ascii_uppercase[place] for place in places if place < MOST_ROWS]


def standing_out(marks):
    """The places, from 0, of the options that have a mark which not all of them have."""
    common = frozenset.intersection(*marks) if marks else frozenset()
    return [place for place, own in enumerate(marks) if own - common]


def _few(marks, mark):
    """The letters of the options that have the ``mark``, where most others have it not."""
    found = _letters_at(place for place, own in enumerate(marks) if mark in own)
    return found if len(found) <= len(marks) / 2 else []


def _options(line, before):
    """The options of a line as [text, its marks, those of its letter]; none where it has none."""
    if line.lettered:
        return [_option(line.part(0, len(line.text)), line.label_marks)]
    found, wanted = [], before
    for place in OPTION.finditer(line.text):
        # The letters of one line follow on those before it: another letter is part of the words.
        if place[2].upper() == string.ascii_uppercase[wanted % 26] and (found or not line.text[
                :place.start()].strip()):
            found.append(place)
            wanted += 1
    if not found:
        return []
    ends = [*(place.start() for place in found[1:]), len(line.text)]
    return [_option(line.part(place.end(), end), line.part(*place.span(2))[1], bool(place[1]))
            for place, end in zip(found, ends, strict=True)]


def _option(part, letter, starred=False):
    text, marks = texts.tidy(part[0]), part[1]
    bare = SIGNED.sub("", text) or text
    starred, text = starred or bare != text, bare
    return [text, marks | {ASTERISK} if starred else marks, letter]
