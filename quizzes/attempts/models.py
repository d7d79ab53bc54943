"""People's attempts and their answers."""
from datetime import datetime, timedelta
from decimal import Decimal

from sqlalchemy import JSON, ForeignKey, Index, Numeric, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from lms.kernel.db import Base
from lms.people.models import Person

from quizzes.papers.models import Quiz

#: How long after the deadline an answer sent in time may still arrive over a slow line.
GRACE = timedelta(seconds=60)


class Attempt(Base):
    """One try at a quiz; the paper is pinned when it starts."""

    __tablename__ = "attempt"

    id: Mapped[int] = mapped_column(primary_key=True)
    quiz_id: Mapped[int] = mapped_column(ForeignKey("quiz.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    number: Mapped[int]
    started_at: Mapped[datetime]
    deadline: Mapped[datetime | None]
    submitted_at: Mapped[datetime | None]
    #: [{"version": 12, "options": ["C", "A", "B"], "points": 1}], in the order shown.
    paper: Mapped[list] = mapped_column(JSON)
    #: The share of each slot that was right, out of 100, once submitted.
    shares: Mapped[list | None] = mapped_column(JSON)
    #: Out of 100, once submitted.
    score: Mapped[Decimal | None] = mapped_column(Numeric(5, 2))
    passed: Mapped[bool | None]

    quiz: Mapped[Quiz] = relationship()
    person: Mapped[Person] = relationship()

    __table_args__ = (UniqueConstraint("quiz_id", "person_id", "number"),)

    def closed(self, now):
        """Whether no answer counts any more: submitted, or past the deadline and its grace."""
        return self.submitted_at is not None or (
            self.deadline is not None and now > self.deadline + GRACE)


class AnswerEvent(Base):
    """An answer as it was given; nothing is updated, the highest revision of a slot counts."""

    __tablename__ = "answer_event"

    id: Mapped[int] = mapped_column(primary_key=True)
    attempt_id: Mapped[int] = mapped_column(ForeignKey("attempt.id"))
    slot: Mapped[int]
    rev: Mapped[int]
    #: The device that sent it and its own count: a repeated sending is recognised.
    client: Mapped[str]
    seq: Mapped[int]
    answer: Mapped[list] = mapped_column(JSON)
    received_at: Mapped[datetime]
    #: accepted, or late: kept, not counted.
    late: Mapped[bool] = mapped_column(default=False)

    __table_args__ = (
        UniqueConstraint("attempt_id", "slot", "rev"),
        UniqueConstraint("attempt_id", "client", "seq"),
        Index("ix_answer_event_attempt", "attempt_id"),
    )
