"""What is expected of whom, and who is excused."""
from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import JSON, ForeignKey, Index, Numeric
from sqlalchemy.orm import Mapped, mapped_column, relationship

from lms.kernel import clock
from lms.kernel.db import Base, Interval, Recorded, found_by_change
from lms.kernel.shared import Shared
from lms.organisations.models import Unit
from lms.people.models import AskedWithPaper, Person, TargetGroup

from courses.catalogue.models import Course


class Goal(Interval, Shared, Base):
    """The people of ``group`` complete all of ``courses``: *chỉ tiêu*."""

    __tablename__ = "goal"
    shown = ("group_id", "title_vi", "title_en", "share", "due_days", "deadline", "basis",
             "valid_from", "valid_to")

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(unique=True)
    group_id: Mapped[int] = mapped_column(ForeignKey("target_group.id"))
    title_vi: Mapped[str]
    title_en: Mapped[str] = mapped_column(default="")
    #: Per cent of the group that should be trained; none: counted, no target set.
    share: Mapped[Decimal | None] = mapped_column(Numeric(5, 2))
    #: Days a newcomer has, or one day for everybody.
    due_days: Mapped[int | None]
    deadline: Mapped[date | None]
    basis: Mapped[str] = mapped_column(default="")

    group: Mapped[TargetGroup] = relationship()
    courses: Mapped[list[Course]] = relationship(secondary="goal_course", order_by=Course.key)

    @property
    def said(self):
        """What it asks, with its courses."""
        return [*super().said, *(course.id for course in self.courses)]


class GoalCourse(Base):
    """``course`` is one of those the goal asks for."""

    __tablename__ = "goal_course"

    goal_id: Mapped[int] = mapped_column(ForeignKey("goal.id"), primary_key=True)
    course_id: Mapped[int] = mapped_column(ForeignKey("course.id"), primary_key=True)


class Exemption(Interval, Recorded, Base):
    """``person`` is excused from ``goal`` for a time, with a reason."""

    __tablename__ = "exemption"

    id: Mapped[int] = mapped_column(primary_key=True)
    goal_id: Mapped[int] = mapped_column(ForeignKey("goal.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    kind: Mapped[str] = mapped_column(default="")
    reason: Mapped[str] = mapped_column(default="")
    approved_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))

    goal: Mapped[Goal] = relationship()
    person: Mapped[Person] = relationship(foreign_keys=person_id)
    approved_by: Mapped[Person | None] = relationship(foreign_keys=approved_by_id)

    __table_args__ = (Index("ix_exemption_goal_person", "goal_id", "person_id"),
                      *found_by_change("exemption"))


class ExemptionRequest(Interval, AskedWithPaper, Base):
    """A unit asks that ``person`` be excused from ``goal``; an officer approves or refuses.

    The fact is the exemption that the approval makes; this row keeps who asked and decided, and
    the scan of the decision that the reason rests on.
    """

    __tablename__ = "exemption_request"
    GRANTED, MADE = "approved", "exemption_id"

    id: Mapped[int] = mapped_column(primary_key=True)
    goal_id: Mapped[int] = mapped_column(ForeignKey("goal.id"))
    #: The unit that asks, as it was called that day.
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"), index=True)
    kind: Mapped[str]
    reason: Mapped[str]
    #: The exemption that was made of it, as it was made.
    exemption_id: Mapped[int | None] = mapped_column(ForeignKey("exemption.id"), index=True)

    goal: Mapped[Goal] = relationship()
    unit: Mapped[Unit | None] = relationship()


class Reckoned(Base):
    """The figures of the day ``on`` as known at the moment ``known``, reckoned beforehand.

    What was known at a moment never changes, so they stay true; what was recorded since is
    reckoned anew, of the people concerned.  Nothing rests on them: they may be deleted.
    """

    __tablename__ = "reckoned"

    id: Mapped[int] = mapped_column(primary_key=True)
    on: Mapped[date] = mapped_column(index=True)
    known: Mapped[datetime]
    made_at: Mapped[datetime] = mapped_column(default=clock.now)
    #: Whether its figures are there: whoever reckons says so beforehand, and may be interrupted.
    ready: Mapped[bool] = mapped_column(default=False)
    #: What the goals asked then, for goals have one clock: see ``queries.beforehand.asked``.
    goals: Mapped[list] = mapped_column(JSON)


class ReckonedFigure(Base):
    """How many people of a unit stood how with a goal; where there were none there is no row."""

    __tablename__ = "reckoned_figure"

    reckoned_id: Mapped[int] = mapped_column(
        ForeignKey("reckoned.id"), primary_key=True, autoincrement=False)
    unit_id: Mapped[int] = mapped_column(
        ForeignKey("unit.id"), primary_key=True, autoincrement=False)
    goal_id: Mapped[int] = mapped_column(
        ForeignKey("goal.id"), primary_key=True, autoincrement=False)
    exempt: Mapped[int]
    met: Mapped[int]
    overdue: Mapped[int]
    within_time: Mapped[int]


class TruthCheck(Base):
    """What one look over all facts and figures found; ``night`` is the day of the nightly one."""

    __tablename__ = "truth_check"

    id: Mapped[int] = mapped_column(primary_key=True)
    #: One nightly look a day, however often the runner asks; none for one asked for by hand.
    night: Mapped[date | None] = mapped_column(unique=True)
    ended_at: Mapped[datetime] = mapped_column(default=clock.now, index=True)
    #: check → how many faults it found; every check that was made is named.
    counts: Mapped[dict] = mapped_column(JSON)
    #: The faults themselves, by ids and numbers only: names are looked up when they are shown.
    faults: Mapped[list] = mapped_column(JSON)
