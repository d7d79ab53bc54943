"""What is typed from printed papers, line by line or in a workbook, and what is wrong with it.

No database: people, papers and versions are given.
"""
import re
from decimal import Decimal, InvalidOperation
from typing import NamedTuple

from lms.kernel.i18n import _
from lms.kernel.text import clean, fold

from quizzes.papers.lettering import NOTHING, ONE, WAYS, Unreadable, read_typed

CENT = Decimal("0.01")
QUESTION = re.compile(r"^(?:cau|question) (\d+)$")
#: The heads of the other columns, in both languages, as they are folded.
HEADS = {"ma can bo": "code", "staff code": "code", "ma de": "letter", "version": "letter",
         "diem": "mark", "mark": "mark"}
ROWS_SEARCHED = 20


class Line(NamedTuple):
    """What was typed for one person: the letter of the paper, the answers, a mark."""

    letter: str = ""
    answers: str = ""
    mark: str = ""

    @property
    def empty(self):
        """Whether nothing was typed."""
        return not any(self)


class Entry(NamedTuple):
    """What a Line says: ``answers`` by slot, or a ``mark`` out of 100."""

    letter: str
    answers: dict | None
    mark: Decimal | None


class Fault(NamedTuple):
    """What is wrong, and where: a name, or a cell of the workbook."""

    place: str
    words: str


def read_line(line, papers, versions):
    """The Entry of a Line, and what is wrong with it: (entry, [(what, words)]) where what is
    "letter", "mark", or the slot of an answer.

    ``papers`` are those of a set by letter, ``versions`` maps a version's id to (kind, version).
    """
    letter = clean(line.letter).upper()
    if letter and letter not in papers:
        return None, [("letter", _("There is no version %(letter)s in this set.", letter=letter))]
    if line.answers and line.mark:
        return None, [("mark", _("Type either the answers or the mark."))]
    if line.mark:
        mark = _mark(line.mark)
        return (Entry(letter, None, mark), []) if mark is not None else (None, [
            ("mark", _("“%(text)s” is not a mark from 0 to 100.", text=line.mark))])
    if not letter:
        return None, [("letter", _("Say which version of the paper it is."))]
    return _answers(letter, line.answers, papers[letter], versions)


def _mark(text):
    try:
        mark = Decimal(clean(text).replace(",", "."))
    except InvalidOperation:
        return None
    return mark.quantize(CENT) if mark.is_finite() and 0 <= mark <= 100 else None


def _answers(letter, text, paper, versions):
    asked = [versions[item["version"]] for item in paper]
    pieces = parted(text, len(paper), all(WAYS[kind] == ONE for kind, _version in asked))
    if len(pieces) != len(paper):
        return None, [(0, _(
            "%(found)s answers were typed, the paper asks %(asked)s questions. Type - for a "
            "question without an answer.", found=len(pieces), asked=len(paper)))]
    answers, faults = {}, []
    for slot, (piece, item, (kind, version)) in enumerate(zip(pieces, paper, asked, strict=True)):
        try:
            answers[slot] = read_typed(kind, version, item["options"], piece)
        except Unreadable as fault:
            words = _("Question %(n)s: %(what)s", n=slot + 1, what=why_unreadable(fault))
            faults.append((slot, words))
    return (None, faults) if faults else (Entry(letter, answers, None), [])


def parted(text, count, letters):
    """The answers in one line: parted by semicolons, else by blanks; where each is one letter
    (``letters``), they may stand together.
    """
    if ";" in text:
        return [clean(piece) for piece in text.split(";")]
    pieces = text.split()
    together = "".join(pieces)
    return list(together) if letters and len(pieces) != count else pieces


def together(answers):
    """Answers one by one as they are typed in one line: the inverse of parting them."""
    parts = "; " if any(" " in answer or ";" in answer for answer in answers) else " "
    return parts.join(answer.replace(";", ",") or NOTHING for answer in answers)


def why_unreadable(fault):
    """Why an answer cannot be one, in words."""
    if fault.code == "many":
        return _("“%(text)s” is more than one answer.", text=fault.text)
    if fault.code == "twice":
        return _("“%(text)s” names a letter twice.", text=fault.text)
    if fault.code == "cell":
        return _("“%(text)s” is no cell of this picture. Type a letter and a number, such as C4.",
                 text=fault.text)
    if fault.code == "truth":
        return _("“%(text)s” does not judge the statements. Type Đ or S for each, such as ĐSSĐ.",
                 text=fault.text)
    return _("“%(text)s” is no letter of this question.", text=fault.text)


def read_rows(rows, people):
    """What a sheet says about ``people`` (staff code → id): ({id: Line}, {id: cells}, [Fault]);
    the cells are the names of those that hold "letter", "mark", and the answer of each slot.
    """
    head, columns = _head(rows)
    if head is None:
        return {}, {}, [Fault("A1", _("The columns “Staff code” and “Version” or “Mark” are "
                                      "missing. Use the sheet offered here."))]
    lines, cells, faults = {}, {}, []
    for number, row in enumerate(rows[head + 1:], head + 2):
        texts = [_text(value) for value in row]
        place = f"{column_name(columns['code'])}{number}"
        code, line = texts[columns["code"]], _line(texts, columns)
        if not code:
            if not line.empty:
                faults.append(Fault(place, _("The staff code is missing.")))
        elif code not in people:
            faults.append(Fault(place, _("%(code)s is not in this class.", code=code)))
        elif people[code] in lines:
            faults.append(Fault(place, _("%(code)s stands here twice.", code=code)))
        elif not line.empty:
            lines[people[code]], cells[people[code]] = line, _cells(columns, number)
    return lines, cells, faults


def _head(rows):
    for number, row in enumerate(rows[:ROWS_SEARCHED]):
        columns = {}
        for place, value in enumerate(row):
            word = fold(_text(value))
            question = QUESTION.match(word)
            name = int(question[1]) if question else HEADS.get(word)
            if name is not None:
                columns.setdefault(name, place)
        if "code" in columns and ({"letter", "mark"} & set(columns)):
            return number, columns
    return None, {}


def _questions(columns):
    return sorted(name for name in columns if isinstance(name, int))


def _cells(columns, number):
    places = {name: columns[name] for name in ("letter", "mark") if name in columns}
    places |= {slot: columns[name] for slot, name in enumerate(_questions(columns))}
    return {what: f"{column_name(place)}{number}" for what, place in places.items()}


def _line(texts, columns):
    questions = _questions(columns)
    answers = [texts[columns[number]] for number in questions]
    words = together(answers) if any(answers) else ""
    letter, mark = (texts[columns[name]] if name in columns else "" for name in ("letter", "mark"))
    # A letter alone is the sheet as it was handed out, with the versions written in beforehand.
    return Line(letter, words, mark) if words or mark else Line()


def _text(value):
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return clean(str(value)) if value is not None else ""


def column_name(place):
    """The letters of a column of a sheet, from 0: A, B … Z, AA."""
    name = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        name = chr(ord("A") + rest) + name
    return name
