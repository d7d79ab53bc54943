"""A clerk's list: uploaded, worked out, confirmed, undone."""
from collections import Counter
from dataclasses import asdict

from sqlalchemy import select

from lms.kernel import audit, clock, jobs, storage
from lms.kernel.db import db
from lms.kernel.errors import Refusal
from lms.kernel.facts import supersede
from lms.kernel.i18n import _
from lms.people.actions import end_of_main_post, main_posts, new_person
from lms.people.following import follow_rules
from lms.people.import_queries import (
    effects_of,
    in_two_places,
    known_on,
)
from lms.people.import_reading import lists_in, read_batch, sheets_of
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
from lms.people.policies import scope_of

ENDINGS, OLD_ENDING = (".xlsx", ".csv"), ".xls"
#: Beyond this size a list is worked out in the background, with progress shown.
LARGE = 150_000
PREVIEW = "people.preview"
TABLES = {"posting": Posting, "membership": Membership}


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
    if batch.file.size > LARGE:
        jobs.later(PREVIEW, by, key=batch.id)
    else:
        work_out(batch)
    return batch


@jobs.work(PREVIEW)
def preview(key):
    """Work out, in the background, what a large list would do."""
    work_out(db.session.get(Import, key))


def progress_key(batch):
    """The name under which the progress of a list is told."""
    return f"import-{batch.id}"


def work_out(batch):
    """Work out what would happen to each row; nothing but the plan is written."""
    sheets = sheets_of(batch)
    lists = dict(lists_in(sheets))
    if lists and batch.sheet not in lists:
        # A cover, or a sheet of notes, before the first list.
        batch.sheet = min(lists)
    _sheet, listing = read_batch(batch, sheets[batch.sheet])
    total = len(listing.rows)
    plan = planned(listing.rows, known_on(batch.effective_on, batch.by),
                   lambda done: jobs.progress(progress_key(batch), done, total))
    batch.plan = {
        "line": listing.headings_line, "skipped": listing.skipped, "signature": listing.signature,
        "headings": [str(cell if cell is not None else "") for cell in listing.headings],
        "mapping": {str(c): f for c, f in listing.mapping.items()},
        "rows": [asdict(item) for item in plan],
        "counts": dict(Counter(item.outcome for item in plan)),
        "ignored": listing.ignored, "lists": list(lists.items())}
    db.session.flush()
    return plan


def correct_mapping(batch, mapping, by):
    """Say which column holds what; it is remembered for lists with the same headings."""
    refuse_if_done(batch)
    if not set(NAMES) & set(mapping.values()):
        raise Refusal(_("No column holds the names. Say in which column they stand."))
    batch.mapping = {str(column): field for column, field in mapping.items()}
    db.session.merge(ImportMapping(signature=batch.plan["signature"], mapping=batch.mapping))
    work_out(batch)
    audit.record(by, "columns corrected", batch)


def correct_cells(batch, cells, by):
    """Correct cells in the preview: line → {field: text}; the file itself stays as it came."""
    refuse_if_done(batch)
    keep_edits(batch, cells)
    work_out(batch)
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
    done, people = Counter(), set()
    for item in work_out(batch):
        if item.outcome in (NEW, MOVED, CHANGED):
            people.add(_apply(batch, item))
            done[item.outcome] += 1
    if not done:
        raise Refusal(_("There is nothing to change: everything in the list is already known."))
    batch.confirmed_at = clock.now()
    follow_rules(people)
    audit.record(by, "list imported", batch, **done)
    return done


def _apply(batch, item):
    """Write one row of the plan; gives the id of its person."""
    person = db.session.get(Person, item.person_id) if item.person_id else _made(batch, item)
    fields = {name: after for name, (_before, after) in item.changes.items()
              if name not in ("title", "group")}
    if fields:
        before = {name: getattr(person, name) for name in fields}
        for name, value in fields.items():
            setattr(person, name, value)
        note(batch, "changed", person, {"before": before, "after": fields})
    if item.outcome in (NEW, MOVED):
        _post(batch, person, item)
    elif "title" in item.changes:
        old = _post_in(person, batch.effective_on, item.unit_id)
        note(batch, "corrected", supersede(old, title=item.row.title), {"id": old.id})
    if item.group_id and (item.outcome == NEW or "group" in item.changes or item.outcome == MOVED):
        _join(batch, person, item.group_id)
    return person.id


def _made(batch, item):
    row = item.row
    person = new_person({"full_name": row.full_name, "birth": row.birth, "gender": row.gender,
                         "phone": row.phone, "email": row.email}, key=row.staff_code)
    note(batch, "made", person)
    return person


def _post_in(person, day, unit_id):
    return db.session.scalar(select(Posting).where(
        Posting.person_id == person.id, Posting.unit_id == unit_id, Posting.valid_on(day),
        Posting.known_at()).order_by(Posting.main.desc(), Posting.id).limit(1))


def _post(batch, person, item):
    """The new post; it ends the main post, but no main post of a unit of others: beside such a
    one it is a concurrent post."""
    day, scope = batch.effective_on, scope_of(batch.by)
    held = main_posts(person, day)
    moved = [old for old in held if scope is None or old.unit_id in scope]
    main = not held or bool(moved)
    end = end_of_main_post(person, day, moved) if main else None
    for old in moved:
        note(batch, "corrected", supersede(old, valid_to=day), {"id": old.id})
    post = Posting(person=person, unit_id=item.unit_id, title=item.row.title, main=main,
                   valid_from=day, valid_to=end)
    db.session.add(post)
    db.session.flush()
    note(batch, "made", post)


def _join(batch, person, group_id):
    held = db.session.scalar(select(Membership.id).where(
        Membership.person_id == person.id, Membership.group_id == group_id,
        Membership.valid_on(batch.effective_on), Membership.known_at()))
    if held is None:
        membership = Membership(person=person, group_id=group_id, valid_from=batch.effective_on)
        db.session.add(membership)
        db.session.flush()
        note(batch, "made", membership)


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
    people = {db.session.get(TABLES[effect.table], effect.row_id).person_id
              for effect in effects if effect.table != "person"}
    before = in_two_places(people)
    for effect in effects:
        _undo_effect(effect)
    db.session.flush()
    if in_two_places(people) - before:
        raise _changed_meanwhile()
    batch.undone_at = clock.now()
    follow_rules(people)
    audit.record(by, "import undone", batch)


def _changed_meanwhile():
    return Refusal(_("Somebody changed a post or group of this list meanwhile, so it can no "
                     "longer be undone as a whole. Correct the people one by one."))


def _undo_effect(effect):
    if effect.table == "person":
        _undo_person(effect)
        return
    row = db.session.get(TABLES[effect.table], effect.row_id)
    if effect.what == "disbelieved":
        db.session.add(type(row)(person_id=row.person_id, **_said(row)))
        return
    if row.superseded_at is not None:
        raise _changed_meanwhile()
    if effect.what == "made":
        row.superseded_at = clock.now()
    else:
        supersede(row, **_said(db.session.get(TABLES[effect.table], effect.before["id"])))


def _said(row):
    """What the fact says of its person, by column."""
    return {name: getattr(row, name) for name in ("valid_from", "valid_to", *_own(row))}


def _own(row):
    return ("unit_id", "title", "main") if isinstance(row, Posting) else ("group_id",)


def _undo_person(effect):
    if effect.what != "changed":
        return
    person = db.session.get(Person, effect.row_id)
    for name, before in effect.before["before"].items():
        if getattr(person, name) == effect.before["after"][name]:
            setattr(person, name, before)
