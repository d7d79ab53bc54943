"""A clerk's list of people, read: letterhead, groups of units, people, signatures.  Pure."""
import re
from dataclasses import dataclass

from lms.kernel.text import clean, fold
from lms.people import cells
from lms.people.headings import find_headings, propose_mapping, signature

NUMERAL = re.compile(r"^\s*([IVXLC]+|[A-ZĐ]|\d+(\.\d+)*)\s*[.)\-:/]?\s+(?=\S)"
                     r"|^\s*[IVXLC]+\s*[.)]\s*")
#: With these words the list is over and the signatures begin.
ENDINGS = ("nguoi lap", "thu truong", "giam doc", "kt.", "tm.", "tl.", "noi nhan", "cao bang, ngay",
           "ngay ... thang", "tong so", "tong cong", "an dinh danh sach", "danh sach nay co",
           "(ky", "pho giam doc", "nguoi lap bieu", "xac nhan cua")


@dataclass(frozen=True)
class Fault:
    """What is wrong with, or worth a look in, one cell; ``code`` has its words elsewhere."""

    field: str
    code: str
    text: str = ""


@dataclass(frozen=True)
class PersonRow:
    """One person of the list, as read; ``line`` is the row of the sheet, from 1."""

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
    """A sheet as understood: where its headings are, which column is what, its people."""

    headings_line: int
    headings: tuple
    mapping: dict
    signature: str
    rows: tuple[PersonRow, ...]
    skipped: int


def read_people(sheet, mapping=None):
    """The list of ``sheet``; ``mapping`` (column → field) overrides what the headings propose.

    None where no row of the sheet looks like headings and no mapping is given.
    """
    found = find_headings(sheet.rows)
    if found is None:
        return None
    line, headings, span = found
    mapping = mapping or propose_mapping(headings)
    reader = _Reader(sheet, mapping)
    people = []
    for number in range(line + span, len(sheet.rows)):
        row = sheet.rows[number]
        if reader.is_over(row):
            break
        if reader.is_empty(row) or reader.is_numbers(row):
            continue
        if unit := reader.group_name(number):
            reader.unit = unit
        else:
            people.append(reader.person(number))
    return Listing(line + 1, tuple(headings), mapping, signature(headings), tuple(people), line)


class _Reader:
    """Reads row after row; the unit of a group row holds for the rows below it."""

    def __init__(self, sheet, mapping):
        self.sheet = sheet
        self.columns = {field: column for column, field in mapping.items()}
        self.unit = ""

    def is_empty(self, row):
        return not any(clean(str(cell if cell is not None else "")) for cell in row)

    def is_numbers(self, row):
        """The row of column numbers (1, 2, 3 …) that forms put below their headings."""
        filled = [str(cell) for cell in row if cell not in (None, "")]
        return len(filled) > 3 and all(
            re.fullmatch(r"\(?\d{1,2}(\.0)?\)?", text) for text in filled)

    def is_over(self, row):
        first = next((fold(str(cell)) for cell in row if cell not in (None, "")), "")
        return first.startswith(ENDINGS)

    def raw(self, number, field):
        column = self.columns.get(field)
        row = self.sheet.rows[number]
        if column is None or column >= len(row):
            return None, None
        return row[column], self.sheet.font(number, column)

    def text(self, number, field):
        return cells.read_text(*self.raw(number, field))[0]

    def group_name(self, number):
        """The unit that a row of its own names, or nothing."""
        row = self.sheet.rows[number]
        filled = [(column, cell) for column, cell in enumerate(row) if cell not in (None, "")]
        facts = {self.columns.get(field) for field in
                 ("birth", "birth_male", "birth_female", "phone", "title", "gender", "email")}
        if len(filled) > 2 or any(column in facts for column, _cell in filled):
            return ""
        column, cell = filled[-1]
        text, _code = cells.read_text(cell, self.sheet.font(number, column))
        lead = str(filled[0][1]) if len(filled) == 2 else ""
        numbered = bool(NUMERAL.match(text)) or re.fullmatch(r"[IVXLC]+\.?|[A-ZĐ]\.?", lead.strip())
        if not numbered and text != text.upper():
            return ""
        return NUMERAL.sub("", text).strip()

    def name(self, number):
        if "full_name" in self.columns:
            return cells.read_name(*self.raw(number, "full_name"))
        family, font = self.raw(number, "family_middle")
        given, given_font = self.raw(number, "given")
        whole = f"{family or ''} {given or ''}".strip()
        return cells.read_name(whole, font or given_font)

    def birth(self, number):
        """The birth date, and the gender where the columns "Nam" and "Nữ" tell it."""
        for field, gender in (("birth_male", "m"), ("birth_female", "f")):
            value, _font = self.raw(number, field)
            if value not in (None, ""):
                if fold(str(value)) == "x":
                    return (*cells.read_birth(self.raw(number, "birth")[0]), gender)
                return (*cells.read_birth(value), gender)
        return (*cells.read_birth(self.raw(number, "birth")[0]), "")

    def person(self, number):
        """The person of the row, with every fault and warning beside its field."""
        notes = {"faults": [], "warnings": []}

        def keep(field, answer, raw):
            value, fault, warning = answer
            if fault:
                notes["faults"].append(Fault(field, fault, str(raw if raw is not None else "")))
            if warning:
                notes["warnings"].append(Fault(field, warning, str(raw if raw is not None else "")))
            return value

        name = keep("full_name", self.name(number), self.raw(number, "full_name")[0])
        birth, fault, warning, gender = self.birth(number)
        birth = keep("birth", (birth, fault, warning), self.raw(number, "birth")[0])
        phone_raw = self.raw(number, "phone")[0]
        phone = keep("phone", cells.read_phone(phone_raw), phone_raw)
        return PersonRow(
            line=number + 1, full_name=name, birth=birth, phone=phone,
            gender=gender or cells.read_gender(self.raw(number, "gender")[0]),
            title=self.text(number, "title"), unit=self.text(number, "unit") or self.unit,
            email=self.text(number, "email"), staff_code=self.text(number, "staff_code"),
            group=self.text(number, "group"), faults=tuple(notes["faults"]),
            warnings=tuple(notes["warnings"]))
