"""A workbook of staff changes: uploaded, tried, corrected, confirmed as a whole."""
from collections import Counter
from contextlib import contextmanager
from dataclasses import asdict
from datetime import date, timedelta

from lms.kernel import audit, clock, storage
from lms.kernel.db import db
from lms.kernel.errors import Refusal
from lms.kernel.i18n import _, in_both, ngettext
from lms.kernel.locks import lock_row
from lms.organisations.models import Unit
from lms.people.actions import leave, main_posts
from lms.people.careers import change_title, come_back, take_on, transfer
from lms.people.change_plan import planned_changes
from lms.people.changebook import CAME_BACK, LEAVINGS, MOVED, RETITLED, TOOK_ON, read_changes
from lms.people.import_actions import ENDINGS, keep_edits, note, refuse_if_done
from lms.people.import_queries import facts_believed, known_on
from lms.people.import_reading import sheet_of
from lms.people.models import CHANGE_LIST, Import, Person
from lms.people.offers import corrections
from lms.people.plan import CHANGED, FAULTY
from lms.people.workbook import Fault

RECORDERS = {MOVED: transfer, TOOK_ON: take_on, CAME_BACK: come_back}
#: So many changes at once can be tried while somebody waits.
MOST_CHANGES = 300
#: Of so many people who changed in the past the preview says which figures that corrects.
MOST_CORRECTED = 50


def upload_changes(stream, name, by):
    """Keep a workbook of staff changes and try what it says; nothing but the plan stays."""
    stored = storage.keep(stream, name, ENDINGS)
    batch = Import(by=by, file=stored, effective_on=clock.today(), kind=CHANGE_LIST, edits={})
    db.session.add(batch)
    db.session.flush()
    audit.record(by, "list uploaded", batch, name=stored.name)
    try_changes(batch)
    return batch


def read_change_list(batch):
    """The changes of the workbook, with the clerk's corrections applied."""
    sheet = sheet_of(batch)
    listing = read_changes(sheet)
    if listing is None:
        raise Refusal(_("No row with headings was found. Download the workbook of staff changes, "
                        "fill it in and upload that."))
    if batch.edits:
        _apply_edits(sheet, listing, batch.edits)
        listing = read_changes(sheet)
    return listing


def _apply_edits(sheet, listing, edits):
    for line, fields in edits.items():
        if not listing.headings_line < int(line) <= len(sheet.rows):
            continue
        row = sheet.rows[int(line) - 1]
        for field, text in fields.items():
            column = listing.columns.get(field)
            if column is not None:
                row.extend([""] * (column + 1 - len(row)))
                row[column] = text
                sheet.fonts.pop((int(line) - 1, column), None)


def try_changes(batch):
    """Work out the plan: each change is done on trial, and all of it is taken back again.

    What an action refuses becomes the row's fault; what would change in figures and reports of
    the past is kept with the row, as the pages of a single change tell it.
    """
    listing = read_change_list(batch)
    plan = planned_changes(listing.rows, known_on(clock.today(), batch.by))
    _refuse_too_many(plan)
    corrected = {}
    with _on_trial():
        before = clock.now() - timedelta(microseconds=1)
        for item in plan:
            if item.outcome == CHANGED:
                _try(item, batch.by)
        past = [item for item in plan if item.outcome == CHANGED
                and item.row.since < clock.today().isoformat()]
        for item in past[:MOST_CORRECTED]:
            corrected[item.row.line] = _corrected(item, before)
    batch.plan = {
        "line": listing.headings_line, "columns": sorted(listing.columns),
        "rows": [asdict(item) | {"corrects": corrected.get(item.row.line)} for item in plan],
        "past": len(past), "counts": dict(Counter(item.outcome for item in plan))}
    db.session.flush()
    return plan


def _refuse_too_many(plan):
    if sum(item.row.asks for item in plan) > MOST_CHANGES:
        raise Refusal(_("The workbook holds more than %(num)s changes. Split it and upload the "
                        "parts.", num=MOST_CHANGES))


@contextmanager
def _on_trial():
    """A block of which nothing stays."""
    trial = db.session.begin_nested()
    try:
        yield
    finally:
        trial.rollback()


def _try(item, by):
    if _refused(item, by):
        # Whoever reads the preview may read another language than who uploads.
        said = in_both(lambda: _refused(item, by))
        item.outcome = FAULTY
        item.faults.append(Fault("happening", "refused", said))


def _refused(item, by):
    """Do what the row says; why not, where it is refused: then nothing of it stays."""
    step = db.session.begin_nested()
    try:
        _record(item, by)
        step.commit()
    except Refusal as refusal:
        step.rollback()
        return refusal.message
    return ""


def _corrected(item, before):
    """What the change corrects, each in both languages, as the room above tells it."""
    person = db.session.get(Person, item.person_id)
    return [in_both(tell) for tell in
            corrections.of([person], date.fromisoformat(item.row.since), before)]


def _record(item, by):
    """Do what the row says, by the action of the page for one person."""
    row, person = item.row, db.session.get(Person, item.person_id)
    since = date.fromisoformat(row.since)
    if row.what in LEAVINGS:
        leave(person, since, row.what, by)
    elif row.what == RETITLED:
        change_title(person, row.new_title, since, by)
    else:
        RECORDERS[row.what](person, {"unit": db.session.get(Unit, item.unit_id),
                                     "title": row.new_title or _title_kept(row, person, since),
                                     "valid_from": since}, by)


def _title_kept(row, person, day):
    """Whoever moves and is given no new title keeps the title they had."""
    held = main_posts(person, day) if row.what == MOVED else []
    return held[0].title if held else ""


def correct_changes(batch, cells, by):
    """Correct cells in the preview: line → {field: text}; the file itself stays as it came."""
    refuse_if_done(batch)
    keep_edits(batch, cells)
    try_changes(batch)
    audit.record(by, "cells corrected", batch, lines=sorted(cells))


def confirm_changes(batch, by):
    """Record every change of the workbook, or none: refused while a row has a fault.

    Gives how many.
    """
    lock_row(batch)
    refuse_if_done(batch)
    plan = try_changes(batch)
    faulty = sum(item.outcome == FAULTY for item in plan)
    if faulty:
        raise Refusal(ngettext(
            "%(num)s row has a fault, so nothing was recorded. Correct it, or empty what happened "
            "in it, then confirm.",
            "%(num)s rows have a fault, so nothing was recorded. Correct them, or empty what "
            "happened in them, then confirm.", faulty))
    changes = [item for item in plan if item.outcome == CHANGED]
    if not changes:
        raise Refusal(_("Nothing is written in the column of what happened. Fill it in and upload "
                        "the workbook again."))
    for item in changes:
        _record_for_good(batch, item, by)
    batch.confirmed_at = clock.now()
    db.session.flush()
    audit.record(by, "staff changes recorded", batch, changes=len(changes))
    return len(changes)


def _record_for_good(batch, item, by):
    person = db.session.get(Person, item.person_id)
    before = facts_believed(person)
    _record(item, by)
    after = facts_believed(person)
    for key in before.keys() - after.keys():
        note(batch, "disbelieved", before[key])
    for key in after.keys() - before.keys():
        note(batch, "made", after[key])
