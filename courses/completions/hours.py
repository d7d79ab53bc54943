"""Teaching periods (*tiết*) that people learned in a year, and whether they are enough.

An official is to learn a week each year, five days of eight periods (Decree 101/2017/NĐ-CP, as
amended); how many a deployment asks for is the setting ``YEARLY_PERIODS``.  Counted are completions
that were not taken back, in the year of their day: a class with the periods of the sessions that
somebody was at, learning elsewhere with those on the paper, the rest with those of the course.  Who
completes a course twice in a year learned it once: the longer one counts.
"""
from datetime import date
from typing import NamedTuple

from flask import current_app
from sqlalchemy import and_, case, func, or_, select
from sqlalchemy.orm import joinedload

from lms.kernel import clock
from lms.kernel.db import db
from lms.organisations.queries import tree
from lms.people.models import Person, Posting
from lms.people.queries import matches, posted_in

from courses.catalogue.models import Course
from courses.classes.models import Attendance, Enrolment, Session
from courses.classes.rule import ATTENDED
from courses.completions.models import Completion, OutsideLearning


class Line(NamedTuple):
    """A completion with its periods; ``counts``: no longer one of the course in its year does."""

    completion: Completion
    periods: int
    counts: bool


class Learned(NamedTuple):
    """Somebody with the periods learned in a year."""

    person: Person
    periods: int

    @property
    def missing(self):
        """How many periods are still to be learned."""
        return max(0, wanted() - self.periods)


def wanted():
    """How many periods somebody is to learn in a year."""
    return current_app.config["YEARLY_PERIODS"]


def last_day_of(year):
    """The day for which the periods of ``year`` are told: its last one, or today."""
    return min(date(year, 12, 31), clock.today())


def _with_periods(*columns):
    """A statement of ``columns`` and the periods of each completion that was not taken back."""
    attended = (
        select(Enrolment.person_id, Session.class_id, func.sum(Session.periods).label("periods"))
        .join(Attendance, Attendance.enrolment_id == Enrolment.id)
        .join(Session, Session.id == Attendance.session_id)
        .where(Attendance.mark.in_(ATTENDED)).group_by(Enrolment.person_id, Session.class_id)
        .subquery())
    # A corrected completion keeps the paper of the one it corrects.
    paper = OutsideLearning.completion_id.in_((Completion.id, Completion.corrects_id))
    periods = func.coalesce(attended.c.periods, OutsideLearning.periods, Course.periods)
    return (
        select(*columns, periods.label("periods")).join(Completion.course)
        .outerjoin(attended, and_(attended.c.person_id == Completion.person_id,
                                  attended.c.class_id == Completion.class_id))
        .outerjoin(OutsideLearning, paper)
        .where(Completion.known_at(),
               or_(Completion.revoked_on.is_(None), Completion.revoked_on > clock.today())))


def lines_of(person):
    """The completions of ``person`` with their periods, the newest first; two statements."""
    rows = db.session.execute(
        _with_periods(Completion).where(Completion.person_id == person.id)
        .options(joinedload(Completion.course))
        .order_by(Completion.learned_on.desc(), Completion.id.desc())).all()
    longest = {}
    for completion, periods in rows:
        taught = completion.course_id, completion.learned_on.year
        if taught not in longest or periods > longest[taught][1]:
            longest[taught] = completion.id, periods
    counted = {key for key, _periods in longest.values()}
    return [Line(completion, periods, completion.id in counted) for completion, periods in rows]


def years_of(lines):
    """Year → its lines that count, the newest first."""
    years = {}
    for line in lines:
        if line.counts:
            years.setdefault(line.completion.learned_on.year, []).append(line)
    return years


def learned_in(unit, year, search=""):
    """The statement of (Person, periods learned in ``year``) of those who hold a post in the unit
    or below it on the last day of the year: those with too few first, then by name.
    """
    of_the_year = _with_periods(Completion.person_id, Completion.course_id).where(
        Completion.learned_on.between(date(year, 1, 1), date(year, 12, 31))).subquery()
    longest = (select(of_the_year.c.person_id, func.max(of_the_year.c.periods).label("periods"))
               .group_by(of_the_year.c.person_id, of_the_year.c.course_id).subquery())
    sums = (select(longest.c.person_id, func.sum(longest.c.periods).label("periods"))
            .group_by(longest.c.person_id).subquery())
    learned = func.coalesce(sums.c.periods, 0)
    on = day_in(unit, year)
    return (
        select(Person, learned.label("learned"))
        .outerjoin(sums, sums.c.person_id == Person.id)
        .where(Person.id.in_(posted_in(tree(on).below(unit.id), on)), matches(search))
        .order_by(case((learned < wanted(), 0), else_=1), Person.sort_key, Person.birth, Person.id))


def all_learned_in(unit, year, search=""):
    """All whom ``learned_in`` names, each as Learned."""
    return [Learned(*row) for row in db.session.execute(learned_in(unit, year, search))]


def day_in(unit, year):
    """The day on which it is asked who belongs to ``unit``: that of the year, or its own last."""
    ended = unit.valid_to
    on = last_day_of(year)
    return min(on, date.fromordinal(ended.toordinal() - 1)) if ended else on


def enough_in(statement):
    """How many people ``statement`` names, and how many of them learned enough."""
    people = statement.order_by(None).subquery()
    everybody, enough = db.session.execute(select(
        func.count(), func.count(case((people.c.learned >= wanted(), 1))))
        .select_from(people)).one()
    return everybody, enough


def posts_on(people, on):
    """person → their posts on the day ``on``, the main one first."""
    posts = {}
    for posting in db.session.scalars(
            select(Posting).options(joinedload(Posting.unit))
            .where(Posting.person_id.in_(people), Posting.valid_on(on), Posting.known_at())
            .order_by(Posting.main.desc(), Posting.id)):
        posts.setdefault(posting.person_id, []).append(posting)
    return posts
