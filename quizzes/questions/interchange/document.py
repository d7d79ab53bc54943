"""A Word document of numbered questions, read as people write them."""
import re
import string
from dataclasses import replace
from html import escape
from itertools import groupby

from lms.kernel.i18n import _l
from lms.kernel.text import fold

from quizzes.questions.interchange import sheet_words as words
from quizzes.questions.interchange import texts
from quizzes.questions.interchange.docx_parts import SIGN, lines_of
from quizzes.questions.interchange.draft import (
    Draft,
    Fault,
    Reading,
    Unreadable,
    changed,
    normal,
)
from quizzes.questions.interchange.rows import Row

QUESTION = re.compile(r"\s*(?:Câu hỏi|Câu|Bài|Question)\s*(\d+)\s*[.:)/-]?\s*", re.IGNORECASE)
NUMBERED = re.compile(r"\s*(\d{1,4})\s*[.)]\s+")
#: A letter that begins an option; several may stand in one line, parted by blanks.
OPTION = re.compile(r"(?:(?<=\s)|^)(\*?)\s*([A-Ha-h])\s*[.)]\s*(?=\S)")
LABELLED = re.compile(r"\s*([^:]{2,24}?)\s*:\s*(.*)", re.DOTALL)
#: What people call the line that names the right answer, folded.
KEY_CALLED = ("dap an", "dap an dung", "tra loi", "answer", "key")
#: The labels of lines by the fields they fill.
LABELS = {fold(name): field for field, name in (*words.BEFORE, *words.AFTER)} | dict.fromkeys(
    KEY_CALLED, "right") | {"loai": "kind", "nguon": "basis"}
#: Lines that stand alone behind the last question, folded: what follows belongs to none.
ENDS = ("dap an", "bang dap an", "het", "--- het ---", "---het---", "-het-")
del LABELS["cau hoi"], LABELS["cau hoi (tieng anh)"]
#: A table of keys: 1. A 2. B 3. C
KEYS = re.compile(r"(\d{1,4})\s*[.:)-]?\s*([A-H])\b")
KEYS_ONLY = re.compile(r"(?:\s*\d{1,4}\s*[.:)-]?\s*[A-H]\b[\s,;|]*){2,}")
ASTERISK = "asterisk"
PICTURES_ALONE = re.compile(rf"(?:{SIGN.pattern}\s*)+")


def read(content):
    """The questions of a .docx."""
    try:
        lines = [line for line in lines_of(content) if line.text.strip() or line.unread]
    except Unreadable as fault:
        return Reading(faults=(Fault("", fault.why),))
    return read_lines(lines)


def read_lines(lines):
    """The questions of the lines of a document."""
    drafts, faults = [], []
    for question in _questions(lines):
        at = _l("question %(number)s", number=question.number)
        try:
            drafts.append(normal(_with_pictures(Draft(**question.fields(), at=at),
                                                question.pictures)))
        except Unreadable as fault:
            faults.append(Fault(at, fault.why))
        if question.unread:
            faults.append(Fault(at, _l("The question has a formula, a drawing or a picture that is "
                                       "neither PNG nor JPG. Put a picture of it in its place, or "
                                       "take it out and add it to the question afterwards.")))
    if not drafts and not faults:
        faults.append(Fault("", _l("No numbered question was found. Begin each with “Câu 1.” and "
                                   "its options with A. B. C.")))
    return Reading(tuple(drafts), tuple(faults))


def _with_pictures(draft, pictures):
    """``draft`` with the ``pictures`` that stand in its words as signs, by the sign."""
    files = {}

    def shown(sign):
        picture = pictures.get(sign[0])
        if picture is None:
            return ""
        files[picture.name] = picture.content
        return f'<img src="{picture.name}" alt="{escape(picture.words)}">'

    def in_words(text):
        return texts.from_html(SIGN.sub(shown, _in_blocks(text))) if SIGN.search(text) else text
    return replace(changed(draft, in_words), files=files) if pictures else draft


def _in_blocks(text):
    """A text with signs of pictures as HTML: pictures on lines of their own stand between
    paragraphs.
    """
    if texts.is_markup(text):
        return text
    blocks = groupby(text.split("\n"), key=lambda line: PICTURES_ALONE.fullmatch(line) is not None)
    parts = [("".join(lines) if alone else texts.to_html("\n".join(lines)), alone)
             for alone, lines in blocks]
    return "".join(part if alone or len(parts) == 1 else f"<p>{part}</p>"
                     for part, alone in parts)


def _questions(lines):
    """The questions with what belongs to each; a table of keys at the end is dealt out."""
    named = any(QUESTION.match(line.label + " " + line.text) for line in lines)
    found, keys = [], {}
    for line in lines:
        if found and KEYS_ONLY.fullmatch(line.text) and not line.label:
            keys.update(KEYS.findall(line.text))
            continue
        if found and fold(line.text).strip(" .:") in ENDS and ":" not in line.text:
            found[-1].field = "aside"
            continue
        start = _begins(line, named)
        if start is not None:
            found.append(Question(start[0] or str(len(found) + 1)))
            line = start[1]
        if found:
            found[-1].take(line)
    for question in found:
        if question.number in keys and not question.cells.get("right"):
            question.cells["right"] = keys[question.number]
    return found


def _begins(line, named):
    """The number of the question that begins with this line, and the line without it; or None.

    Where questions are called “Câu 1”, plain numbers belong to their words.
    """
    label = QUESTION.match(line.label) or (NUMBERED.match(line.label + " ") if not named else None)
    if label and not line.lettered:
        return label[1], replace(line, label="")
    if line.label:
        return None
    typed = QUESTION.match(line.text) if named else NUMBERED.match(line.text)
    if typed is None:
        return None
    return typed[1], replace(line, text=line.text[typed.end():], marks=line.marks[typed.end():])


class Question:
    """The lines of one question, taken one after the other."""

    def __init__(self, number):
        self.number, self.cells, self.pictures, self.unread = number, {}, {}, 0
        self.options, self.field = [], "stem_vi"

    def take(self, line):
        """Put a line where it belongs: an option, a label, or on what stands before it."""
        self.pictures |= line.pictures
        self.unread += line.unread
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

    def fields(self):
        """The fields of its draft."""
        cells = dict(self.cells)
        if not cells.get("right"):
            cells["right"] = self._marked()
        options = {place: text for place, (text, _marks) in enumerate(self.options)}
        row = Row(cells | options)
        return row.fields()

    def _marked(self):
        """The letters of the options that stand out from the others."""
        marks = [marks for _text, marks in self.options]
        common = frozenset.intersection(*marks) if marks else frozenset()
        return ", ".join(letter for letter, own in zip(string.ascii_uppercase, marks, strict=False)
                         if own - common)


def _options(line, before):
    """The options of a line as [text, marks]; none where it holds none."""
    if line.lettered:
        text, marks = line.part(0, len(line.text))
        return [_option(text, marks)]
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
    return [_option(*line.part(place.end(), end), starred=bool(place[1]))
            for place, end in zip(found, ends, strict=True)]


def _option(text, marks, starred=False):
    text = texts.tidy(text)
    if text.startswith("*"):
        starred, text = True, text.removeprefix("*").strip()
    return [text, marks | {ASTERISK} if starred else marks]
