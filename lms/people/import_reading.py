"""The file of an import read as a list: which sheet, which columns, the clerk's corrections."""
from lms.kernel.errors import Refusal
from lms.kernel.i18n import _
from lms.kernel.sheets import UnreadableSheet, read_workbook
from lms.kernel.text import fold
from lms.people.import_queries import remembered_mapping
from lms.people.lists.labels import find_header
from lms.people.workbook import Fault, PersonRow, read_people


def read_batch(batch, sheet=None):
    """The ``sheet`` of the import (None: as its file has it), and the list in it as a listing, both
    with the clerk's corrections applied.
    """
    sheet = sheet or sheet_of(batch)
    mapping = {int(c): f for c, f in batch.mapping.items()} if batch.mapping else None
    listing = read_people(sheet, mapping)
    if listing is None:
        raise Refusal(_("No row with headings was found. The list needs a row with “Họ và tên”, "
                        "“Ngày sinh”, “Đơn vị” …"))
    if mapping is None and (known := remembered_mapping(listing.signature)):
        listing = read_people(sheet, known)
    if batch.edits:
        apply_edits(sheet, listing, batch.edits)
        listing = read_people(sheet, listing.mapping)
    return sheet, listing


def read_rows(batch):
    """The rows of the list as they were read for its plan."""
    return [PersonRow(**{**item["row"], **{
        kind: tuple(Fault(**note) for note in item["row"][kind])
        for kind in ("faults", "warnings")}}) for item in batch.plan["rows"]]


def why_not_read(batch):
    """The sentence that says why the list cannot be read; nothing where it can."""
    try:
        read_batch(batch)
    except Refusal as refusal:
        return refusal.message
    return ""


def sheet_of(batch):
    """The sheet of the uploaded file, as it came; refused where it cannot be read."""
    sheets = sheets_of(batch)
    return sheets[min(batch.sheet, len(sheets) - 1)]


def sheets_of(batch):
    """All visible sheets of the uploaded file, as they came; refused where it cannot be read."""
    if batch.erased:
        raise Refusal(_("This list was erased: its time was over, or somebody in it asked for "
                        "that after leaving. What it changed stays; upload a new list."))
    try:
        return read_workbook(batch.file.path.read_bytes(), batch.file.name)
    except UnreadableSheet as fault:
        raise Refusal(_unreadable(fault.code)) from None


def lists_in(sheets):
    """Which of the ``sheets`` hold a list, as (number, name) pairs, numbers from 0."""
    return [(number, sheet.name) for number, sheet in enumerate(sheets) if find_header(sheet)]


def names_beside(batch):
    """The folded names in the lists of the workbook that are not part of this import, as a set."""
    others = {number for number, _name in batch.plan.get("lists", ())} - {batch.sheet}
    if not others:
        return set()
    sheets = sheets_of(batch)
    return {fold(row.full_name) for number in others for row in read_people(sheets[number]).rows}


def _unreadable(code):
    return {
        "empty": _("The file is empty. Save the list again and upload it once more."),
        "too-large": _("The file is too large for a list. Split it and upload the parts."),
        "encrypted": _("The file has a password. Save it without one and upload it again."),
    }.get(code) or _("The file is not an Excel list. Save it as .xlsx and upload it again.")


def apply_edits(sheet, listing, edits):
    """Put the clerk's corrections into the cells they belong to."""
    columns = {field: column for column, field in listing.mapping.items()}
    for line, fields in edits.items():
        if not listing.headings_line < int(line) <= len(sheet.rows):
            continue
        row = sheet.rows[int(line) - 1]
        for field, text in fields.items():
            column = columns.get(field)
            if field == "birth" and column is None:
                column = _column_of_birth(columns, row)
            if field == "full_name" and column is None:
                column = columns["given"]
                row[columns["family_middle"]] = ""
            if column is not None:
                row.extend([""] * (column + 1 - len(row)))
                row[column] = text
                sheet.fonts.pop((int(line) - 1, column), None)


def _column_of_birth(columns, row):
    """Where the birth stands in a list with a column for men and one for women, or None."""
    pair = [columns[field] for field in ("birth_male", "birth_female") if field in columns]
    return next((column for column in pair if column < len(row) and row[column]),
                pair[0] if pair else None)
