"""An act that reorganised units, and each thing it did, so that it can be undone the same day."""
from datetime import date, datetime

from sqlalchemy import JSON, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from lms.kernel import clock
from lms.kernel.db import Base
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
    undone_at: Mapped[datetime | None]
    #: {"sources": [ids of units], "heirs": [ids of units]}, in the order they were named.
    units: Mapped[dict] = mapped_column(JSON)

    by: Mapped[Person | None] = relationship()
    scan: Mapped[StoredFile | None] = relationship()


class ReorganisationEffect(Base):
    """One thing a reorganisation did to a row."""

    __tablename__ = "reorganisation_effect"

    id: Mapped[int] = mapped_column(primary_key=True)
    reorganisation_id: Mapped[int] = mapped_column(ForeignKey("reorganisation.id"), index=True)
    #: made a row; corrected a fact (``before`` names the row it was); ended the belief in a
    #: fact; changed fields of a row (``before`` and ``after`` hold them).
    what: Mapped[str]
    table: Mapped[str]
    row_id: Mapped[int]
    before: Mapped[dict | None] = mapped_column(JSON)
    after: Mapped[dict | None] = mapped_column(JSON)
