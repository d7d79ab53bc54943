"""A workbook of staff changes, read: who, what happened, from which day, to which post.  Pure."""
import re
from dataclasses import dataclass

from lms.kernel import clock
from lms.kernel.text import fold
from lms.people.lists.births import read_birth
from lms.people.lists.days import read_day
from lms.people.lists.faults import CellFault
from lms.people.lists.headers import field_of, plain
from lms.people.lists.labels import ROWS_SEARCHED
from lms.people.lists.lines import TOTAL, Line
from lms.people.lists.names import limited
from lms.people.workbook import Fault

#: What can have happened.  The last three are ways of leaving, as the trail keeps them.
MOVED, RETITLED, TOOK_ON, CAME_BACK, *LEAVINGS = HAPPENINGS = (
    "moved", "retitled", "took-on", "came-back", "resigned", "retired", "elsewhere")
#: What clerks write for it, folded; the whole cell must fit.
WORDS = tuple((what, re.compile(pattern)) for what, pattern in (
    ("elsewhere", r"(?:chuyen|di) (?:ra )?(?:ngoai tinh|khoi tinh|tinh khac)|"
                  r"went to an office outside this province|left the province"),
    ("retired", r"(?:nghi|ve) huu(?: .*)?|retired"),
    ("resigned", r"(?:nghi|thoi|cham dut) (?:viec|cong tac|hop dong)|resigned|left"),
    ("came-back", r"(?:quay )?tro lai(?: .*)?|di lam lai|tiep nhan lai|came back|returned"),
    ("took-on", r"(?:them )?kiem nhiem(?: .*)?|took on one more post|one more post"),
    ("retitled", r"(?:doi|thay doi|bo nhiem)(?: chuc (?:vu|danh))?(?: .*)?|"
                 r"another (?:job )?title|title changed"),
    ("moved", r"(?:chuyen|dieu dong|luan chuyen|thuyen chuyen|biet phai)"
              r"(?: (?:don vi|cong tac|den))?(?: .*)?|moved"),
))
#: The columns that only such a workbook has, by the folded words of their labels.
LABELS = {
    "happening": re.compile(r"(?:noi dung )?bien dong|what happened"),
    "since": re.compile(r"tu ngay|ngay (?:bien dong|hieu luc|thuc hien)|from|since"),
    "new_unit": re.compile(r"don vi moi|new unit"),
    "new_title": re.compile(r"chuc (?:vu|danh) moi|new (?:job )?title"),
    "birth": re.compile(r"born"),
}
#: What a clerk fills in, and may correct in the preview.
FIELDS = ("staff_code", "full_name", "happening", "since", "new_unit", "new_title")
NEEDED = {"full_name", "happening", "since"}


@dataclass(frozen=True)
class ChangeRow:
    """One row as read; ``line`` is the row of the sheet, from 1.

    ``what`` is one of HAPPENINGS or "", ``since`` an ISO date or ""; the other texts as typed.
    """

    line: int
    staff_code: str
    full_name: str
    birth: str
    unit: str
    title: str
    what: str
    happening: str
    since: str
    new_unit: str
    new_title: str
    faults: tuple[Fault, ...]

    @property
    def asks(self):
        """Whether the clerk wrote anything about a change."""
        return bool(self.happening or self.since or self.new_unit or self.new_title
                    or any(fault.field == "since" for fault in self.faults))


@dataclass(frozen=True)
class ChangeList:
    """A sheet as understood: the row of its headings from 1, which field is in which column."""

    headings_line: int
    columns: dict
    rows: tuple[ChangeRow, ...]


def read_changes(sheet, today=None):
    """The changes of ``sheet`` as a ChangeList; None where no row has the headings."""
    for index in range(min(ROWS_SEARCHED, len(sheet.rows))):
        columns = _columns(Line.of(sheet, index))
        if columns.keys() >= NEEDED:
            return ChangeList(index + 1, columns, tuple(
                _rows(sheet, index + 1, columns, today or clock.today())))
    return None


def _columns(line):
    columns = {}
    for column, label in line.texts.items():
        words = plain(label)
        field = next((field for field, pattern in LABELS.items() if pattern.fullmatch(words)),
                     None) or field_of(label)
        if field:
            columns.setdefault(field, column)
    return columns


def _rows(sheet, first, columns, today):
    for index in range(first, len(sheet.rows)):
        line = Line.of(sheet, index)
        name = line.texts.get(columns["full_name"], "")
        code = line.texts.get(columns.get("staff_code"), "")
        if (name or code) and not TOTAL.match(fold(name)):
            yield _row(sheet, line, columns, today)


def _row(sheet, line, columns, today):
    faults = []

    def text(field):
        typed = line.texts.get(columns.get(field), "")
        return _taken(faults, field, typed, limited, typed)

    def value(field):
        column = columns.get(field)
        row = sheet.rows[line.index]
        return row[column] if column is not None and column < len(row) else ""

    happening = text("happening")
    what = what_of(happening)
    if happening and not what:
        faults.append(Fault("happening", "happening-unknown", happening))
    return ChangeRow(
        line=line.index + 1, staff_code=text("staff_code"), full_name=text("full_name"),
        birth=_taken([], "birth", "", read_birth, value("birth"), today),
        unit=text("unit"), title=text("title"), what=what, happening=happening,
        since=_taken(faults, "since", value("since"), read_day, value("since"), today),
        new_unit=text("new_unit"), new_title=text("new_title"), faults=tuple(faults))


def _taken(faults, field, typed, read, *values):
    """What ``read`` makes of ``values``; nothing, and a fault, where it cannot."""
    try:
        return read(*values)
    except CellFault as fault:
        faults.append(Fault(field, fault.code, str(typed)))
        return ""


def what_of(text):
    """The happening a clerk's words mean, or ""."""
    words = plain(text)
    return next((what for what, pattern in WORDS if pattern.fullmatch(words)), "")
