"""Workbooks made for the tests of sheets, whole ones and broken ones."""
import zipfile
from io import BytesIO

import xlsxwriter

SHEET = "xl/worksheets/sheet1.xml"
MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'


def workbook(fill, **options):
    """The bytes of a workbook whose first sheet ``fill(book, sheet)`` has filled."""
    buffer = BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True, **options}) as book:
        fill(book, book.add_worksheet("Danh sách"))
    return buffer.getvalue()


def small_workbook():
    """A workbook with one word in it."""
    return workbook(lambda _book, sheet: sheet.write_string(0, 0, "Nông"))


def repacked(content, changes, method=zipfile.ZIP_DEFLATED):
    """The archive ``content`` with some of its parts changed or added."""
    packed = BytesIO()
    with zipfile.ZipFile(BytesIO(content)) as old, zipfile.ZipFile(packed, "w", method) as new:
        parts = {name: old.read(name) for name in old.namelist()} | changes
        for name, data in parts.items():
            new.writestr(name, data)
    return packed.getvalue()


def values(sheet):
    """The values of the sheet; None for a blank cell."""
    return [[None if value == "" else value for value in row] for row in sheet.rows]
