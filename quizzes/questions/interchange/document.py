"""A Word document of numbered questions, read as people write them."""
import re
from dataclasses import replace
from html import escape
from itertools import chain, groupby

from lms.kernel.grid import Sheet
from lms.kernel.i18n import _l

from quizzes.questions.interchange import texts
from quizzes.questions.interchange.asked import OPTION, Question, Under
from quizzes.questions.interchange.choices import formula_in_signs
from quizzes.questions.interchange.docx_parts import SIGN, lines_of
from quizzes.questions.interchange.draft import (
    Draft,
    Fault,
    Reading,
    Unreadable,
    changed,
    normal,
)
from quizzes.questions.interchange.key_grids import part_of
from quizzes.questions.interchange.key_lists import KEYS_ONLY, KeyLists
from quizzes.questions.interchange.sheet import read_sheet

#: Câu, and what a slip of the keyboard makes of it.
QUESTION = re.compile(r"\s*(?:Câu hỏi số|Câu hỏi|C\wu số|C\wu|Bài|Question)"
                      r"\s*(\d+)\s*[.:)/-]?\s*", re.IGNORECASE)
NUMBERED = re.compile(r"\s*(\d{1,4})\s*[.)]\s+")
#: A heading above the questions of one topic: PHẦN II. LUẬT
HEADING = re.compile(r"\s*(?:(?:PHẦN|CHƯƠNG|MỤC|CHUYÊN ĐỀ)\s+(?:[IVX]+|\d+)\b|[IVX]{1,4}[.)]\s)"
                     r"[\s.:–-]*(.{3,})")
#: What a paper says to whoever sits it, above a part: PHẦN II. Câu trắc nghiệm đúng sai. Thí sinh
#: trả lời từ câu 1 đến câu 4. Trong mỗi ý a), b), c), d) ở mỗi câu, thí sinh chọn đúng hoặc sai.
INSTRUCTION = re.compile(r"\s*(?:phần\s+(?:[ivx]+|\d+)\b.*(?:trắc nghiệm|thí sinh|trả lời|đúng sai)"
                         r"|thí sinh (?:trả lời|chọn)\b|trong mỗi (?:ý|câu)\b.*\bchọn\b)",
                         re.IGNORECASE)
#: The kind of the questions that it speaks of.
SAID = {"statements": re.compile(r"đúng\s*(?:,|/|-|–|hoặc|hay)?\s*sai", re.IGNORECASE),
        "short": re.compile(r"trả lời ngắn", re.IGNORECASE)}
#: What stands on every page and was typed among the questions: Trang 2/4 - Mã đề 101
FURNITURE = re.compile(r"\s{0,9}(?:(?:trang\s{0,9}\d{1,3}(?:\s{0,9}/\s{0,9}\d{1,3})?|mã\s{0,9}đề"
                       r"(?:\s{0,9}thi)?\s{0,9}:?\s{0,9}\d{1,4})[-–—|\s]{0,40})+", re.IGNORECASE)
#: So many cells at most has a table for each line in it.
MOST_BLANK = 100
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


def _rows_of(lines):
    """The lines of each table by its number, as rows of cells, but of one that is nearly empty:
    nobody draws such a table, and a small file could hold a huge one.
    """
    tables, found = {}, {}
    for line in lines:
        if line.cell:
            found.setdefault(line.cell[0], []).append(line)
    for key, inside in found.items():
        height, width = (max(line.cell[side] for line in inside) + 1 for side in (1, 2))
        if height * width <= MOST_BLANK * len(inside):
            tables[key] = [[[] for _column in range(width)] for _row in range(height)]
            for line in inside:
                tables[key][line.cell[1]][line.cell[2]].append(line)
    return tables


def _texts_of(tables):
    """The texts of the cells of ``tables``."""
    return {key: [["\n".join(line.text for line in cell) for cell in row] for row in rows]
            for key, rows in tables.items()}


def _tables(lines):
    """What the tables hold that have a row for each question, and the lines that stand in none."""
    tables, told, taken = _rows_of(lines), [], set()
    for key, rows in _texts_of(tables).items():
        name = _l("table %(number)s", number=len(told) + 1)
        found = read_sheet(Sheet(str(name), rows, marks={
            (row, column): frozenset.intersection(*(
                line.part(0, len(line.text))[1] for line in cell))
            for row, cells in enumerate(tables[key]) for column, cell in enumerate(cells) if cell}))
        if found is None:
            continue
        taken.add(key)
        if any(line.pictures or line.unread
               for row in tables[key] for cell in row for line in cell):
            found = replace(found, faults=(*found.faults, Fault(name, _l(
                "A table of questions cannot hold pictures, formulas or drawn signs. Take them out "
                "and add them to the questions afterwards."))))
        told.append(found)
    return told, [line for line in lines if not line.cell or line.cell[0] not in taken]


def read_lines(lines):
    """The questions of the lines of a document."""
    drafts, faults, before, places = [], [], None, set()
    questions, notes = _questions(lines)
    for question in questions:
        if (place := (question.under, question.number)) in places:
            notes.append(Fault(question.place, _l(
                "Another question has this number too. Look whether it was read as a question and "
                "is an option or a line of one; options begin with A. B. C.")))
        places.add(place)
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
            faults.append(Fault(at, _l(
                "The question has a large formula, a drawing or a picture that is neither PNG nor "
                "JPG. Put a picture of it in its place, or take it out and add it to the question "
                "afterwards.")))
        elif question.formulas:
            notes.append(Fault(at, formula_in_signs()))
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
    """The questions with what belongs to each, keys of lists too; and what is to be said of the
    lists.
    """
    named = any(QUESTION.match(line.label + " " + line.text) for line in lines)
    keys, found = KeyLists(_texts_of(_rows_of(lines)), lines), []
    for line, under in _with_headings(line for line in lines if not keys.takes(line)):
        start = _begins(line, named)
        if start is not None:
            found.append(Question(start[0] or str(len(found) + 1), under))
            keys.begins(found[-1])
            line = found[-1].without_level(start[1])
        if found:
            found[-1].take(line)
    return found, list(keys.deal())


def _with_headings(lines):
    """Each line with what it stands under; headings, and what they tell whoever sits the paper, are
    left out.
    """
    under = Under()
    for line in lines:
        heading = _heading(line)
        if FURNITURE.fullmatch(line.text):
            continue
        if not line.label and INSTRUCTION.match(line.text):
            kind = next((kind for kind, words in SAID.items() if words.search(line.text)), "")
            under = under._replace(part=part_of(line.text), kind=kind) if part_of(line.text) else (
                under._replace(kind=kind or under.kind))
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


