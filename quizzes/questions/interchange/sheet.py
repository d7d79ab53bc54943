"""A workbook of questions, a row each, read."""
import re
from datetime import date, datetime
from itertools import chain

from lms.kernel import grid, legacy
from lms.kernel.i18n import _l
from lms.kernel.sheets import UnreadableSheet, read_workbook
from lms.kernel.text import fold

from quizzes.questions.interchange import sheet_words as words
from quizzes.questions.interchange import texts
from quizzes.questions.interchange.draft import Draft, Fault, Reading, Unreadable, normal
from quizzes.questions.interchange.rows import Row

#: So many rows at most stand above the headings.
SEARCHED = 30
#: So many rows at most are read as questions.
MOST_ROWS = 25_000
#: What counts the rows of options where they stand below each other.
ONE_LETTER = re.compile(r"[A-Ha-h][.)]?")


def read(content):
    """The questions of a workbook (.xlsx, .csv), from each sheet that has headings."""
    try:
        sheets = read_workbook(content)
    except UnreadableSheet as fault:
        return Reading(faults=(Fault("", _unreadable(fault.code)),))
    found = [told for page in sheets if page.name not in (words.EXAMPLES, words.HELP)
             if (told := read_sheet(page))]
    if not found:
        return Reading(faults=(Fault("", _l(
            "No row with headings was found. Write “Câu hỏi” and “Đáp án đúng” above the columns, "
            "or take our template.")),))
    return Reading(*(tuple(chain.from_iterable(getattr(told, part) for told in found))
                     for part in ("drafts", "faults", "notes")))


def read_sheet(sheet):
    """The questions of one sheet, a row each; None where it has no headings."""
    headings = _headings(sheet)
    if headings is None:
        return None
    top, columns = headings
    if len(sheet.rows) > MOST_ROWS:
        return Reading(faults=(Fault(
            _l("“%(sheet)s”, row %(row)s", sheet=sheet.name, row=top + 1),
            _l("The file holds more questions than are read. Split it and send the parts.")),))
    counted = [column for column, heading in enumerate(sheet.rows[top])
               if fold(str(heading or "")).strip(" .") in words.COUNTED]
    drafts, faults = [], []
    for number in range(top + 1, len(sheet.rows)):
        at = _l("“%(sheet)s”, row %(row)s", sheet=sheet.name, row=number + 1)
        try:
            row = Row({field: _text(sheet, _spread(sheet, number, column), column)
                       for field, column in columns.items()})
            if row.filled and any(ONE_LETTER.fullmatch(_text(sheet, number, column))
                                  for column in counted):
                raise Unreadable(_l("This row is an option. Write the options in columns A, B, C, "
                                    "D beside their question."))
            if row.filled:
                drafts.append(normal(Draft(**row.fields(), at=at)))
        except Unreadable as fault:
            faults.append(Fault(at, fault.why))
    return Reading(tuple(drafts), tuple(faults), tuple(_unread(sheet, top, columns)))


def _spread(sheet, row, column):
    """The row whose cell speaks for this one: the first of those merged downwards."""
    return next((top for top, left, bottom, right in sheet.merged
                 if left == right == column and top < row <= bottom), row)


def _unread(sheet, top, columns):
    """A note on the columns that hold something nobody reads, where there are any."""
    names = [str(heading) for column, heading in enumerate(sheet.rows[top])
             if column not in columns.values() and heading not in (None, "")
             and fold(str(heading)).strip(" .") not in words.COUNTED
             and any(row[column] not in (None, "") for row in sheet.rows[top + 1:])]
    if names:
        yield Fault(_l("“%(sheet)s”, row %(row)s", sheet=sheet.name, row=top + 1), _l(
            "Not read, as no part of a question is called so: %(columns)s. Call it as our template "
            "does if it belongs to the questions.", columns=", ".join(names)))


def _unreadable(code):
    return {
        "empty": _l("The file is empty. Save it again and send it once more."),
        "too-large": _l("The file is too large. Split it and send the parts."),
        "encrypted": _l("The file has a password. Save it without one and send it again."),
    }.get(code) or _l("This is no workbook. Save it as .xlsx and send it again.")


def _headings(sheet):
    """The row of the headings, and the columns by field; None where there is no such row.

    The options may have their letters in a row of their own below a heading for all of them.
    """
    for number, row in enumerate(sheet.rows[:SEARCHED]):
        columns = _fields_in(row)
        if "stem_vi" in columns and len(columns) > 1:
            below = _fields_in(sheet.rows[number + 1]) if number + 1 < len(sheet.rows) else {}
            if "choices" in columns and len(below) > 1 and all(
                    isinstance(field, int) for field in below):
                del columns["choices"]
                return number + 1, columns | below
            return number, columns
    return None


def _fields_in(row):
    """The columns of a row of headings by the fields they name."""
    columns = {}
    for column, heading in enumerate(row):
        field = words.field_of(heading) if isinstance(heading, str) else None
        if field is not None:
            columns.setdefault(field, column)
    return columns


def _text(sheet, row, column):
    """The text of a cell as people see it, in Unicode."""
    value = sheet.rows[row][column]
    if isinstance(value, bool):
        return "Đúng" if value else "Sai"
    if isinstance(value, date | datetime):
        return value.strftime("%d/%m/%Y")
    if not isinstance(value, str):
        return str(value)
    if len(value) >= grid.LONGEST_CELL:
        raise Unreadable(_l("A cell holds more than is read. Shorten its text."))
    font = sheet.font(row, column)
    lines = texts.composed(value.replace("\r\n", "\n")).split("\n")
    return texts.tidy("\n".join(legacy.read(line, font or None).text for line in lines))
