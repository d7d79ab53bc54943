"""A clerk's list: uploaded, worked out, confirmed, undone."""
from collections import Counter

from sqlalchemy import insert

from lms.kernel import audit, clock, jobs, storage
from lms.kernel.db import db
from lms.kernel.errors import Refusal
from lms.kernel.facts import close
from lms.kernel.i18n import _
from lms.kernel.text import fold
from lms.kernel.transaction import looking
from lms.people.following import follow_rules
from lms.people.import_queries import (
    effects_of,
    in_two_places,
    known_on,
)
from lms.people.import_reading import lists_in, read_batch, read_rows, sheets_of
from lms.people.import_writing import FACTS, SAID, Writer, facts_named, locked
from lms.people.list_units import WHOLE_LIST, meanings_of, point_out_moves, to_ask, with_units
from lms.people.lists.headers import NAMES
from lms.people.models import (
    Import,
    ImportEffect,
    ImportMapping,
    Person,
)
from lms.people.plan import CHANGED, MOVED, NEW, planned

ENDINGS, OLD_ENDING = (".xlsx", ".csv"), ".xls"
#: Beyond this size a list is worked out in the background, with progress shown.
LARGE = 60_000
PREVIEW = "people.preview"


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
    total, known = len(listing.rows), known_on(batch.effective_on, batch.by)
    rows = with_units(listing.rows, meanings_of(listing, batch.edits, known))
    plan = planned(rows, known,
                   lambda done: jobs.progress(progress_key(batch), done, total))
    asked = to_ask(listing, batch.edits, known)
    point_out_moves(plan, asked)
    return number, {
        "line": listing.headings_line, "skipped": listing.skipped, "signature": listing.signature,
        "headings": [str(cell if cell is not None else "") for cell in listing.headings],
        "mapping": {str(c): f for c, f in listing.mapping.items()},
        "ignored": listing.ignored, "lists": list(lists.items()),
        "units": asked, **_kept(plan)}


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


def tell_units(batch, units, by):
    """Say which units the names in the list mean: name as it was read → the unit's key."""
    refuse_if_done(batch)
    keep_edits(batch, {WHOLE_LIST: {fold(name): key for name, key in units.items()}})
    _look(batch, by)
    audit.record(by, "units told", batch, units=sorted(set(units.values())))


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
    rows = facts_named(effects)
    people = {row.person_id for row in rows.values()}
    before = in_two_places(people)
    _undo_fields([effect for effect in effects if effect.table == Person.__tablename__])
    for model in FACTS:
        _undo_facts(model, effects, rows)
    if in_two_places(people) - before:
        raise _changed_meanwhile()
    batch.undone_at = clock.now()
    follow_rules(people)
    audit.record(by, "import undone", batch)


def _changed_meanwhile():
    return Refusal(_("Somebody changed a post or group of this list meanwhile, so it can no "
                     "longer be undone as a whole. Correct the people one by one."))


def _undo_facts(model, effects, rows):
    """Close what the list wrote of ``model``, and write anew what it corrected or disbelieved."""
    table, moment, closed, again = model.__tablename__, clock.now(), [], []
    for effect in effects:
        if effect.table == table:
            if effect.what != "disbelieved":
                if rows[table, effect.row_id].superseded_at is not None:
                    raise _changed_meanwhile()
                closed.append(effect.row_id)
            if effect.what != "made":
                said = rows[table, effect.before["id"] if effect.what == "corrected"
                            else effect.row_id]
                again.append({name: getattr(said, name) for name in SAID[model]}
                             | {"recorded_at": moment})
    close(model, closed, moment)
    if again:
        db.session.execute(insert(model), again)


def _undo_fields(effects):
    changed = [effect for effect in effects if effect.what == "changed"]
    people = {person.id: person for person in locked(
        Person, Person.id, {effect.row_id for effect in changed})}
    for effect in changed:
        person = people[effect.row_id]
        for name, before in effect.before["before"].items():
            if getattr(person, name) == effect.before["after"][name]:
                setattr(person, name, before)
