"""Ladders, and what was sent by them and by hand."""
from datetime import date, datetime

from sqlalchemy import JSON, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from lms.kernel import clock
from lms.kernel.db import Base
from lms.kernel.mail import Letter
from lms.notices.models import Notice
from lms.people.models import Person

from courses.coverage.models import Goal
from courses.reminders.rule import Step

#: A step of a ladder for a learner, the week of somebody who answers, or a reminder by hand.
LEARNER, DIGEST, MANUAL = KINDS = ("learner", "digest", "manual")


class Ladder(Base):
    """When who is reminded of ``goal``; a goal without one follows the default."""

    __tablename__ = "ladder"

    id: Mapped[int] = mapped_column(primary_key=True)
    goal_id: Mapped[int] = mapped_column(ForeignKey("goal.id"), unique=True)
    #: [who, days after the due date], …
    steps: Mapped[list] = mapped_column(JSON)
    #: Since when nobody is reminded of the goal by itself; none: the ladder works.
    paused_at: Mapped[datetime | None]

    goal: Mapped[Goal] = relationship()

    def as_steps(self):
        """The steps, as the rule takes them."""
        return tuple(Step(who, days) for who, days in self.steps)


class Reminder(Base):
    """One reminder to one person, and the channels it took."""

    __tablename__ = "reminder"

    id: Mapped[int] = mapped_column(primary_key=True)
    #: What it is about, once and for all; its message and its letter bear the same key.
    key: Mapped[str] = mapped_column(unique=True)
    kind: Mapped[str]
    to_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    #: None for a digest, which is about many.
    goal_id: Mapped[int | None] = mapped_column(ForeignKey("goal.id"), index=True)
    due_on: Mapped[date | None]
    made_on: Mapped[date] = mapped_column(default=clock.today, index=True)
    #: Who reminded by hand.
    by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    #: Messages and letters are dropped after twelve months.
    notice_id: Mapped[int | None] = mapped_column(
        ForeignKey("notice.id", ondelete="SET NULL"), index=True)
    letter_id: Mapped[int | None] = mapped_column(
        ForeignKey("letter.id", ondelete="SET NULL"), index=True)

    to: Mapped[Person] = relationship(foreign_keys=to_id)
    goal: Mapped[Goal | None] = relationship()
    notice: Mapped[Notice | None] = relationship()
    letter: Mapped[Letter | None] = relationship()


class ReminderRun(Base):
    """The ladders were followed on the day ``on``; once a day is enough."""

    __tablename__ = "reminder_run"

    id: Mapped[int] = mapped_column(primary_key=True)
    on: Mapped[date] = mapped_column(unique=True)
    at: Mapped[datetime] = mapped_column(default=clock.now)
