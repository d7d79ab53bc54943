"""The rows below a list's header: people, headings that name a unit, and what closes a list."""
import re
from collections.abc import Mapping
from dataclasses import dataclass

from lms.kernel.legacy import UNICODE_ONLY, looks_legacy
from lms.kernel.text import fold
from lms.people.lists.headers import NAMES, field_of
from lms.people.lists.names import read_text

PERSON, HEADING, CLOSING, BLANK, OTHER = "person", "heading", "closing", "blank", "other"

COUNTED = re.compile(r"\(?\d{1,5}[.)/]?")
#: I, II., A) before the name of a unit; the letters alone stand in the column of numbers.
GROUP_NUMBER = re.compile(r"(?:[IVXLC]+|[A-ZĐ]|\d{1,2})(?:\.\d{1,2})*")
NUMBERED = re.compile(r"(?:[IVXLC]+|[A-ZĐ]|\d{1,2}(?:\.\d{1,2})*)\s*[.)/:\-–]\s*(?=\S)")
HEAD_COUNT = re.compile(r"\s*[:(–-]+\s*\d+\s*(?:người|đồng chí|đ/c|cán bộ).*$", re.IGNORECASE)
#: How the names of units begin; with marks, for Trường is a school and Trương a family.
UNIT_WORDS = re.compile(
    r"(?:sở|ban|phòng|văn phòng|ủy ban|uỷ ban|ubnd|hđnd|hội|hội đồng|trường|trung tâm|báo|đài|"
    r"công an|bộ|chi cục|cục|huyện|xã|phường|thị trấn|thị xã|thành phố|tp|tỉnh|tỉnh đoàn|đảng ủy|"
    r"đảng uỷ|mặt trận|liên đoàn|thanh tra|viện|tòa án|toà án|kho bạc|khối|tổ|đơn vị|cơ quan|"
    r"nhà|bệnh viện|công ty|đoàn thanh niên|ubmttq|ubkt)\b[ .,:]?", re.IGNORECASE)

#: A line with a day in words, or of those who sign; folded.
DATE_LINE = re.compile(r"\bngay\b.{0,12}\bthang\b.{0,12}\bnam\b")
SIGNATURE = re.compile(
    r"(?:nguoi lap|nguoi tong hop|lap bieu|thu truong|giam doc|pho giam doc|chu tich|"
    r"pho chu tich|tong bien tap|truong phong|chanh van phong|xac nhan|noi nhan|ky ten|"
    r"\(ky|ky,? ghi ro|t/?m\b\.?|k/?t\b\.?|t/?l\b\.?|tuq\b\.?|q\.|lanh dao)")
TOTAL = re.compile(r"(?:tong(?: so| cong)?\b|cong\b|an dinh|danh sach (?:nay )?(?:co|gom)\b)")
#: A count behind the name of a unit.
COUNT = re.compile(r"\d{1,3}(?: (?:người|đồng chí|đ/c|cán bộ))?")
NUMBERS_OF_COLUMNS = re.compile(r"\(?(?:\d{1,2}|[A-D])\)?")

#: A cell in one of these makes a row a person's whatever else it says.
EVIDENCE = ("birth", "birth_male", "birth_female", "phone", "email", "staff_code")


@dataclass(frozen=True)
class Line:
    """One row: where it stands from 0, and the texts of its cells by column.

    ``hint`` is the charset of before Unicode that the row as a whole is in, if any.
    """

    index: int
    hint: str | None
    texts: Mapping[int, str]

    @classmethod
    def of(cls, sheet, index):
        """The row of ``sheet`` at ``index``."""
        values = sheet.rows[index]
        hint = _hint(values)
        texts = {column: read_text(value, sheet.font(index, column), hint)
                 for column, value in enumerate(values) if value not in (None, "")}
        return cls(index, hint, {column: text for column, text in texts.items() if text})


def _hint(values):
    """The charset in which most of a row reads best; cells that must be Unicode do not count."""
    texts = [value for value in values if isinstance(value, str)
             and not value.isascii() and not UNICODE_ONLY.search(value)]
    return looks_legacy(" ".join(texts)) if texts else None


class Reader:
    """Tells the kinds of the rows of one list, one row after the other.

    ``labels`` are those of its header, ``mapping`` says which field each column holds.
    """

    def __init__(self, labels, mapping):
        self.labels = labels
        self.fields = {column: field for column, field in mapping.items()
                       if field not in ("number", "note")}
        self.number_column = next(
            (column for column, field in mapping.items() if field == "number"), None)
        self.closed = False

    def kind(self, line):
        """The kind of ``line``; after the signatures only a numbered person is one."""
        if not line.texts or self._is_prepared(line):
            return BLANK
        if self._is_header(line):
            self.closed = False
            return BLANK
        counted = self._counted(line)
        if not counted and self._closes(line):
            self.closed = True
        if self.closed and not (counted and self._name(line)):
            return CLOSING
        if self._is_heading(line, counted):
            return HEADING
        return PERSON if self._is_person(line, counted) else OTHER

    def _is_header(self, line):
        """Whether the header stands here again, as at the top of a printed page."""
        names = [column for column in line.texts if self.fields.get(column) in NAMES]
        return bool(names) and all(
            column < len(self.labels) and line.texts[column] in self.labels[column]
            and field_of(self.labels[column]) for column in names)

    def _has(self, line, fields):
        return sum(field in fields and column in line.texts
                   for column, field in self.fields.items())

    def _others(self, line):
        """How many fields besides the name are filled in."""
        return self._has(line, set(self.fields.values()).difference(NAMES))

    def _name(self, line):
        return " ".join(text for column, text in line.texts.items()
                        if self.fields.get(column) in NAMES)

    def _counted(self, line):
        number = line.texts.get(self.number_column, "")
        return COUNTED.fullmatch(number) is not None

    def _is_prepared(self, line):
        """A number of the next person with nothing behind it, or the numbers of the columns."""
        if set(line.texts) == {self.number_column}:
            return self._counted(line)
        return len(line.texts) > 2 and all(map(NUMBERS_OF_COLUMNS.fullmatch, line.texts.values()))

    def _closes(self, line):
        folded = [fold(text) for text in line.texts.values()]
        if any(map(DATE_LINE.search, folded)) and not self._has(line, EVIDENCE):
            return True
        if self._has(line, EVIDENCE):
            return False
        name = fold(self._name(line))
        return bool(SIGNATURE.match(name) or not name and any(map(SIGNATURE.match, folded)))

    def _is_heading(self, line, counted):
        columns = columns_of_heading(line)
        if not columns or any(self.fields.get(column) in EVIDENCE for column in columns):
            return False
        *numbers, text = (line.texts[column] for column in columns)
        if TOTAL.match(fold(text)):
            return False
        is_unit = UNIT_WORDS.match(text) is not None
        if numbers:
            is_numbered = GROUP_NUMBER.fullmatch(numbers[0].rstrip(".)/")) is not None
            return is_numbered and (is_unit or not counted)
        return is_unit or NUMBERED.match(text) is not None

    def _is_person(self, line, counted):
        name, others = self._name(line), self._others(line)
        if not name:
            return others > 1 or counted and others > 0
        if TOTAL.match(fold(name)) and not others:
            return False
        return counted or others > 0 or self.number_column is None


def columns_of_heading(line):
    """Where the number, if any, and the text of a heading stand; nothing of a fuller row."""
    columns = sorted(line.texts)
    while len(columns) > 1 and COUNT.fullmatch(line.texts[columns[-1]]):
        columns.pop()
    return columns if len(columns) <= 2 else []


def unit_of_heading(line):
    """The unit that a heading names: without its number and its count of people."""
    text = line.texts[columns_of_heading(line)[-1]]
    return HEAD_COUNT.sub("", NUMBERED.sub("", text, count=1)).strip(" .:")
