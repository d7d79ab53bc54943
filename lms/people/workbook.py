"""A clerk's list of people, read: letterhead, groups of units, people, signatures.  Pure."""
from dataclasses import dataclass, replace
from functools import partial

from lms.kernel import clock
from lms.people.lists.births import read_birth
from lms.people.lists.faults import CellFault
from lms.people.lists.headers import NAMES
from lms.people.lists.labels import find_header
from lms.people.lists.letterhead import texts_above
from lms.people.lists.lines import BLANK, HEADING, PERSON, Line, Reader, unit_of_heading
from lms.people.lists.names import (
    FEMALE,
    MALE,
    MARKS,
    NO_MARKS,
    limited,
    read_email,
    read_gender,
    read_name,
    read_text,
)
from lms.people.lists.phones import read_phone

#: What clerks write for “the same as above”.
DITTO = frozenset({'"', "”", "“", "″", "''", "nt", "-nt-", "- nt -", "như trên", "//"})
REPEATED = ("title", "unit", "group")
#: A merged cell stands for all its rows in these columns only.
MERGED = ("unit", "group")


@dataclass(frozen=True)
class Fault:
    """What is wrong with, or worth a look in, one cell; ``code`` has its words elsewhere.

    ``text`` is the cell as it was typed; of a refusal its sentence in both languages.
    """

    field: str
    code: str
    text: str | tuple = ""


@dataclass(frozen=True)
class PersonRow:
    """One person of the list, as read; ``line`` is the row of the sheet, from 1.

    ``birth`` is an ISO date or a year, ``gender`` m or f, ``phone`` E.164; what is blank or
    faulty is "".  ``unit`` is the cell, else the group row above.
    """

    line: int
    full_name: str
    birth: str
    gender: str
    title: str
    unit: str
    phone: str
    email: str
    staff_code: str
    group: str
    faults: tuple[Fault, ...]
    warnings: tuple[Fault, ...]


@dataclass(frozen=True)
class Listing:
    """A sheet as understood: where its headings are, which column is what, its people.

    ``skipped`` rows stand above the headings; ``ignored`` are (line, text) of those below
    that are neither people nor units: totals, signatures, remarks.  ``begins`` is the first row
    below the headings, from 0; ``above`` the lines of the letterhead, the lowest first.
    """

    headings_line: int
    headings: tuple
    mapping: dict
    signature: str
    rows: tuple[PersonRow, ...]
    skipped: int
    ignored: tuple[tuple[int, str], ...] = ()
    begins: int = 0
    above: tuple[str, ...] = ()


def read_people(sheet, mapping=None, today=None):
    """The list of ``sheet``; ``mapping`` (column → field) overrides what the headings propose.

    None where no row of the sheet looks like headings.
    """
    header = find_header(sheet)
    if header is None:
        return None
    mapping = mapping or header.mapping
    people, ignored = _Reading(sheet, header, mapping, today or clock.today()).result()
    return Listing(header.first + 1, header.labels, mapping, header.signature,
                   _compared(people), header.first, ignored, header.last + 1,
                   texts_above(sheet, header.first))


class _Reading:
    """The reading of one list, from its header to its end."""

    def __init__(self, sheet, header, mapping, today):
        self.sheet, self.first, self.today = sheet, header.last + 1, today
        self.columns = {field: column for column, field in mapping.items()}
        self.reader = Reader(header.labels, mapping)
        self.merged = self._merged()
        self.unit, self.above = "", {}

    def _merged(self):
        """The top of each merged range, for the cells below it that it stands for."""
        columns = {self.columns[field] for field in MERGED if field in self.columns}
        return {(index, column): top for top, column, bottom, _ in self.sheet.merged
                if column in columns and top >= self.first
                for index in range(top + 1, min(bottom + 1, len(self.sheet.rows)))}

    def result(self):
        """The people, and the lines that were left out."""
        people, ignored = [], []
        for index in range(self.first, len(self.sheet.rows)):
            line = Line.of(self.sheet, index)
            kind = self.reader.kind(line)
            if kind == PERSON:
                people.append(self._person(line))
            elif kind == HEADING:
                self.unit, self.above = unit_of_heading(line), {}
            elif kind != BLANK:
                ignored.append((index + 1, " ".join(line.texts.values())))
        return people, tuple(ignored)

    def _person(self, line):
        row = _Row(self.sheet, line, self.columns, self.merged)
        values = {"full_name": row.name()}
        values["birth"], values["gender"] = row.birth_and_gender(self.today)
        for field in REPEATED:
            text = row.text(field)
            values[field] = self.above.get(field, "") if text.lower() in DITTO else text
        self.above = values
        if line.index in self.sheet.hidden:
            row.warnings.append(Fault("full_name", "hidden-row"))
        return PersonRow(
            line=line.index + 1, **values | {"unit": values["unit"] or self.unit},
            phone=row.phone(), email=row.email(), staff_code=row.text("staff_code"),
            faults=tuple(row.faults), warnings=tuple(row.warnings))


class _Row:
    """The cells of one person by field, with the faults and warnings found in them."""

    def __init__(self, sheet, line, columns, merged):
        self.sheet, self.line, self.columns, self.merged = sheet, line, columns, merged
        self.faults, self.warnings = [], []

    def _cell(self, field):
        """The value and the font of a field; the value of a merged cell from its top."""
        column, index = self.columns.get(field), self.line.index
        if column is None or column >= len(self.sheet.rows[index]):
            return "", ""
        if self.sheet.rows[index][column] in (None, ""):
            index = self.merged.get((index, column), index)
        value = self.sheet.rows[index][column]
        return "" if value is None else value, self.sheet.font(index, column)

    def _take(self, field, value, read, *values):
        """What ``read`` makes of ``values``; nothing, and a fault, where it cannot."""
        try:
            return read(*values)
        except CellFault as fault:
            self.faults.append(Fault(field, fault.code, str(value)))
            return ""

    def _told(self, field, value):
        """Whom to tell of a warning about ``value``."""
        return partial(self._warn, field, str(value))

    def _warn(self, field, text, code):
        self.warnings.append(Fault(field, code, text))

    def text(self, field):
        """The text of the field."""
        text = self._read_text(field)
        return self._take(field, text, limited, text)

    def _read_text(self, field):
        return read_text(*self._cell(field), self.line.hint)

    def name(self):
        """The name, from its one column or its two; the given name is not said twice."""
        cells = [cell for cell in map(self._cell, NAMES) if cell[0] != ""]
        if len(cells) > 1 and str(cells[0][0]).split()[-1:] == str(cells[-1][0]).split():
            cells.pop()
        typed = " ".join(str(value) for value, _ in cells)
        return self._take("full_name", typed, read_name, cells, self.line.hint,
                          self._told("full_name", typed))

    def phone(self):
        """The phone number."""
        value, _ = self._cell("phone")
        return self._take("phone", value, read_phone, value, self._told("phone", value))

    def email(self):
        """The e-mail address."""
        text = self._read_text("email")
        return self._take("email", text, read_email, text, self._told("email", text))

    def birth_and_gender(self, today):
        """The birth and the gender, be they in a column each or in one for either gender."""
        marked_birth, marked_gender = self._marks()
        value, font = self._cell("birth")
        if isinstance(value, str):
            # “ngày 5 tháng 2”, in the charset of the row.
            value = read_text(value, font, self.line.hint)
        value = marked_birth if value == "" else value
        birth = self._take("birth", value, read_birth, value, today, self._told("birth", value))
        text = self._read_text("gender")
        return birth, self._take("gender", text, read_gender, text) or marked_gender

    def _marks(self):
        """The birth and the gender in the columns “Nam” and “Nữ”: a cross, a date or a year."""
        filled = [(self._cell(field)[0], gender)
                  for field, gender in (("birth_male", MALE), ("birth_female", FEMALE))
                  if _plain(self._cell(field)[0]) not in NO_MARKS]
        if len(filled) > 1:
            self.faults.append(Fault("gender", "gender-twice"))
        if len(filled) != 1:
            return "", ""
        (value, gender), = filled
        return "" if _plain(value) in MARKS else value, gender


def _plain(value):
    return str(value).strip().lower()


def _compared(people):
    """The people again; a staff code that an earlier row has already is a fault."""
    lines, compared = {}, []
    for person in people:
        code = person.staff_code
        if code and lines.setdefault(code, person.line) != person.line:
            fault = Fault("staff_code", "code-twice", code)
            person = replace(person, faults=(*person.faults, fault))
        compared.append(person)
    return tuple(compared)
