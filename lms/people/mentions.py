"""Texts written for many that name somebody: a person decides about each, no program rewrites it.
"""
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import select

from lms.kernel.audit import AuditEntry
from lms.kernel.db import db
from lms.kernel.naming import rows_naming
from lms.people.models import Person
from lms.people.offers import shelves
from lms.people.queries import naming_of

#: What the trail says when somebody was erased, and of a text that was dealt with afterwards.
ERASED, SETTLED, REOPENED = "person erased", "mention settled", "mention opened again"
#: Why a text stays as it is: a version that was published, or a paper that was issued.
VERSION, ISSUED = "version", "issued"


class Shelf(NamedTuple):
    """Texts for many of one table, for ``lms.people.offers.shelves``.

    ``name`` names the table in the trail; ``columns`` hold the texts, or JSON with texts;
    ``places`` takes ids and gives what to show of each as a ``Place``.
    """

    name: str
    columns: tuple
    places: callable


class Place(NamedTuple):
    """Where the text with the id ``key`` stands, in ``words``, with the address where it is
    changed; ``kept`` says why it stays as it is, where it does.
    """

    key: int
    words: str
    url: str
    kept: str = ""


class Mention(NamedTuple):
    """A text that names somebody: its name in the trail ("course:3"), where it stands, and who
    dealt with it when; None while nobody has.
    """

    name: str
    place: Place
    settled_by: str | None = None
    settled_at: datetime | None = None


def mentions_of(person):
    """{name of a shelf: ids} of the texts that name ``person`` or a record linked to them."""
    records = db.session.scalars(select(Person).where(Person.main_id == person.id)).all()
    namings = [naming_of(record) for record in (person, *records)]
    found = {shelf.name: sorted({key for naming in namings for key, _column, _value in rows_naming(
        shelf.columns, naming)}) for shelf in shelves.of()}
    return {name: keys for name, keys in found.items() if keys}


def mentions_left(person):
    """What ``mentions_of`` gave when ``person`` was erased, by the trail; None where it does not
    say.
    """
    told = db.session.scalar(select(AuditEntry.details).where(
        AuditEntry.subject == f"person:{person.id}", AuditEntry.verb == ERASED))
    return told and told.get("mentions")


def places_of(mentions, asked=None):
    """What to show of ``mentions`` as Mentions; what is gone meanwhile is left out.

    Of the request ``asked``, where one is given, with who dealt with each since.
    """
    settled = _settled(asked) if asked else {}
    places = [(f"{shelf.name}:{place.key}", place) for shelf in shelves.of()
              if mentions.get(shelf.name) for place in shelf.places(mentions[shelf.name])]
    return [Mention(name, place, *settled.get(name, ())) for name, place in places]


def _settled(asked):
    """name of a Mention → (who dealt with it, when), by the trail of the request ``asked``."""
    found = {}
    for verb, details, *who_and_when in db.session.execute(
            select(AuditEntry.verb, AuditEntry.details, Person.full_name, AuditEntry.at)
            .join(Person, Person.id == AuditEntry.by_id)
            .where(AuditEntry.subject == f"erasure_request:{asked.id}",
                   AuditEntry.verb.in_((SETTLED, REOPENED))).order_by(AuditEntry.id)):
        found[details["mention"]] = who_and_when if verb == SETTLED else ()
    return found
