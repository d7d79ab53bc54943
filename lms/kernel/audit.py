"""Who did what, to what, and when."""
from datetime import datetime

from sqlalchemy import JSON, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from lms.kernel import clock
from lms.kernel.db import Base, db


class AuditEntry(Base):
    """One thing done; entries are added and never changed."""

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
    so that erasing a person leaves no name behind.
    """
    db.session.add(AuditEntry(
        at=clock.now(), by_id=by.id if by else None, verb=verb,
        subject=f"{subject.__tablename__}:{subject.id}", details=details))
