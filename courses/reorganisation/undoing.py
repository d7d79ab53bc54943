"""Undoing an act on the day it was done: what was believed before is believed again."""
from datetime import date

from sqlalchemy import or_, select

from lms.kernel import audit, clock
from lms.kernel.db import Base, db
from lms.kernel.errors import Refusal
from lms.kernel.facts import OF_THE_ROW, supersede
from lms.kernel.i18n import _, named
from lms.kernel.locks import advisory_lock
from lms.organisations.models import Placement, Succession, Unit
from lms.people.following import follow_rules
from lms.people.import_queries import in_two_places
from lms.people.models import Posting, Role

from courses.catalogue.models import Course
from courses.classes.models import CourseClass, Quota
from courses.reorganisation.ahead import ids_of
from courses.reorganisation.models import plain
from courses.reorganisation.queries import effects_of, waiting_acts
from courses.reorganisation.tidings import tell_undone

FACTS = (Placement, Posting)
DAYS = ("valid_from", "valid_to")


def may_still_undo(done):
    """Whether ``done`` was done today and stands."""
    return (done.undone_at is None and done.done_at is not None
            and clock.local(done.done_at).date() == clock.today())


def undo(done, by):
    """Take the reorganisation back; refused where something later rests on it."""
    advisory_lock("reorganisation")
    if not may_still_undo(done):
        raise Refusal(_("A reorganisation is undone on the day it was done. Enter a new one "
                        "that puts things right."))
    made, posted = [], set()
    for effect in effects_of(done):
        if effect.table == "quota":
            _give_seats_back(effect)
            continue
        row = db.session.get(_model(effect.table), effect.row_id)
        back = UNDO[effect.what](row, effect)
        if isinstance(back, Posting):
            posted.add(back.person_id)
        if effect.what == "made" and isinstance(row, Unit):
            made.append(row)
    db.session.flush()
    waiting = {key for act in waiting_acts() for key in ids_of(act)}
    for unit in made:
        _refuse_while_used(unit, waiting)
    # Whoever was given another post since keeps it: nobody has two main ones, or two in one unit.
    if in_two_places(posted):
        raise _changed_meanwhile()
    done.undone_at = clock.now()
    follow_rules()
    audit.record(by, "reorganisation undone", done)
    tell_undone(done, by)


def _model(table):
    """The model of ``table``; a room above may have let something of its own go along."""
    return next(mapper.class_ for mapper in Base.registry.mappers
                if mapper.local_table.name == table)


def _changed_meanwhile():
    return Refusal(_("Something was changed since that rests on this reorganisation, so it can "
                     "no longer be undone as a whole. Enter a new one that puts things right."))


def _undo_made(row, effect):
    _refuse_if_changed(row, effect)
    if isinstance(row, FACTS):
        _believed_now(row).superseded_at = clock.now()
    elif isinstance(row, Succession):
        db.session.delete(row)
    else:
        # It was there for nobody on no day; the row stays for what was believed meanwhile.
        row.valid_to = row.valid_from


def _undo_corrected(row, effect):
    former = db.session.get(type(row), effect.before["id"])
    return supersede(_believed_now(row), **_values(former))


def _believed_now(row):
    """The fact that says now what ``row`` said: itself, or what stands in its place where a later
    act changed it and was undone.  Refused where it is not believed any more."""
    if row.superseded_at is None:
        return row
    db.session.flush()
    kind = type(row)
    same = db.session.scalar(select(kind).where(kind.known_at(), *(
        getattr(kind, name) == value for name, value in _values(row).items())))
    if same is None:
        raise _changed_meanwhile()
    return same


def _undo_disbelieved(row, _effect):
    believed = type(row)(**_values(row))
    db.session.add(believed)
    return believed


def _values(row):
    return {column.key: getattr(row, column.key) for column in type(row).__mapper__.column_attrs
            if column.key not in OF_THE_ROW}


def _refuse_if_changed(row, effect):
    if any(plain(getattr(row, name)) != after for name, after in (effect.after or {}).items()):
        raise _changed_meanwhile()


def _undo_changed(row, effect):
    _refuse_if_changed(row, effect)
    for name, before in effect.before.items():
        setattr(row, name, date.fromisoformat(before) if name in DAYS and before else before)


UNDO = {"made": _undo_made, "corrected": _undo_corrected, "disbelieved": _undo_disbelieved,
        "changed": _undo_changed}


def _give_seats_back(effect):
    note = effect.before
    held = db.session.get(Quota, (effect.row_id, note["heir"]))
    if held is None or held.seats != (note["heir_seats"] or 0) + note["seats"]:
        raise _changed_meanwhile()
    if note["heir_seats"] is None:
        db.session.delete(held)
    else:
        held.seats = note["heir_seats"]
    db.session.flush()
    db.session.add(Quota(class_id=effect.row_id, unit_id=note["unit"], seats=note["seats"]))


def _refuse_while_used(unit, waiting):
    rests = (
        select(Posting.id).where(Posting.unit_id == unit.id, Posting.known_at()),
        select(Placement.id).where(or_(Placement.parent_id == unit.id,
                                       Placement.unit_id == unit.id), Placement.known_at()),
        select(CourseClass.id).where(CourseClass.organiser_id == unit.id),
        select(Course.id).where(Course.owner_id == unit.id),
        select(Role.id).where(Role.unit_id == unit.id, Role.some_day()),
        select(Quota.unit_id).where(Quota.unit_id == unit.id))
    if unit.id in waiting or any(
            db.session.scalar(statement.limit(1)) is not None for statement in rests):
        raise Refusal(_("Somebody or something was added to %(unit)s since. Move it first, then "
                        "undo.", unit=named(unit)))
