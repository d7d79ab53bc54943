"""Records that look like one person, and those that were linked."""
from typing import NamedTuple

from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import aliased, joinedload

from lms.kernel.db import db
from lms.people.models import Distinct, Person, PersonLink, Posting

#: Why two records are suspected.
NAME_AND_BIRTH, PHONE = "name", "phone"


class Suspects(NamedTuple):
    """Two records, the older first, and why they look like one person: NAME_AND_BIRTH or PHONE."""

    one: Person
    other: Person
    why: str


def suspects():
    """The pairs of records that look like one person, those of one name first.

    One folded name and one date of birth, or one year where a record knows no more; or one
    phone and one given name.  Not those that an officer told apart, nor erased ones.  Two
    statements, each led by an index: asked in one, both would compare everybody with everybody.
    """
    one, other = aliased(Person), aliased(Person)
    alike = _pairs(one, other, and_(one.fold == other.fold, _same_birth(one, other)))
    calling = _pairs(one, other, and_(one.phone != "", one.phone == other.phone))
    pairs = {(a.id, b.id): Suspects(a, b, NAME_AND_BIRTH) for a, b in alike}
    for a, b in calling:
        if _given_name(a) == _given_name(b):
            pairs.setdefault((a.id, b.id), Suspects(a, b, PHONE))
    return list(pairs.values())


def _pairs(one, other, agree):
    return db.session.execute(
        select(one, other).join(other, and_(one.id < other.id, agree))
        .where(*(record.erased_at.is_(None) for record in (one, other)),
               *(record.main_id.is_(None) for record in (one, other)),
               ~select(Distinct.one_id).where(Distinct.one_id == one.id,
                                              Distinct.other_id == other.id).exists())
        .order_by(one.sort_key, one.id, other.id)).all()


def _same_birth(one, other):
    year = func.substr(one.birth, 1, 4) == func.substr(other.birth, 1, 4)
    exact = and_(func.length(one.birth) == 10, func.length(other.birth) == 10)
    return and_(one.birth != "", year, or_(~exact, one.birth == other.birth))


def _given_name(person):
    """The last word of a Vietnamese name: colleagues share a telephone, seldom that too."""
    return person.fold.rpartition(" ")[2]


def links():
    """The links made so far, the last first; a parted one says when."""
    return (select(PersonLink).options(joinedload(PersonLink.main), joinedload(PersonLink.other),
                                 joinedload(PersonLink.linked_by))
            .order_by(PersonLink.id.desc()))


def links_of(person):
    """The links that hold, by which other records went over to ``person``."""
    return db.session.scalars(links().where(PersonLink.main_id == person.id,
                                            PersonLink.parted_at.is_(None))).all()


def link_over(person):
    """The link that holds, by which ``person`` went over to another record, or None."""
    return db.session.scalar(links().where(PersonLink.other_id == person.id,
                                           PersonLink.parted_at.is_(None)))


def first_day(people):
    """The first day on which one of ``people`` held a post as now known; None without posts."""
    return db.session.scalar(select(func.min(Posting.valid_from)).where(
        Posting.person_id.in_([person.id for person in people]), Posting.known_at()))
