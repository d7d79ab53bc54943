"""That somebody moves between units which nobody but an officer answers for together."""
from datetime import date

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from lms.kernel.db import Base
from lms.organisations.models import Unit
from lms.people.models import AskedAndTakenBack, Posting


class TransferRequest(AskedAndTakenBack, Base):
    """That the main post of ``person`` moves ``from_unit`` to ``unit`` on a day, by an act."""

    __tablename__ = "transfer_request"
    GRANTED, MADE = "agreed", "posting_id"

    id: Mapped[int] = mapped_column(primary_key=True)
    #: Where the main post lay on the day when this was asked.
    from_unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), index=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), index=True)
    #: The one of the two whose contact person decides: the other one asked.
    asked_of_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    title: Mapped[str] = mapped_column(default="")
    valid_from: Mapped[date]
    #: The decision of an office by which it happens: its number and day.
    act: Mapped[str]
    #: The post that came of it.
    posting_id: Mapped[int | None] = mapped_column(ForeignKey("posting.id"))

    from_unit: Mapped[Unit] = relationship(foreign_keys=from_unit_id)
    unit: Mapped[Unit] = relationship(foreign_keys=unit_id)
    asked_of: Mapped[Unit] = relationship(foreign_keys=asked_of_id)
    posting: Mapped[Posting | None] = relationship()
