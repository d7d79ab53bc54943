"""Workbooks in and out: what clerks send, and lists that open cleanly in a spreadsheet."""
import csv
import re
import zipfile
from dataclasses import dataclass, field
from datetime import date, datetime
from io import BytesIO, StringIO
from xml.parsers import expat

import xlsxwriter
from python_calamine import CalamineError, CalamineWorkbook

#: A clerk's list is small; anything beyond is a mistake or an attack.
LARGEST_FILE = 20 * 1024 * 1024
LARGEST_PART = 200 * 1024 * 1024
MOST_ROWS = 50_000
MOST_COLUMNS = 100


class UnreadableSheet(Exception):
    """The file cannot be read; ``code`` says why: empty, too-large, encrypted, not-a-workbook."""

    def __init__(self, code):
        super().__init__(code)
        self.code = code


@dataclass(frozen=True)
class Sheet:
    """A page of a workbook: its rows of values, and the fonts of cells that do not use Unicode."""

    name: str
    rows: list
    fonts: dict = field(default_factory=dict)

    def font(self, row, column):
        """The font of a cell where it is one of before Unicode, else None."""
        return self.fonts.get((row, column))


def read_workbook(content, name):
    """The sheets of the workbook or CSV file ``content`` (bytes), whose name is ``name``."""
    if not content:
        raise UnreadableSheet("empty")
    if len(content) > LARGEST_FILE:
        raise UnreadableSheet("too-large")
    if name.lower().endswith(".csv"):
        return [Sheet(name, _csv_rows(content))]
    if content[:8] == b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1":
        encrypted = b"E\0n\0c\0r\0y\0p\0t" in content
        raise UnreadableSheet("encrypted" if encrypted else "not-a-workbook")
    return _xlsx_sheets(content)


def _csv_rows(content):
    for encoding in ("utf-8-sig", "utf-16", "cp1258"):
        try:
            text = content.decode(encoding)
            break
        except UnicodeError:
            continue
    else:
        raise UnreadableSheet("not-a-workbook")
    first = text.splitlines()[0] if text.strip() else ""
    delimiter = max(";,\t", key=first.count)
    rows = list(csv.reader(StringIO(text), delimiter=delimiter))
    if len(rows) > MOST_ROWS:
        raise UnreadableSheet("too-large")
    return rows


def _xlsx_sheets(content):
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            if sum(part.file_size for part in archive.infolist()) > LARGEST_PART:
                raise UnreadableSheet("too-large")
            fonts = _LegacyFonts(archive)
            book = CalamineWorkbook.from_filelike(BytesIO(content))
            sheets = [_sheet(book, fonts, number, name)
                      for number, name in enumerate(book.sheet_names)]
    except (zipfile.BadZipFile, CalamineError, KeyError, expat.ExpatError) as error:
        raise UnreadableSheet("not-a-workbook") from error
    if not any(sheet.rows for sheet in sheets):
        raise UnreadableSheet("empty")
    return sheets


def _sheet(book, fonts, number, name):
    rows = book.get_sheet_by_index(number).to_python(skip_empty_area=False)
    if len(rows) > MOST_ROWS:
        raise UnreadableSheet("too-large")
    return Sheet(name, [row[:MOST_COLUMNS] for row in rows], fonts.of_sheet(number + 1))


class _LegacyFonts:
    """Which cells of an .xlsx use a font of before Unicode; read without building a document."""

    def __init__(self, archive):
        self.archive = archive
        self.names = set(archive.namelist())
        self.styles = self._legacy_styles() if "xl/styles.xml" in self.names else {}

    def _legacy_styles(self):
        fonts, formats, where = [], [], []

        def start(tag, attributes):
            where.append(tag)
            if tag == "font":
                fonts.append("")
            elif tag == "name" and fonts and "fonts" in where:
                fonts[-1] = attributes.get("val", "")
            elif tag == "xf" and "cellXfs" in where:
                formats.append(int(attributes.get("fontId", 0)))

        self._parse("xl/styles.xml", start, lambda _tag: where.pop())
        return {number: fonts[font] for number, font in enumerate(formats)
                if font < len(fonts) and re.match(r"(?i)\.vn|vni", fonts[font])}

    def of_sheet(self, number):
        """The legacy font of each cell of the sheet, by (row, column) from 0."""
        part, found = f"xl/worksheets/sheet{number}.xml", {}
        if not self.styles or part not in self.names:
            return found

        def start(tag, attributes):
            font = self.styles.get(int(attributes.get("s", 0))) if tag == "c" else None
            if font and "r" in attributes:
                found[_place(attributes["r"])] = font

        self._parse(part, start, lambda _tag: None)
        return found

    def _parse(self, part, start, end):
        # Expat expands no external entity, and a document with its own is refused.
        parser = expat.ParserCreate(namespace_separator=None)
        parser.StartElementHandler = start
        parser.EndElementHandler = end
        parser.EntityDeclHandler = self._refuse
        with self.archive.open(part) as source:
            parser.ParseFile(source)

    @staticmethod
    def _refuse(*_declaration):
        raise UnreadableSheet("not-a-workbook")


def _place(reference):
    letters, digits = re.match(r"([A-Z]+)(\d+)", reference).groups()
    column = 0
    for letter in letters:
        column = column * 26 + ord(letter) - 64
    return int(digits) - 1, column - 1


@dataclass(frozen=True)
class Table:
    """A sheet to write: its name, its header, its rows, the widths of its columns."""

    name: str
    header: list
    rows: list
    title: str = ""


def write_workbook(tables, notes=()):
    """The bytes of an .xlsx of ``tables``; ``notes`` are (word, value) lines on their own sheet.

    Numbers and dates are real ones, the header is frozen and filters, and no cell is
    one that a spreadsheet would run.
    """
    buffer = BytesIO()
    book = xlsxwriter.Workbook(buffer, {
        "in_memory": True, "strings_to_formulas": False, "strings_to_urls": False,
        "default_date_format": "dd/mm/yyyy"})
    looks = {"title": book.add_format({"bold": True, "font_size": 14}),
             "header": book.add_format({"bold": True, "text_wrap": True, "bottom": 1,
                                        "valign": "bottom"}),
             "day": book.add_format({"num_format": "dd/mm/yyyy", "align": "left"})}
    for table in tables:
        _write_table(book.add_worksheet(_sheet_name(table.name)), table, looks)
    if notes:
        sheet = book.add_worksheet("Thông tin")
        sheet.set_column(0, 0, 28)
        sheet.set_column(1, 1, 80)
        for row, (word, value) in enumerate(notes):
            sheet.write_string(row, 0, str(word), looks["header"])
            _write_cell(sheet, row, 1, value, looks)
    book.close()
    return buffer.getvalue()


def _sheet_name(name):
    return re.sub(r"[\[\]:*?/\\]", " ", name)[:31]


def _write_table(sheet, table, looks):
    top = 2 if table.title else 0
    if table.title:
        sheet.write_string(0, 0, table.title, looks["title"])
    for column, word in enumerate(table.header):
        sheet.write_string(top, column, str(word), looks["header"])
        longest = max((len(str(row[column])) for row in table.rows[:500]), default=0)
        sheet.set_column(column, column, min(48, max(8, longest, len(str(word)) // 2) + 2))
    for row, values in enumerate(table.rows, top + 1):
        for column, value in enumerate(values):
            _write_cell(sheet, row, column, value, looks)
    sheet.freeze_panes(top + 1, 0)
    sheet.autofilter(top, 0, top + max(1, len(table.rows)), len(table.header) - 1)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(top)


def _write_cell(sheet, row, column, value, looks):
    if value is None or value == "":
        return
    if isinstance(value, datetime | date):
        sheet.write_datetime(row, column, value, looks["day"])
    elif isinstance(value, int | float) or type(value).__name__ == "Decimal":
        sheet.write_number(row, column, value)
    else:
        sheet.write_string(row, column, str(value))
