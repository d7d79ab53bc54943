"""Who did what, to what, and when."""
import json
import re
from datetime import datetime
from functools import cache

from sqlalchemy import JSON, ForeignKey, Text, cast, insert, or_, select
from sqlalchemy.orm import Mapped, mapped_column

from lms.kernel import clock
from lms.kernel.db import Base, db, kept, write

#: The details in which words stand that somebody typed.
TYPED = ("reason", "why", "name", "title")


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


def forget(names, instead):
    """Put ``instead`` for each of ``names`` in the words people typed into the details.

    The entry stays, with who did what and when.  A name is only taken for one where it stands as
    words of its own, so that a staff code of a few letters or figures spoils no other word.
    """
    written = [part for name in names for part in (name, json.dumps(name)[1:-1])]
    text = cast(AuditEntry.details, Text)
    told = re.compile("|".join(rf"(?<!\w){re.escape(name)}(?!\w)" for name in names))
    for entry in db.session.scalars(select(AuditEntry).where(
            or_(*(text.contains(part, autoescape=True) for part in written)))):
        details = {key: told.sub(instead, value) if key in TYPED and value else value
                   for key, value in entry.details.items()}
        if details != entry.details:
            entry.details = details
    db.session.flush()
