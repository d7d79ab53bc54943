"""Workbooks in and out: what clerks send, and lists that open cleanly in a spreadsheet."""
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO
from pathlib import PurePath

import xlsxwriter

from lms.kernel import clock, grid
from lms.kernel.grid import BLANK, Sheet, UnreadableSheet, squared
from lms.kernel.separated import read_rows
from lms.kernel.xlsx import read_xlsx

__all__ = ["Sheet", "Table", "UnreadableSheet", "read_workbook", "write_workbook"]

ZIP = b"PK"
#: The container of Excel before 2007, and of every workbook that a password guards.
COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
GUARDED = "EncryptedPackage".encode("utf-16-le")

LONGEST_WRITTEN = 32_767
NARROWEST, WIDEST = 6, 48
ROWS_MEASURED = 500
#: Below a list that offers choices, so many rows more offer them.
ROWS_ADDED = 200
A4 = 9
NOT_IN_A_NAME = re.compile(r"[\[\]:*?/\\\x00-\x1f]")
LONGEST_NAME = 31


def read_workbook(content, name=""):
    """The visible sheets of the .xlsx or .csv file ``content`` (bytes) that is called ``name``.

    What the bytes are decides, not the name.  Text is as it was typed: legacy charsets,
    blanks and look-alikes included.  Raises UnreadableSheet.
    """
    if not content:
        raise UnreadableSheet("empty")
    if len(content) > grid.LARGEST_FILE:
        raise UnreadableSheet("too-large")
    if content.startswith(COMPOUND):
        raise UnreadableSheet("encrypted" if GUARDED in content else "old-workbook")
    if content.startswith(ZIP):
        sheets = read_xlsx(content)
    else:
        rows = [[text[:grid.LONGEST_CELL] if text.strip() else BLANK for text in row]
                for row in read_rows(content)]
        sheets = [Sheet(PurePath(name).stem, squared(rows))]
    if not any(sheet.rows for sheet in sheets):
        raise UnreadableSheet("empty")
    return sheets


@dataclass(frozen=True)
class Table:
    """A list to write: its name on the tab, its header, its rows; ``marked`` cells stand out.

    Values are text, numbers, dates, moments, truths or None; ``marked`` are (row, column)
    pairs from 0, the header not counted.  ``choices`` are (column, words) pairs: the cells of
    the column, and of rows added below, offer these words; ``words`` may name the first column
    of another table by that table's name.
    """

    name: str
    header: Sequence
    rows: Iterable[Sequence]
    title: str = ""
    marked: frozenset = frozenset()
    choices: tuple = ()


def write_workbook(tables, notes=(), notes_name="Thông tin"):
    """The bytes of an .xlsx of ``tables``; ``notes``, (word, value) lines, get their own sheet.

    Numbers and dates are real ones, headers stay in sight and filter, a page prints on A4
    across, and no cell is one that a spreadsheet would run or follow.
    """
    buffer = BytesIO()
    book = xlsxwriter.Workbook(buffer, {
        "in_memory": True,
        "default_format_properties": {"font_name": "Times New Roman", "font_size": 12}})
    book.set_properties({"created": clock.now().replace(tzinfo=None)})
    formats, names = _Formats(book), set()
    for table in tables:
        sheet = book.add_worksheet(_sheet_name(table.name, names))
        _write_table(sheet, table, formats)
        _offer_choices(sheet, table, {str(one.name): one for one in tables})
    if notes:
        _write_notes(book.add_worksheet(_sheet_name(notes_name, names)), notes, formats)
    book.close()
    return buffer.getvalue()


class _Formats:
    """How cells look: an ordinary cell and a marked one, each for text, days and moments."""

    def __init__(self, book):
        self.title = book.add_format({"bold": True, "font_size": 14})
        self.header = book.add_format({
            "bold": True, "text_wrap": True, "valign": "vcenter", "border": 1,
            "border_color": "#857D70", "bg_color": "#E8EEF4"})
        self.word = book.add_format({"bold": True, "valign": "top"})
        self.cells = {}
        for marked in (False, True):
            look = {"valign": "top"} | ({"bg_color": "#F9EAE6"} if marked else {})
            self.cells[marked] = {
                "blank": book.add_format(look) if marked else None,
                "text": book.add_format(look | {"text_wrap": True}),
                "number": book.add_format(look),
                "day": book.add_format(look | {"num_format": "dd/mm/yyyy", "align": "left"}),
                "moment": book.add_format(look | {"num_format": "dd/mm/yyyy hh:mm",
                                                  "align": "left"})}


def _sheet_name(name, taken):
    """``name`` as Excel allows it on a tab, told apart from the names ``taken``."""
    plain = NOT_IN_A_NAME.sub(" ", str(name)).strip(" '")[:LONGEST_NAME].strip(" '") or "1"
    number, unique = 1, plain
    while unique.lower() in taken:
        number += 1
        ending = f" ({number})"
        unique = plain[:LONGEST_NAME - len(ending)] + ending
    taken.add(unique.lower())
    return unique


def _write_table(sheet, table, formats):
    rows = list(table.rows)
    top = 2 if table.title else 0
    if table.title:
        sheet.write_string(0, 0, str(table.title), formats.title)
    for column, word in enumerate(table.header):
        sheet.write_string(top, column, str(word), formats.header)
        sheet.set_column(column, column, _width(word, column, rows))
    for line, row in enumerate(rows):
        for column, value in enumerate(row):
            looks = formats.cells[(line, column) in table.marked]
            _write_cell(sheet, (top + 1 + line, column), value, looks)
    last = max(len(table.header) - 1, 0)
    sheet.freeze_panes(top + 1, 0)
    sheet.autofilter(top, 0, top + max(1, len(rows)), last)
    # Phone numbers and codes are text on purpose; Excel would flag each of them.
    sheet.ignore_errors({"number_stored_as_text": "A1:XFD1048576"})
    sheet.set_landscape()
    sheet.set_paper(A4)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(top)
    sheet.set_footer("&R&P/&N")


def _offer_choices(sheet, table, tables):
    """Let the cells of some columns offer words; others can be typed all the same."""
    first = (3 if table.title else 1)
    for column, words in table.choices:
        if isinstance(words, str):
            words = f"='{words}'!$A$2:$A${1 + len(tables[words].rows)}"
        sheet.data_validation(first, column, first + len(table.rows) + ROWS_ADDED, column, {
            "validate": "list", "source": words, "ignore_blank": True, "show_error": False})


def _width(word, column, rows):
    """How wide a column must be for what stands in it; a long header wraps instead."""
    longest = max((len(_shown(row[column])) for row in rows[:ROWS_MEASURED]
                   if column < len(row)), default=0)
    return min(WIDEST, max(NARROWEST, longest + 2, len(str(word)) // 2 + 3))


def _shown(value):
    if isinstance(value, date):
        return "dd/mm/yyyy hh:mm" if isinstance(value, datetime) else "dd/mm/yyyy"
    return "" if value is None else max(str(value).split("\n"), key=len)


def _write_notes(sheet, notes, formats):
    sheet.set_column(0, 0, 28)
    sheet.set_column(1, 1, 80)
    for line, (word, value) in enumerate(notes):
        sheet.write_string(line, 0, str(word), formats.word)
        _write_cell(sheet, (line, 1), value, formats.cells[False])


def _write_cell(sheet, place, value, looks):
    if value is None or value == "":
        sheet.write_blank(*place, None, looks["blank"])
    elif isinstance(value, bool):
        sheet.write_boolean(*place, value, looks["number"])
    elif isinstance(value, int | float | Decimal):
        sheet.write_number(*place, value, looks["number"])
    elif isinstance(value, datetime):
        local = clock.local(value).replace(tzinfo=None) if value.tzinfo else value
        sheet.write_datetime(*place, local, looks["moment"])
    elif isinstance(value, date):
        sheet.write_datetime(*place, value, looks["day"])
    else:
        # As a string, never by guess: "=…", "@…", "http…" stay the text they are.
        sheet.write_string(*place, str(value)[:LONGEST_WRITTEN], looks["text"])
