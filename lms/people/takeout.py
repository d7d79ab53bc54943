"""A copy of everything held about somebody, as one file: a page to read, the same for machines, and
the files they handed in.
"""
import json
import zipfile
from contextlib import ExitStack
from datetime import date, datetime
from tempfile import TemporaryFile

from lms.kernel import audit, clock
from lms.kernel.errors import Refusal
from lms.kernel.i18n import _
from lms.people.holdings import all_holdings, ids_of

#: What the parts of the copy are called.
PAGE, DATA, FILES = "du-lieu.html", "du-lieu.json", "tep"
#: A request number is no longer than this.
LONGEST = 60


def refuse_to_take_out(person, by, request):
    """Refuse a copy of what is held about whoever was erased, and one for somebody else than the
    person without the number of the ``request`` by which it was asked for.
    """
    if person.erased_at is not None:
        raise Refusal(_("What identified this person was erased; there is nothing to take out."))
    if by.id != person.id and not request.strip():
        raise Refusal(_("Give the number of the request by which this was asked for."))


def note_taken_out(person, by, request):
    """Leave the trace of a copy that is handed to ``by``."""
    audit.record(by, "data taken out", person, reason=request.strip()[:LONGEST])


def copy_of(person, render):
    """The open file of a zip with all that is held about ``person``; ``render`` makes the page to
    read of the parts.  It only reads, which takes as long as the files are large.
    """
    ids = ids_of(person)
    parts = [(one, rows) for one in all_holdings() if (rows := one.rows(ids))]
    page, data = render(parts), as_json(person, parts)
    with ExitStack() as unless_whole:
        target = unless_whole.enter_context(TemporaryFile())
        with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as made:
            made.writestr(PAGE, page)
            made.writestr(DATA, data)
            for row_id, file in _files(parts):
                # Photographs and PDFs do not become smaller.
                made.write(file.path, f"{FILES}/{row_id}-{file.name}", zipfile.ZIP_STORED)
        target.seek(0)
        unless_whole.pop_all()  # Whoever sends it closes it.
    return target


def as_json(person, parts):
    """All that is held about ``person``, for machines: table → its rows, each column by its key;
    days and moments as ISO 8601, moments in UTC.
    """
    return json.dumps({
        "person": person.key, "made_at": clock.now().isoformat(),
        "held": {one.name: [{column.key: _plain(column.of(row)) for column in one.columns}
                            for row in rows] for one, rows in parts}},
        ensure_ascii=False, indent=1)


def _plain(value):
    return value.isoformat() if isinstance(value, date | datetime) else value


def _files(parts):
    """(name of the table and key of the row, file) of the files that are the person's own and whose
    bytes are there.
    """
    return [(f"{one.name}-{row.id}", file) for one, rows in parts if one.file for row in rows
            if (file := one.file(row)).size and file.path.is_file()]
