"""Reading the three kinds of files back into plain rows of texts."""
from io import BytesIO

from docx import Document
from openpyxl import load_workbook
from pypdf import PdfReader

from courses.reports.contents import shown
from courses.reports.papers import drawn


def word_tables(content):
    """The tables with a border of a Word file: each a list of rows of texts."""
    return [[[cell.text for cell in row.cells] for row in table.rows]
            for table in Document(BytesIO(content)).tables if table.style.name == "Table Grid"]


def word_text(content):
    """All the words of a Word file outside its tables."""
    return " ".join(paragraph.text for paragraph in Document(BytesIO(content)).paragraphs)


def pdf_text(content):
    """All the words of a PDF, blanks folded."""
    return folded(" ".join(page.extract_text() for page in PdfReader(BytesIO(content)).pages))


def folded(text):
    """``text`` with single blanks and none where a line was broken inside a cell."""
    return "".join(text.split())


def book_sheets(content):
    """sheet → its rows of values."""
    return {sheet.title: [list(row) for row in sheet.iter_rows(values_only=True)]
            for sheet in load_workbook(BytesIO(content)).worksheets}


def expected_rows(grid):
    """The rows of a table as paper prints them, header, group lines and total included."""
    wide = len(grid.columns)
    rows = [[column.title for column in grid.columns]]
    for title, values in grid.groups:
        rows += [[title] * wide] if title else []
        rows += [printed(grid, row) for row in values]
    return rows + ([printed(grid, grid.total)] if grid.total else [])


def printed(grid, row):
    """The values of a row as paper prints them."""
    return ["" if value is None and column.kind == "centre" else shown(value, column.kind)
            for column, value in zip(grid.columns, row, strict=True)]


def words_of(paper):
    """The Word file of ``paper`` as lines: its paragraphs, those in cells, and each row as one."""
    document = Document(BytesIO(drawn(paper, "docx")))
    rows = [[cell.text for cell in row.cells] for table in document.tables for row in table.rows]
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs),
                      *(text for row in rows for text in row), *map(" | ".join, rows)])
