"""A Word document of numbered questions, read as people write them."""
import re
import string
from dataclasses import replace
from html import escape
from itertools import chain, groupby
from typing import NamedTuple

from lms.kernel.grid import Sheet
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
from quizzes.questions.interchange.judged import without_judgement
from quizzes.questions.interchange.key_lists import KEYS_ONLY, deal, judged_by, keys_in
from quizzes.questions.interchange.rows import Row
from quizzes.questions.interchange.sheet import read_sheet

#: Câu, and what a slip of the keyboard makes of it.
QUESTION = re.compile(r"\s*(?:Câu hỏi số|Câu hỏi|C\wu số|C\wu|Bài|Question)"
                      r"\s*(\d+)\s*[.:)/-]?\s*", re.IGNORECASE)
NUMBERED = re.compile(r"\s*(\d{1,4})\s*[.)]\s+")
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
#: Lines that stand alone behind the last question, folded: what follows belongs to none.
ENDS = ("dap an", "bang dap an", "het", "--- het ---", "---het---", "-het-")
del LABELS["cau hoi"], LABELS["cau hoi (tieng anh)"]
#: A line that only names the right options, without a colon too: => Đáp án B.
KEY_ALONE = re.compile(r"[\s=>→–-]*(?:đáp án|đ/?a|chọn)(?:\s+đúng)?(?:\s+là)?\s*:?\s*"
                       r"([A-H](?:\s*(?:,|;|và)\s*[A-H])*)\s*[.;]?\s*", re.IGNORECASE)
#: A cell beside a question that holds its key.
ONE_LETTER = re.compile(r"\s*([A-H])\s*[.]?\s*")
#: A difficulty in brackets behind the number of a question: Câu 2 (NB):
LEVEL = re.compile(r"\s*[(\[]([^()\[\]]{1,20})[)\]]\s*[.:]?\s*")
#: A heading above the questions of one topic: PHẦN II. LUẬT
HEADING = re.compile(r"\s*(?:(?:PHẦN|CHƯƠNG|MỤC|CHUYÊN ĐỀ)\s+(?:[IVX]+|\d+)\b|[IVX]{1,4}[.)]\s)"
                     r"[\s.:–-]*(.{3,})")
#: What a paper says to whoever sits it, above a part: PHẦN II. Câu trắc nghiệm đúng sai. Thí sinh
#: trả lời từ câu 1 đến câu 4. Trong mỗi ý a), b), c), d) ở mỗi câu, thí sinh chọn đúng hoặc sai.
INSTRUCTION = re.compile(r"\s*(?:phần\s+(?:[ivx]+|\d+)\b.*(?:trắc nghiệm|thí sinh|trả lời|đúng sai)"
                         r"|thí sinh (?:trả lời|chọn)\b|trong mỗi (?:ý|câu)\b.*\bchọn\b)",
                         re.IGNORECASE)
JUDGING = re.compile(r"đúng\s*(?:,|/|-|–|hoặc|hay)?\s*sai", re.IGNORECASE)
PART = re.compile(r"\s*phần\s+([ivx]+|\d+)\b", re.IGNORECASE)
ASTERISK = "asterisk"
#: The marks of a letter that tell the right option, the surest first.
LETTER_MARKS = ("bold", "underline", "highlight", "colour")
PICTURES_ALONE = re.compile(rf"(?:{SIGN.pattern}\s*)+")


def read(content):
    """The questions of a .docx."""
    try:
        written = lines_of(content)
    except Unreadable as fault:
        return Reading(faults=(Fault("", fault.why),))
    tables, rest = _tables([line for line in written if line.text.strip() or line.unread])
    found = [*tables, read_lines(rest)] if not tables or any(
        map(_is_start, rest)) else tables
    found.append(_boxes([words for line in written for words in line.boxes]))
    return Reading(*(tuple(chain.from_iterable(getattr(one, part) for one in found))
                     for part in ("drafts", "faults", "notes")))


def _boxes(boxes):
    """What is said of text boxes: one that looks like a part of a question is a fault."""
    faults, notes = [], []
    for box in filter(str.strip, boxes):
        lines = [texts.tidy(line) for line in box.split("\n")]
        asks = any(shape.match(line) for line in lines
                   for shape in (QUESTION, NUMBERED, OPTION, KEYS_ONLY))
        (faults if asks else notes).append(Fault(_l("text box"), _l(
            "A text box is not read: “%(words)s”. Move its words into the text of the document if "
            "they belong to a question, and delete the box.", words=" ".join(lines)[:60])))
    return Reading((), tuple(faults), tuple(notes))


def _is_start(line):
    return QUESTION.match(f"{line.label} {line.text}") is not None


def _tables(lines):
    """What the tables hold that have a row for each question, and the lines that stand in none."""
    rows, told, taken = {}, [], set()
    for line in lines:
        if line.cell:
            cells = rows.setdefault(line.cell[0], {})
            cells.setdefault(line.cell[1:], []).append(line)
    for key, cells in rows.items():
        width = max(column for _row, column in cells) + 1
        grid_of = [["\n".join(line.text for line in cells.get((row, column), ()))
                    for column in range(width)]
                   for row in range(max(row for row, _column in cells) + 1)]
        found = read_sheet(Sheet(str(_l("table %(number)s", number=len(told) + 1)), grid_of))
        if found is None:
            continue
        taken.add(key)
        if any(line.pictures or line.unread for inside in cells.values() for line in inside):
            found = replace(found, faults=(*found.faults, Fault(_l(
                "table %(number)s", number=len(told) + 1), _l(
                "A table of questions cannot hold pictures, formulas or drawn signs. Take them out "
                "and add them to the questions afterwards."))))
        told.append(found)
    return told, [line for line in lines if not line.cell or line.cell[0] not in taken]


def read_lines(lines):
    """The questions of the lines of a document."""
    drafts, faults, notes, before = [], [], [], None
    for question in _questions(lines):
        if skipped := _skipped(before, question.number):
            notes.append(Fault(_l("question %(number)s", number=skipped), _l(
                "No question has this number. Look whether it was read as a part of the one "
                "before; if so, begin it as the others begin.")))
        before = question.number
        at = question.place
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
    return Reading(tuple(drafts), tuple(faults), tuple(notes))


def _skipped(before, number):
    """The one number missing between two questions that follow each other, or None."""
    if before is None or not (before.isdecimal() and number.isdecimal()):
        return None
    return str(int(number) - 1) if int(number) == int(before) + 2 else None


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
    found, listed, ended = [], [], False
    for line, under in _with_headings(lines):
        if ended and judged_by(line.text, found):
            continue
        if found and (told := keys_in(line, ended)):
            listed += told
            continue
        if found and fold(line.text).strip(" .:") in ENDS and ":" not in line.text:
            found[-1].field, ended = "aside", True
            continue
        start = _begins(line, named)
        if start is not None:
            found.append(Question(start[0] or str(len(found) + 1), under))
            line = found[-1].without_level(start[1])
        if found:
            found[-1].take(line)
    deal(listed, found)
    return found


class Under(NamedTuple):
    """What a question stands under: a topic, a part that has its own numbers, and whether its
    statements are to be judged true or false.
    """

    topic: str = ""
    part: str = ""
    judged: bool = False


def _with_headings(lines):
    """Each line with what it stands under; headings, and what they tell whoever sits the paper, are
    left out.
    """
    under = Under()
    for line in lines:
        heading, part = _heading(line), PART.match(line.text)
        if not line.label and INSTRUCTION.match(line.text):
            judged = JUDGING.search(line.text) is not None
            under = under._replace(part=part[1].upper(), judged=judged) if part else (
                under._replace(judged=judged or under.judged))
        elif heading is None:
            yield line, under
        else:
            under = under._replace(topic=heading)


def _heading(line):
    """The words of a line that is a heading of a topic, in capitals throughout; else None."""
    found = HEADING.fullmatch(line.text) if not line.label else None
    if found is None or line.text != line.text.upper() or not any(map(str.isalpha, found[1])):
        return None
    return texts.tidy(found[1]).capitalize()


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

    def __init__(self, number, under):
        self.number, self.part, self.judged = number, under.part, under.judged
        self.pictures, self.unread = {}, 0
        self.cells = {"category": under.topic} if under.topic else {}
        self.options, self.field = [], "stem_vi"

    @property
    def place(self):
        """Where it stands: its number, in its part where the paper has any."""
        if self.part:
            return _l("part %(part)s, question %(number)s", part=self.part, number=self.number)
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

    def fields(self):
        """The fields of its draft."""
        cells = dict(self.cells)
        judged = [without_judgement(text)[1] for text, *_marks in self.options]
        if not cells.get("right") and (None in judged or not judged):
            cells["right"] = self._truths() if self.judged else self._marked()
        if self.judged and self.options:
            cells.setdefault("kind", words.KINDS["statements"])
        options = {place: text for place, (text, *_marks) in enumerate(self.options)}
        row = Row(cells | options)
        return row.fields()

    def _truths(self):
        """Đ for each statement that stands out, by its words or by its letter, and S for the
        others; nothing where none does.
        """
        marked = next(filter(None, (_standing_out([option[place] for option in self.options])
                                    for place in (1, 2))), [])
        return ", ".join("Đ" if letter in marked else "S" for letter, _option in zip(
            string.ascii_uppercase, self.options, strict=False)) if marked else ""

    def _marked(self):
        """The letters of the options that stand out from the others: by their words, or, where
        these are all alike, by the letter before them.
        """
        words, letters = ([option[place] for option in self.options] for place in (1, 2))
        return ", ".join(_standing_out(words) or next(filter(None, (
            _few(letters, mark) for mark in LETTER_MARKS)), []))


def _standing_out(marks):
    """The letters of the options that have a mark which not all of them have."""
    common = frozenset.intersection(*marks) if marks else frozenset()
    return [letter for letter, own in zip(string.ascii_uppercase, marks, strict=False)
            if own - common]


def _few(marks, mark):
    """The letters of the options that have the ``mark``, where most others have it not."""
    found = [letter for letter, own in zip(string.ascii_uppercase, marks, strict=False)
             if mark in own]
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
    if text.startswith("*"):
        starred, text = True, text.removeprefix("*").strip()
    return [text, marks | {ASTERISK} if starred else marks, letter]
