"""An act that reorganised units, and each thing it did, so that it can be undone the same day."""
from datetime import date, datetime

from sqlalchemy import JSON, ForeignKey, and_, false, null
from sqlalchemy.orm import Mapped, mapped_column, relationship

from lms.kernel import clock
from lms.kernel.db import Base
from lms.kernel.i18n import of_both
from lms.kernel.storage import StoredFile
from lms.people.models import Person

RENAME, MERGE, SPLIT, DISSOLVE, MOVE, TRANSFER = KINDS = (
    "rename", "merge", "split", "dissolve", "move", "transfer")
#: The kinds after which the unit is no more.
ENDING = (RENAME, MERGE, SPLIT, DISSOLVE)
#: The kinds that name one unit or more to which people go.
WITH_HEIRS = (RENAME, MERGE, SPLIT, TRANSFER)


class Reorganisation(Base):
    """What was done by one act on one day."""

    __tablename__ = "reorganisation"

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str]
    #: The first day on which it is so.
    on: Mapped[date]
    #: The number of the act, the day it bears, and its scan.
    act: Mapped[str]
    act_on: Mapped[date | None]
    scan_id: Mapped[int | None] = mapped_column(ForeignKey("stored_file.id"))
    by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    made_at: Mapped[datetime] = mapped_column(default=clock.now)
    #: When it was done; None while it waits for its day, or where it was taken back before.
    done_at: Mapped[datetime | None]
    #: When its day had come and it could not be done.
    failed_at: Mapped[datetime | None]
    #: Whether what stopped it then was a fault of the system: it is tried again by itself.
    tries_again: Mapped[bool] = mapped_column(default=False, server_default=false())
    undone_at: Mapped[datetime | None]
    #: Of an act of a day to come: what is to be done then (``ahead.kept``), and where it was
    #: refused, under ``stopped_by``, why, in both languages.
    plan: Mapped[dict | None] = mapped_column(JSON)
    #: {"sources": [ids of units], "heirs": [ids of units]}, in the order they were named.
    units: Mapped[dict] = mapped_column(JSON)

    by: Mapped[Person | None] = relationship()
    scan: Mapped[StoredFile | None] = relationship()

    @property
    def failed_on(self):
        """The day on which it could not be done, or None."""
        return self.failed_at and clock.local(self.failed_at).date()

    @property
    def stopped_by(self):
        """Why it was refused on its day, in the language in force; empty where nothing is known.
        """
        return of_both((self.plan or {}).get("stopped_by") or "")

    @property
    def waits(self):
        """Whether it was neither done nor taken back."""
        return self.plan is not None and self.done_at is None and self.undone_at is None

    @classmethod
    def waiting(cls):
        """The SQL condition that it was neither done nor taken back."""
        return and_(cls.plan.is_not(null()), cls.done_at.is_(None), cls.undone_at.is_(None))


class ReorganisationEffect(Base):
    """One thing a reorganisation did to a row."""

    __tablename__ = "reorganisation_effect"

    id: Mapped[int] = mapped_column(primary_key=True)
    reorganisation_id: Mapped[int] = mapped_column(ForeignKey("reorganisation.id"), index=True)
    #: made a row (``before`` names the row it goes on from, ``after`` what must not have changed
    #: when it is undone); corrected a fact (``before`` names the row it was); disbelieved a fact;
    #: changed fields of a row (``before`` and ``after`` hold them).
    what: Mapped[str]
    table: Mapped[str]
    row_id: Mapped[int]
    before: Mapped[dict | None] = mapped_column(JSON)
    after: Mapped[dict | None] = mapped_column(JSON)


def plain(value):
    """``value`` as an effect keeps it: a day as text, everything else as it is."""
    return value.isoformat() if isinstance(value, date) else value
