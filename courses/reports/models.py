"""What was published: the day, the moment, the figures, the people behind them."""
from datetime import date, datetime

from sqlalchemy import JSON, ForeignKey, Index, event, inspect
from sqlalchemy.orm import Mapped, mapped_column, relationship

from lms.kernel.db import Base
from lms.organisations.models import Unit
from lms.people.models import Person

IN_FORCE, REPLACED, WITHDRAWN = STATES = ("in_force", "replaced", "withdrawn")
#: All that may be written into a report after it was locked.
AFTERWARDS = frozenset({"ended_at", "ended_by_id", "reason", "replaced_by_id"})


class Report(Base):
    """Figures that were locked (*chốt số liệu*): nothing of it changes, it can only be ended."""

    __tablename__ = "locked_report"

    id: Mapped[int] = mapped_column(primary_key=True)
    #: Unguessable, as printed and read out: 7KQ4-M2XD-9TRA-0B3C.
    code: Mapped[str] = mapped_column(unique=True)
    title: Mapped[str]
    #: The period reported on; its last day is D, the day of the figures.
    begins_on: Mapped[date]
    on: Mapped[date] = mapped_column(index=True)
    #: K: the moment of locking, whose knowledge counts.
    known_at: Mapped[datetime] = mapped_column(index=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), index=True)
    locked_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    #: The goals in force on D as they were asked at K, and the units with their parents.
    goals: Mapped[list] = mapped_column(JSON)
    units: Mapped[list] = mapped_column(JSON)
    #: What is counted beside the figures: classes, documents, women, the period before.
    numbers: Mapped[dict] = mapped_column(JSON)
    #: Who reports, to whom, who signs.
    heading: Mapped[dict] = mapped_column(JSON)
    #: Over everything counted and everybody behind it, by ids and numbers alone.
    sha256: Mapped[str]
    ended_at: Mapped[datetime | None]
    ended_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    reason: Mapped[str] = mapped_column(default="")
    replaced_by_id: Mapped[int | None] = mapped_column(ForeignKey("locked_report.id"))

    unit: Mapped[Unit] = relationship()
    locked_by: Mapped[Person | None] = relationship(foreign_keys=locked_by_id)
    ended_by: Mapped[Person | None] = relationship(foreign_keys=ended_by_id)
    replaced_by: Mapped["Report | None"] = relationship(remote_side=[id])

    @property
    def state(self):
        """One of STATES."""
        if self.ended_at is None:
            return IN_FORCE
        return REPLACED if self.replaced_by_id else WITHDRAWN


class LockedFigure(Base):
    """How far a unit had come with a goal."""

    __tablename__ = "locked_figure"

    report_id: Mapped[int] = mapped_column(ForeignKey("locked_report.id"), primary_key=True)
    goal_id: Mapped[int] = mapped_column(ForeignKey("goal.id"), primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), primary_key=True)
    members: Mapped[int]
    exempt: Mapped[int]
    met: Mapped[int]
    overdue: Mapped[int]
    within_time: Mapped[int]

    @property
    def required(self):
        """The members who were not exempt."""
        return self.met + self.overdue + self.within_time


class LockedPerson(Base):
    """Somebody behind the figures of a goal: a person by id, never by name."""

    __tablename__ = "locked_person"

    report_id: Mapped[int] = mapped_column(ForeignKey("locked_report.id"), primary_key=True)
    goal_id: Mapped[int] = mapped_column(ForeignKey("goal.id"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    status: Mapped[str]
    #: The ids of the units of the report in which the person held a post on D.
    units: Mapped[list] = mapped_column(JSON)

    report: Mapped[Report] = relationship(viewonly=True)

    __table_args__ = (Index("ix_locked_person_person", "person_id", "report_id"),)


class LockedForGood(Exception):
    """Something tried to change or delete what was locked: a fault of the program."""


def _refuse(_mapper, _connection, row):
    changed = {field.key for field in inspect(row).attrs if field.history.has_changes()}
    if not isinstance(row, Report) or changed - AFTERWARDS - {"replaced_by", "ended_by"}:
        raise LockedForGood(f"{row.__tablename__}: {sorted(changed)}")


def _refuse_to_delete(_mapper, _connection, row):
    raise LockedForGood(row.__tablename__)


for locked in (Report, LockedFigure, LockedPerson):
    event.listen(locked, "before_update", _refuse)
    event.listen(locked, "before_delete", _refuse_to_delete)
