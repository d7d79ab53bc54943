"""The yearly confirmation of who belongs to the groups that are stated by hand."""
from datetime import date, datetime

from sqlalchemy import JSON, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from lms.kernel import clock
from lms.kernel.db import Base
from lms.organisations.models import Unit
from lms.people.models import Person


class ConfirmationRound(Base):
    """Once a year every unit confirms whom its groups hold, by the day ``due_on``."""

    __tablename__ = "confirmation_round"

    id: Mapped[int] = mapped_column(primary_key=True)
    year: Mapped[int] = mapped_column(unique=True)
    due_on: Mapped[date]
    opened_at: Mapped[datetime] = mapped_column(default=clock.now)
    opened_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))

    opened_by: Mapped[Person] = relationship()

    def days_late(self, day):
        """How many days after the due date ``day`` is; 0 until then."""
        return max(0, (day - self.due_on).days)


class Confirmation(Base):
    """Somebody who answers for ``unit`` confirmed who belongs; confirmed again, a further row."""

    __tablename__ = "confirmation"

    id: Mapped[int] = mapped_column(primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("confirmation_round.id"), index=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), index=True)
    confirmed_at: Mapped[datetime] = mapped_column(default=clock.now)
    by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    #: The list that was confirmed: group id (as text) → ids of its people, by ids only.
    members: Mapped[dict] = mapped_column(JSON)

    round: Mapped[ConfirmationRound] = relationship()
    unit: Mapped[Unit] = relationship()
    by: Mapped[Person] = relationship()
