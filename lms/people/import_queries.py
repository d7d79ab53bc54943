"""What an import compares a list with, and the imports so far."""
from collections import defaultdict
from typing import NamedTuple

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import aliased, joinedload

from lms.kernel import clock
from lms.kernel.db import ask, db
from lms.kernel.facts import AT_ONCE
from lms.kernel.text import fold
from lms.organisations.queries import units_on
from lms.people.models import (
    AUDITOR,
    OFFICER,
    PEOPLE_LIST,
    GroupRule,
    Import,
    ImportEffect,
    ImportMapping,
    Membership,
    Person,
    Posting,
    Role,
    TargetGroup,
)
from lms.people.plan import Known
from lms.people.policies import is_officer, scope_of


def known_on(day, by):
    """All that a list is compared with on ``day``, in as many statements whatever its length."""
    records = db.session.execute(
        select(Person.id, Person.key, Person.full_name, Person.fold, Person.birth, Person.gender,
               Person.phone, Person.email, Person.main_id).where(Person.erased_at.is_(None))).all()
    posts, groups_of = defaultdict(list), defaultdict(set)
    for person, *post in db.session.execute(
            select(Posting.person_id, Posting.id, Posting.unit_id, Posting.title, Posting.main)
            .where(Posting.valid_on(day), Posting.known_at())
            .order_by(Posting.main.desc(), Posting.id)):
        posts[person].append(tuple(post))
    for person, group in db.session.execute(
            select(Membership.person_id, Membership.group_id)
            .where(Membership.valid_on(day), Membership.known_at())):
        groups_of[person].add(group)
    return Known(records, posts, groups_of, _units_by_name(day), _groups_by_name(), _ruled(day),
                 scope_of(by), _people_above(by))


def _ruled(day):
    return set(db.session.scalars(select(GroupRule.group_id).where(
        GroupRule.known_at(), GroupRule.ends_after(day))))


def _people_above(by):
    if is_officer(by):
        return set()
    return set(db.session.scalars(select(Role.person_id).where(
        Role.kind.in_((OFFICER, AUDITOR)), Role.valid_on(clock.today()))))


def _units_by_name(day):
    names = defaultdict(list)
    for unit in units_on(day):
        for name in {fold(unit.name_vi), fold(unit.name_en), fold(unit.short_name), fold(unit.key)}:
            if name:
                names[name].append(unit.id)
    return names


def _groups_by_name():
    return {name: group.id for group in db.session.scalars(select(TargetGroup))
            for name in (fold(group.key), fold(group.name_vi), fold(group.name_en)) if name}


def imports_seen_by(person, kind=PEOPLE_LIST):
    """The statement of the lists ``person`` may see: their own, an officer all; newest first."""
    statement = select(Import).options(joinedload(Import.by), joinedload(Import.file)).where(
        Import.kind == kind).order_by(Import.id.desc())
    return statement if is_officer(person) else statement.where(Import.by_id == person.id)


def remembered_mapping(signature):
    """The mapping a clerk once gave to such headings, or None."""
    found = db.session.get(ImportMapping, signature)
    return {int(column): field for column, field in found.mapping.items()} if found else None


class Effect(NamedTuple):
    """One thing an import did: see ``ImportEffect``."""

    what: str
    table: str
    row_id: int
    before: dict | None


def effects_of(batch):
    """What the import did, the last first."""
    columns = (getattr(ImportEffect, name) for name in Effect._fields)
    return list(map(Effect._make, ask(
        select(*columns).where(ImportEffect.import_id == batch.id)
        .order_by(ImportEffect.id.desc()))))


def facts_believed(person):
    """The posts and memberships of ``person`` believed now: (table, id) → the fact."""
    return {(model.__tablename__, fact.id): fact for model in (Posting, Membership)
            for fact in db.session.scalars(select(model).where(
                model.person_id == person.id, model.known_at()))}


def in_two_places(person_ids):
    """Those of these people who hold two main posts, or two in one unit, on one day; as a set."""
    one, other, ids = aliased(Posting), aliased(Posting), sorted(person_ids)
    twice = select(one.person_id).where(
        other.person_id == one.person_id, one.id < other.id,
        one.known_at(), other.known_at(), one.some_day(), other.some_day(),
        or_(and_(one.main, other.main), one.unit_id == other.unit_id),
        one.meets(other))
    return {person for start in range(0, len(ids), AT_ONCE) for person in db.session.scalars(
        twice.where(one.person_id.in_(ids[start:start + AT_ONCE])))}
