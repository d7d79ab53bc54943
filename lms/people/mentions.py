"""Texts written for many that name somebody: a person decides about each, no program rewrites it.
"""
from typing import NamedTuple

from sqlalchemy import select

from lms.kernel.audit import AuditEntry
from lms.kernel.db import db
from lms.kernel.naming import rows_naming
from lms.people.models import Person
from lms.people.offers import shelves
from lms.people.queries import naming_of

#: What the trail says when somebody was erased.
ERASED = "person erased"


class Shelf(NamedTuple):
    """Texts for many of one table, for ``lms.people.offers.shelves``.

    ``name`` names the table in the trail; ``columns`` hold the texts, or JSON with texts;
    ``places`` takes ids and gives what to show of each as a ``Place``.
    """

    name: str
    columns: tuple
    places: callable


class Place(NamedTuple):
    """Where a text stands, in ``words``, with the address where it is changed; ``kept``: it is
    published and stays as it is.
    """

    words: str
    url: str
    kept: bool = False


def mentions_of(person):
    """{name of a shelf: ids} of the texts that name ``person`` or a record linked to them."""
    records = db.session.scalars(select(Person).where(Person.main_id == person.id)).all()
    namings = [naming_of(record) for record in (person, *records)]
    found = {shelf.name: sorted({key for naming in namings for key, _column, _value in rows_naming(
        shelf.columns, naming)}) for shelf in shelves.of()}
    return {name: keys for name, keys in found.items() if keys}


def mentions_left(person):
    """The same as it was when ``person`` was erased, by the trail; None where it does not say."""
    told = db.session.scalar(select(AuditEntry.details).where(
        AuditEntry.subject == f"person:{person.id}", AuditEntry.verb == ERASED))
    return told and told.get("mentions")


def places_of(mentions):
    """What to show of ``mentions``; what is gone meanwhile is left out."""
    return [place for shelf in shelves.of() if mentions.get(shelf.name)
            for place in shelf.places(mentions[shelf.name])]
