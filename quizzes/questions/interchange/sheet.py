"""A workbook of questions, a row each, read."""
from bisect import bisect_left
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
from quizzes.questions.interchange.sheet_rows import Told, gathered

#: So many rows at most stand above the headings.
SEARCHED = 30
#: So many rows at most are read as questions.
MOST_ROWS = 25_000


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
            _row(sheet, top),
            _l("The file holds more questions than are read. Split it and send the parts.")),))
    drafts, faults, notes = [], [], list(_unread(sheet, top, columns))
    for asked in gathered(_rows(sheet, top, columns, faults)):
        at = _row(sheet, asked.number)
        try:
            drafts.append(normal(Draft(**Row(asked.told()).fields(), at=at)))
        except Unreadable as fault:
            faults.append(Fault(at, fault.why))
            continue
        if asked.by_marks:
            notes.append(Fault(at, _l("The key is taken from the cell that stands out by its "
                                      "letters or its colour. Look whether it is right.")))
    return Reading(tuple(drafts), tuple(faults), tuple(notes))


def _rows(sheet, top, columns, faults):
    """The rows below the headings that hold something; what keeps one from being read goes to
    ``faults``.
    """
    counted = next((column for column, heading in enumerate(sheet.rows[top])
                    if fold(str(heading or "")).strip(" .") in words.COUNTED), None)
    ours, merged = "settings" in columns, _merged(sheet)
    for number in range(top + 1, len(sheet.rows)):
        try:
            texts_of = {field: _text(sheet, number, column) for field, column in columns.items()}
            if any(texts_of.values()):
                yield Told(number, {field: text or _text(sheet, _spread(
                    merged.get(columns[field], ()), number), columns[field])
                    for field, text in texts_of.items()}, bool(texts_of["stem_vi"]),
                    _text(sheet, number, counted) if counted is not None else "",
                    {field: sheet.marks.get((number, column), frozenset())
                     for field, column in columns.items()}, ours)
        except Unreadable as fault:
            faults.append(Fault(_row(sheet, number), fault.why))


def _row(sheet, number):
    """The place of a row, which counts from 0."""
    return _l("“%(sheet)s”, row %(row)s", sheet=sheet.name, row=number + 1)


def _merged(sheet):
    """The cells merged downwards, by column: (top, bottom), one below the other."""
    found = {}
    for top, left, bottom, right in sorted(sheet.merged):
        if left == right:
            found.setdefault(left, []).append((top, bottom))
    return found


def _spread(merged, row):
    """The row whose cell speaks for this one: the first of those merged downwards."""
    place = bisect_left(merged, (row,)) - 1
    return merged[place][0] if place >= 0 and merged[place][1] >= row else row


def _unread(sheet, top, columns):
    """A note on the columns that hold something nobody reads, where there are any."""
    names = [str(heading) for column, heading in enumerate(sheet.rows[top])
             if column not in columns.values() and heading not in (None, "")
             and fold(str(heading)).strip(" .") not in words.COUNTED
             and any(row[column] not in (None, "") for row in sheet.rows[top + 1:])]
    if names:
        yield Fault(_row(sheet, top), _l(
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
    if "truth" in columns:
        # A row for each option, called “Đáp án”, and beside it whether it is right.
        if "choices" not in columns and "right" in columns:
            columns["choices"] = columns.pop("right")
        columns["right"] = columns.pop("truth")
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
