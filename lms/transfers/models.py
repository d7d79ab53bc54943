"""That somebody moves between units which nobody but an officer answers for together."""
from datetime import date

from sqlalchemy import ForeignKey, and_, or_
from sqlalchemy.orm import Mapped, mapped_column, relationship

from lms.kernel.db import Base
from lms.organisations.models import Unit
from lms.people.models import REFUSED, Asked, Posting

#: Taken back by whoever asked, before anybody decided.
WITHDRAWN = "withdrawn"


class TransferRequest(Asked, Base):
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

    @property
    def state(self):
        """One of ``states()``."""
        state = super().state
        # Nobody decides what they asked for, so whoever asked and ended it took it back.
        return WITHDRAWN if state == REFUSED and self.decided_by_id == self.asked_by_id else state

    @classmethod
    def states(cls):
        """state → the SQL condition that a request stands so."""
        found, taken_back = super().states(), cls.decided_by_id == cls.asked_by_id
        refused = found[REFUSED]
        return {**found, WITHDRAWN: and_(refused, taken_back),
                REFUSED: and_(refused, or_(cls.decided_by_id.is_(None), ~taken_back))}
