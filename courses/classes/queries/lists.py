"""Lists of classes: those somebody sees, teaches, takes part in, or may send people to."""
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import joinedload

from lms.kernel import clock
from lms.kernel.db import ask, db, prepared
from lms.kernel.text import fold
from lms.people.policies import answers_for_people, reads_all, scope_of
from lms.people.queries import posted_in

from courses.classes.models import (
    CANCELLED,
    CLOSED,
    COMING,
    RUNNING,
    TO_CLOSE,
    Attendance,
    ClassAnnouncement,
    ClassTrainer,
    CourseClass,
    Enrolment,
    Session,
    on_a_map,
)
from courses.classes.policies import branch_of
from courses.classes.rule import ATTENDED


def classes_seen_by(person, state="", search=""):
    """The statement of the classes ``person`` may see, the latest first.

    ``state`` is one of STATES or nothing.  It finds exactly the classes of which
    ``may_see_class`` says yes.
    """
    statement = select(CourseClass).options(
        joinedload(CourseClass.course), joinedload(CourseClass.organiser)).order_by(
        CourseClass.starts_on.desc(), CourseClass.code)
    if not reads_all(person):
        statement = statement.where(_seen(person))
    if state:
        statement = statement.where(_in_state(state, clock.today()))
    words = fold(search).split()
    if words:
        statement = statement.where(or_(
            CourseClass.code.icontains(search.strip(), autoescape=True),
            and_(*[CourseClass.fold.contains(word, autoescape=True) for word in words])))
    return statement


def _seen(person):
    taught = select(ClassTrainer.class_id).where(ClassTrainer.person_id == person.id)
    inside = select(Enrolment.class_id).where(Enrolment.withdrawn_at.is_(None))
    ways = [CourseClass.id.in_(taught),
            CourseClass.id.in_(inside.where(Enrolment.person_id == person.id))]
    if answers_for_people(person):
        branch, scope = branch_of(person), scope_of(person)
        own = inside.where(Enrolment.person_id.in_(posted_in(scope, clock.today())))
        ways += [
            CourseClass.id.in_(own),
            and_(CourseClass.internal, CourseClass.organiser_id.in_(scope)),
            and_(CourseClass.open_to_people(), CourseClass.ends_on >= clock.today(),
                 or_(~CourseClass.internal, CourseClass.organiser_id.in_(branch)))]
    return or_(*ways)


def _in_state(state, day):
    past, begun = CourseClass.ends_on < day, CourseClass.starts_on <= day
    return {
        CANCELLED: CourseClass.cancelled_at.is_not(None),
        CLOSED: and_(CourseClass.closed_at.is_not(None), CourseClass.cancelled_at.is_(None)),
        COMING: and_(CourseClass.not_over(), ~begun),
        RUNNING: and_(CourseClass.not_over(), begun, ~past),
        TO_CLOSE: and_(CourseClass.not_over(), begun, past)}[state]


def taught_by(person):
    """The classes ``person`` teaches that are not over, the next first."""
    return db.session.scalars(
        select(CourseClass).join(CourseClass.trainers).options(joinedload(CourseClass.course))
        .where(ClassTrainer.person_id == person.id, CourseClass.not_over())
        .order_by(CourseClass.starts_on, CourseClass.code)).all()


def sessions_on(person, day):
    """The sessions on ``day`` of the classes ``person`` teaches, in the order of the day."""
    return db.session.scalars(
        select(Session).join(Session.course_class).join(CourseClass.trainers)
        .options(joinedload(Session.course_class))
        .where(ClassTrainer.person_id == person.id, Session.on == day,
               CourseClass.cancelled_at.is_(None))
        .order_by(Session.half_order, CourseClass.code)).all()


def classes_of(person):
    """The enrolments of ``person``, with their class and its sessions, the latest first."""
    return db.session.scalars(
        select(Enrolment).join(Enrolment.course_class)
        .options(joinedload(Enrolment.course_class).selectinload(CourseClass.sessions))
        .where(Enrolment.person_id == person.id, Enrolment.withdrawn_at.is_(None))
        .order_by(CourseClass.starts_on.desc(), CourseClass.id.desc())).all()


def classes_ahead(person, day):
    """The classes ``person`` is in that end on ``day`` or later, the next first, as ClassRows."""
    return [ClassRow(*row) for row in ask(*_ahead(person.id, day))]


class ClassRow(NamedTuple):
    """A class as those who are in it read of it."""

    id: int
    code: str
    title_vi: str
    title_en: str
    starts_on: date
    ends_on: date
    place: str
    mode: str

    @property
    def map_url(self):
        """As ``on_a_map`` tells it."""
        return on_a_map(self.place, self.mode)


@prepared
def _ahead(person, day):
    return (select(*(getattr(CourseClass, name) for name in ClassRow._fields))
            .join(Enrolment, Enrolment.class_id == CourseClass.id)
            .where(Enrolment.person_id == person, Enrolment.withdrawn_at.is_(None),
                   CourseClass.ends_on >= day)
            .order_by(CourseClass.starts_on))


def classes_open_for(course_ids, day, person=None):
    """The classes of these courses that take people and end on ``day`` or later, the next first.

    Internal ones are among them only for a ``person`` who answers for people in their branch.
    """
    branch = branch_of(person) if person else set()
    return db.session.scalars(
        select(CourseClass).options(joinedload(CourseClass.course))
        .where(CourseClass.course_id.in_(course_ids), CourseClass.open_to_people(),
               CourseClass.ends_on >= day,
               or_(~CourseClass.internal, CourseClass.organiser_id.in_(branch)))
        .order_by(CourseClass.starts_on, CourseClass.code)).all()


def announcements_in(course_class):
    """What was announced in the class, the newest first."""
    return db.session.scalars(
        select(ClassAnnouncement).options(joinedload(ClassAnnouncement.by))
        .where(ClassAnnouncement.class_id == course_class.id)
        .order_by(ClassAnnouncement.id.desc())).all()


def class_by_code(code):
    """The class with the code, whatever its capitals; None without one."""
    return db.session.scalar(
        select(CourseClass).where(func.lower(CourseClass.code) == code.strip().lower()))


def proposed_code(day):
    """A code for the next class of the year: L2026-07."""
    stem = f"L{day.year}-"
    taken = db.session.scalars(select(CourseClass.code).where(CourseClass.code.startswith(stem)))
    numbers = [int(code.removeprefix(stem)) for code in taken
               if code.removeprefix(stem).isdecimal()]
    return f"{stem}{max(numbers, default=0) + 1:02d}"


@dataclass(frozen=True)
class Turnout:
    """How many classes, how many people counted once a class, how many counted once in all."""

    classes: int
    attendances: int
    people: int


def attendances(classes):
    """The turnout of ``classes``, a statement of them: *số lượt người* and *số người*.

    Somebody counts in a class who was there at one session of it at least.
    """
    chosen = classes.with_only_columns(CourseClass.id).order_by(None).subquery()
    there = select(Enrolment.id).where(
        Enrolment.class_id.in_(select(chosen.c.id)), Enrolment.withdrawn_at.is_(None),
        select(Attendance.enrolment_id).where(
            Attendance.enrolment_id == Enrolment.id, Attendance.mark.in_(ATTENDED)).exists())
    counts = there.with_only_columns(
        func.count(Enrolment.id), func.count(func.distinct(Enrolment.person_id)))
    number = db.session.scalar(select(func.count()).select_from(chosen))
    return Turnout(number, *db.session.execute(counts).one())


def heads_in(class_ids):
    """class → how many people are in it."""
    return dict(db.session.execute(
        select(Enrolment.class_id, func.count(Enrolment.id))
        .where(Enrolment.class_id.in_(class_ids), Enrolment.withdrawn_at.is_(None))
        .group_by(Enrolment.class_id)).all())
