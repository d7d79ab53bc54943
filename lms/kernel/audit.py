"""Who did what, to what, and when."""
from datetime import datetime
from functools import cache

from sqlalchemy import JSON, ForeignKey, insert
from sqlalchemy.orm import Mapped, mapped_column

from lms.kernel import clock
from lms.kernel.db import Base, db, kept, write
from lms.kernel.naming import rows_naming

#: The details in which words stand that somebody typed.
TYPED = ("reason", "why", "name", "title")

#: What the verbs are called, and which page (an endpoint that takes a ``key``) shows what was acted
#: on, by its table: each room tells its own.
words, pages = {}, {}


def tell(verbs, places=()):
    """Add the verbs of a room with their words, and the pages of its tables."""
    words.update(verbs)
    pages.update(places)


class AuditEntry(Base):
    """One thing done; entries are added and never changed, but for names of people erased."""

    __tablename__ = "audit_entry"

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(index=True)
    by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    verb: Mapped[str]
    subject: Mapped[str] = mapped_column(index=True)
    details: Mapped[dict] = mapped_column(JSON)


def record(by, verb, subject, **details):
    """Leave a trace of ``verb``; every action leaves exactly one.

    ``details`` are plain JSON values; people are named by their id, never by name,
    so that erasing a person leaves no name behind; from reasons people typed it is taken out.
    """
    write(_entering(), {
        "at": clock.now(), "by_id": by.id if by else None, "verb": verb,
        "subject": f"{subject.__tablename__}:{subject.id}", "details": details})


@cache
def _entering():
    # Nobody asks for the number of the entry: it is not fetched.
    return kept(insert(AuditEntry.__table__).inline())


def forget(naming, instead):
    """Put ``instead`` for the name in every text of the details, and for the codes in those which
    people typed.

    The entry stays, with who did what and when.
    """
    for key, _column, details in rows_naming((AuditEntry.details,), naming):
        without = {name: (naming if name in TYPED else naming.of_name_alone()).taken_out(
            value, instead) for name, value in details.items()}
        if without != details:
            db.session.get(AuditEntry, key).details = without
    db.session.flush()
