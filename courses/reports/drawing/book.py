"""A paper as a workbook: a sheet for each table, and one that says what the figures are."""
from lms.kernel.sheets import Table, write_workbook

from courses.reports.contents import RATE, Grid


def workbook(paper):
    """The bytes of an .xlsx with the tables of ``paper``: real numbers and days."""
    return write_workbook([Table(tab(grid), header(grid), lines(grid), grid.title)
                           for grid in paper.grids], notes(paper))


def tab(grid):
    """What the tab of a table is called: Biểu 01."""
    return grid.title.partition(".")[0].partition(":")[0]


def header(grid):
    """The words above the columns; the title of a group becomes a column."""
    first = [grid.group_word] if grid.group_word else []
    return first + [column.title for column in grid.columns]


def lines(grid):
    """The rows with their values; the total comes last."""
    rows = [[*([title] if grid.group_word else []), *_values(grid, row)]
            for title, rows in grid.groups for row in rows]
    if grid.total:
        rows.append(_values(grid, grid.total))
    return rows


def _values(grid, row):
    return [float(value) if column.kind == RATE and value is not None else value
            for column, value in zip(grid.columns, row, strict=True)]


def notes(paper):
    """The lines of the sheet about the workbook: the sentences of the paper stand there too."""
    said = [("", part.text) for part in paper.body
            if not isinstance(part, Grid) and not getattr(part, "gap", False)]
    return [(paper.kind, paper.about), *paper.facts, *said,
            *(("Ghi chú", note) for grid in paper.grids for note in grid.notes)]
