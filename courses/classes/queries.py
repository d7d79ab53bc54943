"""Looking up classes, who is in them, and how they stand."""
from sqlalchemy import func, or_, select
from sqlalchemy.orm import joinedload, selectinload

from lms.kernel import clock
from lms.kernel.db import db
from lms.kernel.text import fold
from lms.people.models import Person
from lms.people.policies import is_auditor, is_officer, scope_of, units_answered
from lms.people.queries import posted_in

from courses.classes.models import (
    Attendance,
    ClassTrainer,
    CourseClass,
    Enrolment,
    Quota,
    Session,
)
from courses.classes.policies import may_run_class
from courses.classes.rule import outlook

#: Fewer strangers than this in a class are not even counted to a manager.
ENOUGH_TO_COUNT = 5


def classes_seen_by(person, search=""):
    """The statement of the classes in the list of ``person``, the latest first."""
    statement = select(CourseClass).options(
        joinedload(CourseClass.course), joinedload(CourseClass.organiser),
        selectinload(CourseClass.trainers)).order_by(
        CourseClass.starts_on.desc(), CourseClass.code)
    if not (is_officer(person) or is_auditor(person)):
        own = select(ClassTrainer.class_id).where(ClassTrainer.person_id == person.id)
        statement = statement.where(or_(
            CourseClass.opened_at.is_not(None), CourseClass.id.in_(own),
            CourseClass.organiser_id.in_(units_answered(person))))
    if search:
        wanted = f"%{search}%"
        statement = statement.where(or_(CourseClass.code.ilike(wanted),
                                        CourseClass.fold.contains(fold(search))))
    return statement


def taught_by(person):
    """The classes ``person`` teaches that are not closed, the next first."""
    return db.session.scalars(
        select(CourseClass).join(CourseClass.trainers).options(joinedload(CourseClass.course))
        .where(ClassTrainer.person_id == person.id, CourseClass.closed_at.is_(None),
               CourseClass.cancelled_at.is_(None)).order_by(CourseClass.starts_on)).all()


def sessions_on(person, day):
    """The sessions of the classes ``person`` teaches on ``day``, in their order."""
    return db.session.scalars(
        select(Session).join(Session.course_class).join(CourseClass.trainers)
        .options(joinedload(Session.course_class))
        .where(ClassTrainer.person_id == person.id, Session.on == day,
               CourseClass.cancelled_at.is_(None)).order_by(Session.half_order)).all()


def classes_of(person):
    """The enrolments of ``person``, with their class, the latest first."""
    return db.session.scalars(
        select(Enrolment).join(Enrolment.course_class)
        .options(joinedload(Enrolment.course_class).selectinload(CourseClass.sessions))
        .where(Enrolment.person_id == person.id, Enrolment.withdrawn_at.is_(None))
        .order_by(CourseClass.starts_on.desc())).all()


def classes_open_for(course_ids, day):
    """The classes of these courses that take people and end on ``day`` or later, the next first."""
    return db.session.scalars(
        select(CourseClass).options(joinedload(CourseClass.course))
        .where(CourseClass.course_id.in_(course_ids), CourseClass.opened_at.is_not(None),
               CourseClass.closed_at.is_(None), CourseClass.cancelled_at.is_(None),
               CourseClass.ends_on >= day).order_by(CourseClass.starts_on)).all()


def enrolments_in(course_class):
    """The people in the class, in the order of a clerk's list."""
    return db.session.scalars(
        select(Enrolment).join(Person, Person.id == Enrolment.person_id)
        .options(joinedload(Enrolment.person), joinedload(Enrolment.unit))
        .where(Enrolment.class_id == course_class.id, Enrolment.withdrawn_at.is_(None))
        .order_by(Person.sort_key, Person.birth, Person.id)).all()


def passed_enrolments(course_class):
    """The enrolments of those who passed the class, in the order of names."""
    return [enrolment for enrolment in enrolments_in(course_class) if enrolment.passed]


def roster(course_class, viewer):
    """The people of the class ``viewer`` may see, and how many more there are.

    Whoever does not run the class sees their own people; of the others they learn the
    number, and only where it is large enough to tell nothing about one of them.
    """
    everybody = enrolments_in(course_class)
    scope = scope_of(viewer)
    if scope is None or may_run_class(viewer, course_class):
        return everybody, 0
    own = set(db.session.scalars(posted_in(scope, clock.today())))
    seen = [enrolment for enrolment in everybody if enrolment.person_id in own]
    others = len(everybody) - len(seen)
    return seen, others if others >= ENOUGH_TO_COUNT else 0


def attendance_of(course_class):
    """The marks of attendance of the class: (session id, enrolment id) → mark."""
    rows = db.session.execute(
        select(Attendance.session_id, Attendance.enrolment_id, Attendance.mark)
        .join(Session, Session.id == Attendance.session_id)
        .where(Session.class_id == course_class.id))
    return {(session, enrolment): mark for session, enrolment, mark in rows}


def outlooks(course_class, enrolments):
    """How each participant stands with the rule of the class, by the enrolment's id."""
    marks = {}
    for (_session, enrolment), mark in attendance_of(course_class).items():
        marks.setdefault(enrolment, []).append(mark)
    return {enrolment.id: outlook(marks.get(enrolment.id, []), len(course_class.sessions),
                                  enrolment.mark, course_class.attendance_min,
                                  course_class.pass_mark)
            for enrolment in enrolments}


def seats_taken(course_class, unit_ids=None):
    """How many people are in the class, of these units where given."""
    statement = select(func.count(Enrolment.id)).where(
        Enrolment.class_id == course_class.id, Enrolment.withdrawn_at.is_(None))
    if unit_ids is not None:
        statement = statement.where(Enrolment.unit_id.in_(unit_ids))
    return db.session.scalar(statement)


def seats_left(course_class):
    """How many seats remain; None where the class has no limit."""
    return None if course_class.seats is None else course_class.seats - seats_taken(course_class)


def quotas_of(course_class):
    """The seats set aside for units, in order of precedence."""
    return db.session.scalars(
        select(Quota).options(joinedload(Quota.unit)).where(
            Quota.class_id == course_class.id)).all()
