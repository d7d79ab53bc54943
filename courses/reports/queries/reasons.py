"""The facts that were recorded or corrected after a report was locked, and by whom."""
from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import joinedload

from lms.kernel.audit import AuditEntry
from lms.kernel.db import db
from lms.kernel.i18n import _, day, named, span
from lms.kernel.keys import one_of
from lms.organisations.models import Placement, Unit
from lms.people.models import (
    Import,
    ImportEffect,
    Membership,
    Person,
    PersonLink,
    PersonLinkEffect,
    Posting,
)

from courses.completions.models import Completion
from courses.coverage.models import Exemption
from courses.reports.offers import authors

#: So many ids are named in one statement.
AT_ONCE = 500


@dataclass(frozen=True)
class Fact:
    """One fact in words: believed since the lock, or believed no more."""

    words: str
    #: Whether it was recorded after the lock; otherwise it was corrected or taken back.
    new: bool
    at: datetime
    #: Who did it; None where nobody is on record.
    by: str | None


def facts_behind(matter, people):
    """person id → the facts recorded or superseded after the lock that concern the day D.

    ``people`` are ids.
    """
    rows = _changed(matter, people)
    authors = _authors(rows)
    facts = defaultdict(list)
    for row in rows:
        new = row.superseded_at is None
        facts[row.person_id].append(Fact(
            _words(row), new, row.recorded_at if new else row.superseded_at,
            authors.get((row.__tablename__, row.id))))
    return {person: sorted(some, key=lambda fact: (fact.at, fact.new))
            for person, some in facts.items()}


def _changed(matter, people):
    """The rows about these people that were believed at the lock and are not, or the reverse."""
    groups = {goal.group_id for goal in matter.goals}
    courses = {course for goal in matter.goals for course in goal.courses}
    goals = {goal.id for goal in matter.goals}
    statements = (
        select(Posting).options(joinedload(Posting.unit)),
        select(Membership).options(joinedload(Membership.group)).where(
            Membership.group_id.in_(groups)),
        select(Completion).options(joinedload(Completion.course)).where(
            Completion.course_id.in_(courses)),
        select(Exemption).options(joinedload(Exemption.goal)).where(Exemption.goal_id.in_(goals)))
    found, ids = [], sorted(people)
    for statement in statements:
        model = statement.column_descriptions[0]["entity"]
        for start in range(0, len(ids), AT_ONCE):
            found += db.session.scalars(statement.where(
                model.person_id.in_(ids[start:start + AT_ONCE]),
                _after(model, matter.known)).order_by(model.id)).unique()
    moments = {(row.__tablename__, row.person_id, row.superseded_at) for row in found
               if row.superseded_at}
    # A row that begins after D matters only as the successor of one that began before; one that
    # holds on no day says no more than that the one before it was taken back.
    return [row for row in found if (
        _begins(row) <= matter.on
        or (row.__tablename__, row.person_id, row.recorded_at) in moments) and _holds_some_day(row)]


def _after(model, known):
    """Recorded since ``known`` and believed today, or believed at ``known`` and no more."""
    return or_(and_(model.recorded_at > known, model.superseded_at.is_(None)),
               and_(model.recorded_at <= known, model.superseded_at > known))


def _begins(row):
    return row.learned_on if isinstance(row, Completion) else row.valid_from


def _holds_some_day(row):
    return isinstance(row, Completion) or row.holds_some_day()


def _words(row):
    """The fact as a sentence reads it."""
    if isinstance(row, Completion):
        return _completion(row)
    if isinstance(row, Posting):
        return _("post in %(unit)s, %(span)s", unit=named(row.unit), span=span(row))
    if isinstance(row, Membership):
        return _("in the group “%(group)s”, %(span)s", group=named(row.group), span=span(row))
    return _("exempt from “%(goal)s”, %(span)s: %(reason)s", goal=named(row.goal), span=span(row),
             reason=row.reason)


def _completion(row):
    words = _("completed “%(course)s” on %(day)s", course=named(row.course),
              day=day(row.learned_on))
    if row.revoked_on:
        return words + _(", revoked from %(day)s", day=day(row.revoked_on))
    return words


def _authors(rows):
    """(table, id) → the name of who recorded a new row, or closed an old one.

    An action leaves its name with the row it wrote: for an old row that is its successor,
    else the row itself.  A row of an imported list is of whoever brought the list in, one that
    an act or a link wrote of whoever entered that.
    """
    wrote = _who_wrote({(row.__tablename__, row.id) for row in rows})
    successors = {(row.__tablename__, row.person_id, row.recorded_at): (row.__tablename__, row.id)
                  for row in rows if row.superseded_at is None}
    found = {}
    for row in rows:
        key = row.__tablename__, row.id
        if row.superseded_at is not None:
            key = successors.get((row.__tablename__, row.person_id, row.superseded_at), key)
        found[row.__tablename__, row.id] = wrote.get(key)
    return found


def _who_wrote(keys):
    by_subject = {f"{table}:{key}": (table, key) for table, key in keys}
    wrote, subjects = {}, sorted(by_subject)
    for start in range(0, len(subjects), AT_ONCE):
        wrote |= {by_subject[subject]: name for subject, name in db.session.execute(
            select(AuditEntry.subject, Person.full_name)
            .join(Person, Person.id == AuditEntry.by_id)
            .where(AuditEntry.subject.in_(subjects[start:start + AT_ONCE]))
            .order_by(AuditEntry.id))}
    rest = keys - wrote.keys()
    if not rest:
        return wrote
    for found in (_who_imported(rest), _who_linked(rest), *authors.of(rest)):
        wrote = found | wrote
    return wrote


def _who_imported(keys):
    ids = {key for _table, key in keys}
    return {(table, key): name for table, key, name in db.session.execute(
        select(ImportEffect.table, ImportEffect.row_id, Person.full_name)
        .join(Import, Import.id == ImportEffect.import_id)
        .join(Person, Person.id == Import.by_id)
        .where(one_of(ImportEffect.row_id, ids))) if (table, key) in keys}


def _who_linked(keys):
    """Two records were linked: what was closed and what was written for it."""
    ids, effect = {key for _table, key in keys}, PersonLinkEffect
    rows = db.session.execute(
        select(effect.table, effect.row_id, effect.made_id, Person.full_name)
        .join(PersonLink, PersonLink.id == effect.link_id)
        .join(Person, Person.id == PersonLink.linked_by_id)
        .where(or_(one_of(effect.row_id, ids), one_of(effect.made_id, ids))))
    return {(table, key): name for table, *both, name in rows for key in both
            if (table, key) in keys}


@dataclass(frozen=True)
class Change:
    """Something that changed for everybody of a goal or a unit, and not for one person."""

    words: str
    at: datetime | None
    by: str | None


def changes_for_all(matter, read):
    """The goals that are asked otherwise now, and the units that moved in the tree on D."""
    return _goals_changed(matter, read) + _units_moved(matter, read)


def _goals_changed(matter, read):
    now, found = {goal.id: goal for goal in read.goals}, []
    for goal in matter.goals:
        same = goal.id in now and all(
            getattr(goal, name) == getattr(now[goal.id], name)
            for name in ("group_id", "courses", "due_days", "deadline", "valid_from", "valid_to"))
        if not same:
            entry = db.session.execute(
                select(AuditEntry.at, Person.full_name)
                .join(Person, Person.id == AuditEntry.by_id, isouter=True)
                .where(AuditEntry.subject == f"goal:{goal.id}", AuditEntry.at > matter.known)
                .order_by(AuditEntry.id.desc()).limit(1)).first()
            found.append(Change(_("the goal “%(goal)s” is asked otherwise now", goal=named(goal)),
                                *(entry or (None, None))))
    return found


def _units_moved(matter, read):
    old, now = dict(matter.numbers["tree"]), read.day.parents
    scope = {matter.unit_id, *old}
    # An act of a later day corrects the end of a place, which is the same on D.
    moved = {unit for unit in {*old, *now} if old.get(unit) != now.get(unit)
             and (unit in old or now[unit] in scope)}
    if not moved:
        return []
    rows = db.session.execute(
        select(Placement, Unit).join(Unit, Unit.id == Placement.unit_id)
        .where(_after(Placement, matter.known), Placement.valid_from <= matter.on,
               Placement.unit_id.in_(moved)).order_by(Placement.id)).all()
    wrote = _who_wrote({("placement", row.id) for row, _unit in rows})
    # A place that is corrected is closed and written anew: it is said once, by the newest row.
    newest = {unit.id: (row, unit) for row, unit in rows}
    return [Change(
        _("the place of %(unit)s in the organisation was corrected", unit=named(unit)),
        row.superseded_at or row.recorded_at, wrote.get(("placement", row.id)))
        for row, unit in newest.values()]
