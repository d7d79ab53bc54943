"""A workbook of questions, a row each, read."""
from datetime import date, datetime

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


def read(content):
    """The questions of a workbook (.xlsx, .csv), from each sheet that has headings."""
    try:
        sheets = read_workbook(content)
    except UnreadableSheet as fault:
        return Reading(faults=(Fault("", _unreadable(fault.code)),))
    drafts, faults, notes, found = [], [], [], False
    for sheet in sheets:
        headings = _headings(sheet) if sheet.name not in (words.EXAMPLES, words.HELP) else None
        if headings is None:
            continue
        found = True
        top, columns = headings
        notes += _unread(sheet, top, columns)
        for number in range(top + 1, len(sheet.rows)):
            at = _l("“%(sheet)s”, row %(row)s", sheet=sheet.name, row=number + 1)
            try:
                row = Row({field: _text(sheet, number, column)
                           for field, column in columns.items()})
                if row.filled:
                    drafts.append(normal(Draft(**row.fields(), at=at)))
            except Unreadable as fault:
                faults.append(Fault(at, fault.why))
    if not found:
        faults.append(Fault("", _l("No row with headings was found. Write “Câu hỏi” and “Đáp án "
                                   "đúng” above the columns, or take our template.")))
    return Reading(tuple(drafts), tuple(faults), tuple(notes))


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
    """The row of the headings, and the columns by field; None where there is no such row."""
    for number, row in enumerate(sheet.rows[:SEARCHED]):
        columns = {}
        for column, heading in enumerate(row):
            field = words.field_of(heading) if isinstance(heading, str) else None
            if field is not None:
                columns.setdefault(field, column)
        if "stem_vi" in columns and len(columns) > 1:
            return number, columns
    return None


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
