"""A clerk's list: uploaded, worked out, confirmed, undone."""
from collections import Counter, defaultdict

from lms.kernel import audit, clock, jobs, storage
from lms.kernel.db import db
from lms.kernel.errors import Refusal
from lms.kernel.facts import succeeded
from lms.kernel.i18n import _
from lms.kernel.transaction import looking
from lms.people.following import follow_rules
from lms.people.import_queries import (
    effects_of,
    in_two_places,
    known_on,
)
from lms.people.import_reading import lists_in, read_batch, read_rows, sheets_of
from lms.people.import_writing import Writer, locked
from lms.people.lists.headers import NAMES
from lms.people.models import (
    Import,
    ImportEffect,
    ImportMapping,
    Membership,
    Person,
    Posting,
)
from lms.people.plan import CHANGED, MOVED, NEW, planned

ENDINGS, OLD_ENDING = (".xlsx", ".csv"), ".xls"
#: Beyond this size a list is worked out in the background, with progress shown.
LARGE = 60_000
PREVIEW = "people.preview"
TABLES = {"person": Person, "posting": Posting, "membership": Membership}


def upload(stream, name, effective_on, by):
    """Keep a list and work out what it would do; a large one in the background.

    Of a workbook with several lists the first is meant; see ``read_sheet`` for the others.
    """
    _refuse_old_workbook(name)
    return _begin(Import(by=by, file=storage.keep(stream, name, ENDINGS),
                         effective_on=effective_on, edits={}), by)


def _refuse_old_workbook(name):
    if name.lower().endswith(OLD_ENDING):
        raise Refusal(_("This is a workbook of Excel 2003 (.xls). Open it in Excel, choose Save As "
                        "and the type Excel Workbook (.xlsx), then upload that file."))


def read_sheet(batch, number, by):
    """Work out another list of the workbook of ``batch``, on its sheet ``number`` from 0.

    It is an import of its own: confirmed and undone by itself.
    """
    if number not in dict(lists_in(sheets_of(batch))):
        raise Refusal(_("There is no list on that sheet. Choose one of those that are named."))
    return _begin(Import(by=by, file=batch.file, sheet=number, effective_on=batch.effective_on,
                         edits={}), by)


def _begin(batch, by):
    db.session.add(batch)
    db.session.flush()
    audit.record(by, "list uploaded", batch, name=batch.file.name)
    _look(batch, by)
    return batch


def _look(batch, by):
    if batch.file.size > LARGE:
        batch.plan = None
        jobs.later(PREVIEW, by, key=batch.id)
    else:
        batch.sheet, batch.plan = worked_out(batch)
    db.session.flush()


@jobs.work(PREVIEW)
def preview(key):
    """Work out, in the background, what a large list would do; nobody waits for it to write."""
    with looking():
        found = worked_out(db.session.get(Import, key))
    batch = db.session.get(Import, key)
    if batch.plan is None:
        batch.sheet, batch.plan = found


def progress_key(batch):
    """The name under which the progress of a list is told."""
    return f"import-{batch.id}"


def worked_out(batch):
    """What would happen to each row: the sheet that is read, and the plan; nothing is written."""
    sheets = sheets_of(batch)
    lists = dict(lists_in(sheets))
    # There may be a cover, or a sheet of notes, before the first list.
    number = min(lists) if lists and batch.sheet not in lists else batch.sheet
    _sheet, listing = read_batch(batch, sheets[number])
    total = len(listing.rows)
    plan = planned(listing.rows, known_on(batch.effective_on, batch.by),
                   lambda done: jobs.progress(progress_key(batch), done, total))
    return number, {
        "line": listing.headings_line, "skipped": listing.skipped, "signature": listing.signature,
        "headings": [str(cell if cell is not None else "") for cell in listing.headings],
        "mapping": {str(c): f for c, f in listing.mapping.items()},
        "ignored": listing.ignored, "lists": list(lists.items()), **_kept(plan)}


def _kept(plan):
    return {"rows": [item.plain() for item in plan],
            "counts": dict(Counter(item.outcome for item in plan))}


def correct_mapping(batch, mapping, by):
    """Say which column holds what; it is remembered for lists with the same headings."""
    refuse_if_done(batch)
    if not set(NAMES) & set(mapping.values()):
        raise Refusal(_("No column holds the names. Say in which column they stand."))
    batch.mapping = {str(column): field for column, field in mapping.items()}
    db.session.merge(ImportMapping(signature=batch.plan["signature"], mapping=batch.mapping))
    _look(batch, by)
    audit.record(by, "columns corrected", batch)


def correct_cells(batch, cells, by):
    """Correct cells in the preview: line → {field: text}; the file itself stays as it came."""
    refuse_if_done(batch)
    keep_edits(batch, cells)
    _look(batch, by)
    audit.record(by, "cells corrected", batch, lines=sorted(cells))


def keep_edits(batch, cells):
    """Add the clerk's corrections, line → {field: text}, to those made so far."""
    merged = {line: dict(fields) for line, fields in batch.edits.items()}
    for line, fields in cells.items():
        merged.setdefault(str(line), {}).update(fields)
    batch.edits = merged


def refuse_if_done(batch):
    """Refuse a list that was imported, or is not read yet."""
    if batch.confirmed_at is not None:
        raise Refusal(_("This list is already imported. Upload it again to import it once more."))
    if batch.plan is None:
        raise Refusal(_("This list is still being read. Wait until the preview is there."))


def confirm(batch, by):
    """Write what the preview showed; rows with a fault are left out and can be sent again."""
    refuse_if_done(batch)
    # The rows as they were read: while the file is read again nobody else could write.
    plan = planned(read_rows(batch), known_on(batch.effective_on, batch.by))
    batch.plan = {**batch.plan, **_kept(plan)}
    changing = [item for item in plan if item.outcome in (NEW, MOVED, CHANGED)]
    if not changing:
        raise Refusal(_("There is nothing to change: everything in the list is already known."))
    done = Counter(item.outcome for item in changing)
    people = Writer(batch, changing).write()
    batch.confirmed_at = clock.now()
    follow_rules(people)
    audit.record(by, "list imported", batch, **done)
    return done


def note(batch, what, row, before=None):
    """Remember that the list ``what`` the ``row``, so that it can be undone."""
    db.session.flush()
    db.session.add(ImportEffect(import_id=batch.id, what=what, table=row.__tablename__,
                                row_id=row.id, before=before))


def undo(batch, by):
    """Take an import back: its facts are believed no more, what it corrected is believed again."""
    if batch.confirmed_at is None or batch.undone_at is not None or batch.erased:
        raise Refusal(_("This list is not imported, so there is nothing to undo."))
    effects = effects_of(batch)
    rows = _rows_of(effects)
    people = {row.person_id for row in rows.values() if not isinstance(row, Person)}
    before = in_two_places(people)
    for effect in effects:
        _undo_effect(effect, rows)
    db.session.flush()
    if in_two_places(people) - before:
        raise _changed_meanwhile()
    batch.undone_at = clock.now()
    follow_rules(people)
    audit.record(by, "import undone", batch)


def _changed_meanwhile():
    return Refusal(_("Somebody changed a post or group of this list meanwhile, so it can no "
                     "longer be undone as a whole. Correct the people one by one."))


def _rows_of(effects):
    """(table, id) → the record, of all that the ``effects`` name."""
    ids = defaultdict(set)
    for effect in effects:
        ids[effect.table].add(effect.row_id)
        if effect.what == "corrected":
            ids[effect.table].add(effect.before["id"])
    return {(table, record.id): record for table, keys in ids.items()
            for record in locked(TABLES[table], TABLES[table].id, keys)}


def _undo_effect(effect, rows):
    row = rows[effect.table, effect.row_id]
    if effect.table == "person":
        _undo_person(effect, row)
        return
    if effect.what == "disbelieved":
        db.session.add(type(row)(person_id=row.person_id, **_said(row)))
        return
    if row.superseded_at is not None:
        raise _changed_meanwhile()
    if effect.what == "made":
        row.superseded_at = clock.now()
    else:
        succeeded(row, **_said(rows[effect.table, effect.before["id"]]))


def _said(row):
    """What the fact says of its person, by column."""
    return {name: getattr(row, name) for name in ("valid_from", "valid_to", *_own(row))}


def _own(row):
    return ("unit_id", "title", "main") if isinstance(row, Posting) else ("group_id",)


def _undo_person(effect, person):
    if effect.what != "changed":
        return
    for name, before in effect.before["before"].items():
        if getattr(person, name) == effect.before["after"][name]:
            setattr(person, name, before)
