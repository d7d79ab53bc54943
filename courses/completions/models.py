"""The facts of learning: a course begun, a step done, a course completed."""
from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import ForeignKey, Index, Numeric, and_, or_, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from lms.kernel import clock
from lms.kernel.db import Base, Recorded, found_by_change
from lms.people.models import AskedWithPaper, Person

from courses.catalogue.models import Course, CourseVersion

#: Where a completion comes from; one of an imported folder may name something else.
ONLINE, CLASS, OUTSIDE = ("online", "class", "outside")


class Study(Base):
    """``person`` is on the way through a version of a course."""

    __tablename__ = "study"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    course_id: Mapped[int] = mapped_column(ForeignKey("course.id"), index=True)
    version_id: Mapped[int] = mapped_column(ForeignKey("course_version.id"))
    begun_at: Mapped[datetime] = mapped_column(default=clock.now)
    #: Set when the last step was done; a later round of the same course is a new study.
    finished_at: Mapped[datetime | None]

    person: Mapped[Person] = relationship()
    course: Mapped[Course] = relationship()
    version: Mapped[CourseVersion] = relationship()

    #: Somebody is in the middle of a course once, however often they press the button.
    __table_args__ = (
        Index("ix_study_person_course", "person_id", "course_id"),
        Index("uq_study_under_way", "person_id", "course_id", unique=True,
              sqlite_where=text("finished_at IS NULL"),
              postgresql_where=text("finished_at IS NULL")))


class StepDone(Base):
    """In a study, the step ``lineage`` was done; for a document, acknowledged."""

    __tablename__ = "step_done"

    study_id: Mapped[int] = mapped_column(ForeignKey("study.id"), primary_key=True)
    lineage: Mapped[str] = mapped_column(primary_key=True)
    activity_id: Mapped[int] = mapped_column(ForeignKey("activity.id"))
    done_at: Mapped[datetime] = mapped_column(default=clock.now)
    #: Out of 100, for a step that is marked.
    mark: Mapped[Decimal | None] = mapped_column(Numeric(5, 2))


class Place(Base):
    """How far somebody has watched or heard a recording, in seconds."""

    __tablename__ = "place"

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    lineage: Mapped[str] = mapped_column(primary_key=True)
    seconds: Mapped[int] = mapped_column(default=0)


class Completion(Recorded, Base):
    """``person`` completed ``course``.  The fact everything else reads."""

    __tablename__ = "completion"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    course_id: Mapped[int] = mapped_column(ForeignKey("course.id"))
    #: The day of the learning, not of the typing.
    learned_on: Mapped[date]
    #: The last day it counts; none is without limit.
    valid_until: Mapped[date | None]
    source: Mapped[str] = mapped_column(default=ONLINE)
    evidence: Mapped[str] = mapped_column(default="")
    #: Out of 100, where the learning was marked.
    mark: Mapped[Decimal | None] = mapped_column(Numeric(5, 2))
    revoked_on: Mapped[date | None]
    #: The class that gave it, where one did.
    class_id: Mapped[int | None] = mapped_column(ForeignKey("course_class.id"))
    #: The row this one corrects.
    corrects_id: Mapped[int | None] = mapped_column(ForeignKey("completion.id"))

    person: Mapped[Person] = relationship()
    course: Mapped[Course] = relationship()

    #: The second one holds all that figures ask, so that the rows themselves are left alone.
    __table_args__ = (
        Index("ix_completion_course_learned", "course_id", "learned_on"),
        Index("ix_completion_person", "person_id", "course_id", "learned_on", "valid_until",
              "revoked_on", "recorded_at", "superseded_at"),
        *found_by_change("completion"))

    @classmethod
    def counts_on(cls, day):
        """The SQL condition that the completion counts on ``day``, as ``validity.counts`` says it
        of a row.
        """
        return and_(cls.learned_on <= day,
                    or_(cls.valid_until.is_(None), cls.valid_until >= day),
                    or_(cls.revoked_on.is_(None), cls.revoked_on > day))


class OutsideLearning(AskedWithPaper, Base):
    """What ``person`` says to have learned elsewhere, with the evidence, and what became of it.

    The fact is the completion that an officer makes of it; this row keeps who asked and decided.
    """

    __tablename__ = "outside_learning"
    GRANTED, MADE = "accepted", "completion_id"

    id: Mapped[int] = mapped_column(primary_key=True)
    #: As printed on the evidence.
    course_name: Mapped[str]
    institution: Mapped[str]
    learned_on: Mapped[date]
    periods: Mapped[int | None]
    #: The course it was accepted as, and the completion that was made of it.
    course_id: Mapped[int | None] = mapped_column(ForeignKey("course.id"))
    completion_id: Mapped[int | None] = mapped_column(ForeignKey("completion.id"), index=True)

    course: Mapped[Course | None] = relationship()
