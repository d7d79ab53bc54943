"""What is expected of whom, and who is excused."""
from datetime import date
from decimal import Decimal

from sqlalchemy import ForeignKey, Index, Numeric
from sqlalchemy.orm import Mapped, mapped_column, relationship

from lms.kernel.db import Base, Interval, Recorded
from lms.people.models import Person, TargetGroup

from courses.catalogue.models import Course


class Goal(Interval, Base):
    """The people of ``group`` complete all of ``courses``: *chỉ tiêu*."""

    __tablename__ = "goal"

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

    __table_args__ = (Index("ix_exemption_goal_person", "goal_id", "person_id"),)
