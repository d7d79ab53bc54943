"""Classes, their sessions, who takes part, and who was there."""
from datetime import date, datetime, timedelta
from decimal import Decimal
from urllib.parse import urlencode

from sqlalchemy import BigInteger, ForeignKey, Numeric, UniqueConstraint, and_
from sqlalchemy.orm import Mapped, mapped_column, relationship, validates

from lms.kernel import clock
from lms.kernel.db import Base
from lms.kernel.shared import Shared
from lms.kernel.text import fold
from lms.organisations.models import Unit
from lms.people.models import Person

from courses.catalogue.models import IN_PERSON, ONLINE, Course

HALVES = ("morning", "afternoon", "evening")
PRESENT, LATE, EXCUSED, ABSENT = MARKS = ("present", "late", "excused", "absent")
#: The mark out of 100 that a class asks for where nothing else is said.
PASS_MARK = 50
#: How long after a session its trainer may still mark it; later an officer does, with a reason
#: (authorisation matrix, row 25).
MARKING_DAYS = timedelta(days=7)
#: How a class stands on a day; one whose days are past waits for its results.
COMING, RUNNING, TO_CLOSE, CLOSED, CANCELLED = STATES = (
    "coming", "running", "to_close", "closed", "cancelled")
#: The address at which every phone opens the map it has.
MAP = "https://www.google.com/maps/search/?"


def on_a_map(place, mode):
    """Where a map shows the ``place`` of a class of this mode; empty where nobody has to go."""
    return MAP + urlencode({"api": 1, "query": place}) if place and mode != ONLINE else ""


class CourseClass(Shared, Base):
    """A course held for certain people on certain days: *lớp*."""

    __tablename__ = "course_class"
    shown = ("mode", "starts_on", "ends_on", "place", "course_id", "organiser_id", "code",
             "title_vi", "title_en", "seats", "decision", "attendance_min", "pass_mark")

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(unique=True)
    title_vi: Mapped[str]
    title_en: Mapped[str] = mapped_column(default="")
    course_id: Mapped[int] = mapped_column(ForeignKey("course.id"), index=True)
    organiser_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    mode: Mapped[str] = mapped_column(default=IN_PERSON)
    starts_on: Mapped[date] = mapped_column(index=True)
    ends_on: Mapped[date]
    place: Mapped[str] = mapped_column(default="")
    seats: Mapped[int | None]
    #: The decision that recognises its results, as printed on certificates.
    decision: Mapped[str] = mapped_column(default="")
    #: The rule of the class: per cent of sessions attended, mark out of 100 (none: no mark asked).
    attendance_min: Mapped[int] = mapped_column(default=80)
    pass_mark: Mapped[int | None]
    #: Opened by a unit for its own people; other units neither see it nor send people to it.
    internal: Mapped[bool] = mapped_column(default=False)
    opened_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]
    cancelled_at: Mapped[datetime | None]
    #: Why it was called off, as those who were to come read it.
    cancel_reason: Mapped[str] = mapped_column(default="")
    fold: Mapped[str] = mapped_column(default="", index=True)

    course: Mapped[Course] = relationship()
    organiser: Mapped[Unit] = relationship()
    sessions: Mapped[list["Session"]] = relationship(
        back_populates="course_class", order_by="Session.on, Session.half_order")
    trainers: Mapped[list["ClassTrainer"]] = relationship(back_populates="course_class")

    def __init__(self, **given):
        # Not a default of the column: that would also replace the None of "no mark asked".
        super().__init__(**{"pass_mark": PASS_MARK, **given})

    @property
    def map_url(self):
        """As ``on_a_map`` tells it."""
        return on_a_map(self.place, self.mode)

    @validates("title_vi")
    def _keep_the_fold(self, _field, title):
        """The key for finding follows the title."""
        self.fold = fold(title)
        return title

    @property
    def over(self):
        """Whether nothing about the class changes any more."""
        return self.closed_at is not None or self.cancelled_at is not None

    @property
    def takes_people(self):
        """Whether people can still be sent to it: opened, not closed, not called off."""
        return self.opened_at is not None and not self.over

    @classmethod
    def not_over(cls):
        """The SQL condition that something about the class may still change."""
        return and_(cls.closed_at.is_(None), cls.cancelled_at.is_(None))

    @classmethod
    def open_to_people(cls):
        """The SQL condition that people can still be sent to it; as ``takes_people``."""
        return and_(cls.opened_at.is_not(None), cls.not_over())

    @property
    def last_session_on(self):
        """The day of its last session, None without one."""
        return max((session.on for session in self.sessions), default=None)

    def state(self, day):
        """One of STATES, as it is on ``day``."""
        if self.over:
            return CANCELLED if self.cancelled_at else CLOSED
        if self.starts_on > day:
            return COMING
        return RUNNING if self.ends_on >= day else TO_CLOSE


class ClassTrainer(Base):
    """``person`` teaches in the class and marks its attendance."""

    __tablename__ = "class_trainer"

    class_id: Mapped[int] = mapped_column(ForeignKey("course_class.id"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True, index=True)

    course_class: Mapped[CourseClass] = relationship(back_populates="trainers")
    person: Mapped[Person] = relationship(lazy="joined")


class Quota(Base):
    """How many seats of a class a unit may fill."""

    __tablename__ = "quota"

    class_id: Mapped[int] = mapped_column(ForeignKey("course_class.id"), primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), primary_key=True)
    seats: Mapped[int]

    unit: Mapped[Unit] = relationship()


class Lecturer(Base):
    """What stands before the name of somebody who teaches, on papers: ThS., TS., PGS.TS."""

    __tablename__ = "lecturer"

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    title: Mapped[str]

    person: Mapped[Person] = relationship()


class ClassAnnouncement(Base):
    """What somebody who runs a class told everybody in it."""

    __tablename__ = "class_announcement"

    id: Mapped[int] = mapped_column(primary_key=True)
    class_id: Mapped[int] = mapped_column(ForeignKey("course_class.id"), index=True)
    text: Mapped[str]
    at: Mapped[datetime] = mapped_column(default=clock.now)
    by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))

    by: Mapped[Person] = relationship()


class ClassCost(Base):
    """What a class costs under one heading, of one source, paid by one unit, in đồng."""

    __tablename__ = "class_cost"

    id: Mapped[int] = mapped_column(primary_key=True)
    class_id: Mapped[int] = mapped_column(ForeignKey("course_class.id"), index=True)
    #: One of words.HEADINGS and of words.SOURCES.
    heading: Mapped[str]
    source: Mapped[str]
    payer_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    planned: Mapped[int | None] = mapped_column(BigInteger)
    actual: Mapped[int | None] = mapped_column(BigInteger)

    payer: Mapped[Unit] = relationship(lazy="joined")

    __table_args__ = (UniqueConstraint("class_id", "heading", "source", "payer_id"),)


class Session(Shared, Base):
    """A half-day of a class: *buổi*."""

    __tablename__ = "class_session"
    shown = ("on", "half", "topic_vi", "topic_en", "trainer_id", "periods")

    id: Mapped[int] = mapped_column(primary_key=True)
    class_id: Mapped[int] = mapped_column(ForeignKey("course_class.id"), index=True)
    on: Mapped[date]
    half: Mapped[str]
    half_order: Mapped[int]
    topic_vi: Mapped[str] = mapped_column(default="")
    topic_en: Mapped[str] = mapped_column(default="")
    trainer_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    periods: Mapped[int] = mapped_column(default=4)

    course_class: Mapped[CourseClass] = relationship(back_populates="sessions")
    trainer: Mapped[Person | None] = relationship(lazy="joined")

    __table_args__ = (UniqueConstraint("class_id", "on", "half"),)

    def late_on(self, day):
        """Whether marking it on ``day`` is late, so that it needs an officer and a reason."""
        return day > self.on + MARKING_DAYS


class Enrolment(Base):
    """``person`` takes part in a class, nominated by their unit."""

    __tablename__ = "enrolment"

    id: Mapped[int] = mapped_column(primary_key=True)
    class_id: Mapped[int] = mapped_column(ForeignKey("course_class.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    #: The unit that sent the person, as it was called that day.
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"))
    nominated_at: Mapped[datetime] = mapped_column(default=clock.now)
    nominated_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    withdrawn_at: Mapped[datetime | None]
    #: Mark out of 100, typed in or taken from the course's quiz.
    mark: Mapped[Decimal | None] = mapped_column(Numeric(5, 2))
    #: The result of the class, given when it closes: true is passed.
    passed: Mapped[bool | None]

    course_class: Mapped[CourseClass] = relationship()
    person: Mapped[Person] = relationship(foreign_keys=person_id)
    unit: Mapped[Unit | None] = relationship()

    __table_args__ = (UniqueConstraint("class_id", "person_id"),)


class Attendance(Base):
    """Whether somebody was there at a session."""

    __tablename__ = "attendance"

    session_id: Mapped[int] = mapped_column(ForeignKey("class_session.id"), primary_key=True)
    enrolment_id: Mapped[int] = mapped_column(ForeignKey("enrolment.id"), primary_key=True,
                                              index=True)
    mark: Mapped[str]
    marked_at: Mapped[datetime] = mapped_column(default=clock.now)
    marked_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))

    session: Mapped[Session] = relationship(viewonly=True)
