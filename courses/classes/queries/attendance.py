"""Who was there, how everybody stands with the rule of the class, and what is still missing."""
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from lms.kernel.db import db

from courses.classes.models import (
    Attendance,
    ClassTrainer,
    CourseClass,
    Enrolment,
    Session,
)
from courses.classes.queries.people import enrolments_in
from courses.classes.rule import ATTENDED, Outlook, outlook


@dataclass(frozen=True)
class Result:
    """A participant and how they stand."""

    enrolment: Enrolment
    outlook: Outlook


@dataclass(frozen=True)
class Results:
    """How everybody in a class stands, in the order of names."""

    rows: list

    @property
    def passed(self):
        """How many meet the rule as things stand."""
        return sum(row.outlook.passed for row in self.rows)

    @property
    def unattended(self):
        """Those who are not marked in some session."""
        return [row for row in self.rows if row.outlook.unmarked]

    @property
    def unmarked(self):
        """Those whose mark is missing."""
        return [row for row in self.rows if row.outlook.mark_missing]

    @property
    def unsettled(self):
        """Those for whom something is missing."""
        return [row for row in self.rows if not row.outlook.settled]

    @property
    def lost(self):
        """Those who can no longer attend enough."""
        return [row for row in self.rows if not row.outlook.reachable]


@dataclass(frozen=True)
class Waiting:
    """A session that was held and in which people are still to be marked."""

    session: Session
    people: int


def attendance_of(course_class):
    """(session, enrolment) → the mark, for every session of the class."""
    rows = db.session.execute(
        select(Attendance.session_id, Attendance.enrolment_id, Attendance.mark)
        .join(Session, Session.id == Attendance.session_id)
        .where(Session.class_id == course_class.id))
    return {(session, enrolment): mark for session, enrolment, mark in rows}


def attendance_rows(session):
    """enrolment → its row of attendance at the session."""
    return {row.enrolment_id: row for row in db.session.scalars(
        select(Attendance).where(Attendance.session_id == session.id))}


def is_marked(session):
    """Whether somebody's attendance is marked in the session."""
    return db.session.scalar(
        select(Attendance.session_id).filter_by(session_id=session.id).limit(1)) is not None


def outlooks(course_class, enrolments):
    """How each participant stands with the rule of the class, by the enrolment's id."""
    marks = {}
    for (_session, enrolment), mark in attendance_of(course_class).items():
        marks.setdefault(enrolment, []).append(mark)
    return {enrolment.id: outlook(marks.get(enrolment.id, []), len(course_class.sessions),
                                  enrolment.mark, course_class.attendance_min,
                                  course_class.pass_mark)
            for enrolment in enrolments}


def there_by_session(course_class, found, marks):
    """session → (how many were there, how many are marked) of the people in ``found``."""
    inside = {row.enrolment.id for row in found.rows}
    counts = {session.id: (0, 0) for session in course_class.sessions}
    for (session, enrolment), mark in marks.items():
        if enrolment in inside:
            there, marked = counts[session]
            counts[session] = (there + (mark in ATTENDED), marked + 1)
    return counts


def results(course_class):
    """How everybody stands; what closing the class now would record."""
    enrolments = enrolments_in(course_class)
    standing = outlooks(course_class, enrolments)
    return Results([Result(enrolment, standing[enrolment.id]) for enrolment in enrolments])


def waiting_for(person, day):
    """The sessions up to ``day`` that ``person`` has still to mark, the oldest first."""
    inside = (select(Enrolment.class_id, func.count(Enrolment.id).label("people"))
              .where(Enrolment.withdrawn_at.is_(None)).group_by(Enrolment.class_id).subquery())
    marked = (select(Attendance.session_id, func.count(Attendance.enrolment_id).label("people"))
              .join(Enrolment, Enrolment.id == Attendance.enrolment_id)
              .where(Enrolment.withdrawn_at.is_(None)).group_by(Attendance.session_id).subquery())
    missing = inside.c.people - func.coalesce(marked.c.people, 0)
    rows = db.session.execute(
        select(Session, missing).join(Session.course_class)
        .join(ClassTrainer, ClassTrainer.class_id == CourseClass.id)
        .join(inside, inside.c.class_id == CourseClass.id)
        .outerjoin(marked, marked.c.session_id == Session.id)
        .options(joinedload(Session.course_class))
        .where(ClassTrainer.person_id == person.id, Session.on <= day, missing > 0,
               CourseClass.not_over())
        .order_by(Session.on, Session.half_order, Session.id))
    return [Waiting(session, people) for session, people in rows]
