"""Who taught what, and how much: the register of lecturers."""
from datetime import date
from typing import NamedTuple

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from lms.kernel import clock
from lms.kernel.db import db
from lms.people.models import Person
from lms.people.queries import matches

from courses.classes.models import CourseClass, Lecturer, Session


class Taught(NamedTuple):
    """Somebody with what they taught: title before the name, classes, sessions, periods (tiết)."""

    person: Person
    title: str
    classes: int
    sessions: int
    periods: int


def _held(year):
    """The SQL conditions of the sessions that were held in ``year``, in any year where it is None;
    those of a class that was called off are none.
    """
    first, last = (date(year, 1, 1), date(year, 12, 31)) if year else (date.min, date.max)
    return (Session.on.between(first, min(last, clock.today())),
            CourseClass.cancelled_at.is_(None), CourseClass.opened_at.is_not(None))


def lecturers(year, search=""):
    """The statement of the Taught of ``year`` (None: of all years), in the order of names."""
    return (
        select(Person, func.coalesce(func.max(Lecturer.title), ""),
               func.count(func.distinct(Session.class_id)), func.count(Session.id),
               func.sum(Session.periods))
        .join(Session, Session.trainer_id == Person.id).join(Session.course_class)
        .outerjoin(Lecturer, Lecturer.person_id == Person.id)
        .where(*_held(year), matches(search), Person.erased_at.is_(None))
        .group_by(Person.id).order_by(Person.sort_key, Person.birth, Person.id))


def sessions_taught(person, year):
    """The sessions ``person`` taught in ``year`` (None: in all years), the newest first."""
    return db.session.scalars(
        select(Session).join(Session.course_class).options(joinedload(Session.course_class))
        .where(Session.trainer_id == person.id, *_held(year))
        .order_by(Session.on.desc(), Session.half_order.desc())).unique().all()


def topics_of(people, year):
    """person id → the topics they taught in ``year``, by the alphabet."""
    found = {}
    for person, topic in db.session.execute(
            select(Session.trainer_id, Session.topic_vi).distinct().join(Session.course_class)
            .where(Session.trainer_id.in_(people), Session.topic_vi != "", *_held(year))
            .order_by(Session.topic_vi)):
        found.setdefault(person, []).append(topic)
    return found


def title_of(person):
    """What stands before the name of ``person`` as a lecturer, or nothing."""
    return db.session.scalar(select(Lecturer.title).filter_by(person_id=person.id)) or ""


def lecturers_in(course_class):
    """The people who teach a session of the class, in the order in which they do."""
    return list({session.trainer_id: session.trainer for session in course_class.sessions
                 if session.trainer}.values())


def lecturer_names(course_class):
    """person id → name with the title before it, as papers write it, of those who teach a session
    of the class, and "" for None; one statement.
    """
    people = lecturers_in(course_class)
    titles = dict(db.session.execute(select(Lecturer.person_id, Lecturer.title).where(
        Lecturer.person_id.in_([person.id for person in people]))).all())
    return {None: "", **{person.id: f"{titles.get(person.id, '')} {person.full_name}".strip()
                         for person in people}}
