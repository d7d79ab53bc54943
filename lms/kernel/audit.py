"""Who did what, to what, and when."""
import hmac
import json
from datetime import datetime
from functools import cache
from pathlib import Path

from flask import current_app
from sqlalchemy import JSON, ForeignKey, Index, Text, cast, insert, select
from sqlalchemy.orm import Mapped, mapped_column

from lms.kernel import clock
from lms.kernel.bulk import Bulk
from lms.kernel.db import Base, ask, db, kept, write
from lms.kernel.naming import rows_naming
from lms.kernel.offers import Offers
from lms.kernel.secret import own_secret

#: The details in which words stand that somebody typed.
TYPED = ("reason", "why", "name", "title")

#: What the verbs are called, and which page (an endpoint that takes a ``key``) shows what was acted
#: on, by its table: each room tells its own.
words, pages = {}, {}
#: The verbs of rooms that keep data about people which whoever follows these may read.
about_people = set()

#: ``(verb, subject, by)``: rooms for which something is done thereby, in the same transaction.
followers = Offers()

#: Under these names the details of an entry hold people, one or several.
ONE, SEVERAL = ("person", "main", "other"), "people"


def tell(verbs, places=(), people_data=False):
    """Add the verbs of a room with their words, and the pages of its tables; with ``people_data``
    whoever follows somebody reads what was done about them there.
    """
    words.update(verbs)
    pages.update(places)
    if people_data:
        about_people.update(verbs)


class AuditEntry(Base):
    """One thing done; entries are added and never changed, but for names of people erased."""

    __tablename__ = "audit_entry"

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(index=True)
    by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    verb: Mapped[str]
    subject: Mapped[str] = mapped_column(index=True)
    details: Mapped[dict] = mapped_column(JSON)


class AuditAbout(Base):
    """That an entry is about somebody else than who did it: by it those who follow somebody find
    what was done.
    """

    __tablename__ = "audit_about"

    entry_id: Mapped[int] = mapped_column(ForeignKey("audit_entry.id"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)

    __table_args__ = (Index("ix_audit_about_person", "person_id", "entry_id"),)


def record(by, verb, subject, **details):
    """Leave a trace of ``verb``; every action leaves exactly one.

    ``details`` are plain JSON values; people are named by their id, never by name,
    so that erasing a person leaves no name behind; from reasons people typed it is taken out.
    """
    own = subject.id if subject.__tablename__ == "person" else getattr(subject, "person_id", None)
    enter(by, verb, f"{subject.__tablename__}:{subject.id}", details, own)
    followers.of(verb, subject, by)


def enter(by, verb, subject, details, own=None):
    """Leave a trace as ``record`` does, of a row that was not loaded: ``subject`` is “table:id”,
    ``own`` the id of the person whose row it is, or None.
    """
    entry = {"at": clock.now(), "by_id": by.id if by else None, "verb": verb,
             "subject": subject, "details": details}
    about = [person for person in people_in(own, details) if person != entry["by_id"]]
    if about:
        key = write(_entering_numbered(), entry).scalar_one()
        write(_telling(), [{"entry_id": key, "person_id": person} for person in about])
    else:
        write(_entering(), entry)


def enter_each(by, verb, subjects, details):
    """Leave a trace of ``verb`` for each of ``subjects`` (“table:id”), rows that belong to nobody,
    all with the same ``details``, which name nobody.
    """
    entries = Bulk(AuditEntry.__table__, "at", "by_id", "verb", "details", "subject")
    entry = entries.ready(clock.now(), by.id if by else None, verb, details, "")[:-1]
    entries.enter([(*entry, subject) for subject in subjects])


def people_in(subject, details):
    """The ids of those whom an entry is about: ``subject``, the id of the one whose row it is or
    None, then those of its details.
    """
    several = details.get(SEVERAL)
    found = [subject, *(details.get(name) for name in ONE),
             *(several if isinstance(several, list) else ())]
    return list(dict.fromkeys(key for key in found if isinstance(key, int)))


@cache
def _entering():
    # Nobody asks for the number of the entry: it is not fetched.
    return kept(insert(AuditEntry.__table__).inline())


@cache
def _entering_numbered():
    return kept(insert(AuditEntry.__table__).returning(AuditEntry.id))


@cache
def _telling():
    return kept(insert(AuditAbout.__table__).inline())


def forget(naming, instead):
    """Put ``instead`` for the name in every text of the details, and for the codes in those which
    people typed; gives the fingerprints of the entries as they stand then, by their ids as text.

    The entry stays, with who did what and when.  Whoever has it done leaves a trace with these
    fingerprints as its detail REWRITTEN, by which the change is told from a falsification.
    """
    changed = []
    for key, _column, details in rows_naming((AuditEntry.details,), naming):
        without = {name: (naming if name in TYPED else naming.of_name_alone()).taken_out(
            value, instead) for name, value in details.items()}
        if without != details:
            db.session.get(AuditEntry, key).details = without
            changed.append(key)
    db.session.flush()
    secret = key_of_seals()
    return {str(row.id): fingerprint(secret, row).hex() for row in ask(
        as_kept().where(AuditEntry.id.in_(changed)))}


#: Under this name a trace keeps the fingerprints of entries from which a name was taken out.
REWRITTEN = "rewritten"


def as_kept():
    """The statement of the entries as the database keeps them, their details as text."""
    return select(AuditEntry.id, AuditEntry.at, AuditEntry.by_id, AuditEntry.verb,
                  AuditEntry.subject, cast(AuditEntry.details, Text).label("details"))


def fingerprint(secret, row):
    """32 bytes that change with anything in ``row`` (of ``as_kept``) and that nobody can make
    without the ``secret``; nor can anybody try names until they fit.
    """
    told = [row.id, row.at.isoformat(), row.by_id, row.verb, row.subject, row.details]
    return hmac.digest(secret, json.dumps(told).encode(), "sha256")


def key_of_seals():
    """The secret of the fingerprints and seals, in bytes; it is kept outside the database."""
    return (current_app.config["AUDIT_KEY"] or own_secret(place_of_key())).encode()


def place_of_key():
    """Where the key lies that serves where none is set."""
    config = current_app.config
    return Path(config["AUDIT_KEY_FILE"] or Path(config["SECRET_FILE"]).with_name("audit-key"))
