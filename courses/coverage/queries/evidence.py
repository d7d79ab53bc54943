"""What stands behind a status: completions, exemptions, and what somebody has begun."""
from collections import defaultdict
from datetime import date
from typing import NamedTuple

from sqlalchemy import literal, or_, select

from lms.kernel import clock
from lms.kernel.db import ask, db, prepared
from lms.kernel.keys import one_of

from courses.catalogue.models import Course
from courses.classes.models import CourseClass, Enrolment
from courses.completions.models import Completion, Study
from courses.completions.validity import counts
from courses.coverage.models import Exemption, GoalCourse
from courses.coverage.queries.rows import among

#: The completions of so many people are asked with a statement that is kept.
FEW = 500


class CourseRow(NamedTuple):
    """A course of a goal."""

    id: int
    key: str
    title_vi: str
    title_en: str


class CompletionRow(NamedTuple):
    """A completion of a course."""

    id: int
    person_id: int
    course_id: int
    learned_on: date
    valid_until: date | None
    source: str
    evidence: str
    revoked_on: date | None
    class_id: int | None


class CourseState(NamedTuple):
    """How somebody stands with one course: a completion that counts, or the last that did."""

    course: CourseRow
    completion: CompletionRow | None
    #: The latest completion that has run out or was revoked, where none counts.
    lapsed: CompletionRow | None


class ExemptionRow(NamedTuple):
    """Why somebody is excused from a goal."""

    id: int
    person_id: int
    goal_id: int
    kind: str
    reason: str
    valid_from: date
    valid_to: date | None


class UnderWay(NamedTuple):
    """A course somebody has begun, or a class of it they are enrolled in (``code``)."""

    course_id: int
    begun_on: date
    class_id: int | None = None
    code: str | None = None


def courses_of(goal):
    """The courses ``goal`` asks for, by key."""
    rows = db.session.execute(
        select(*(getattr(Course, name) for name in CourseRow._fields))
        .join(GoalCourse, GoalCourse.course_id == Course.id)
        .where(GoalCourse.goal_id == goal.id))
    return sorted((CourseRow(*row) for row in rows), key=lambda course: course.key)


def completions(people, courses, on, known):
    """person → course → the completions learned up to ``on``, counting or not."""
    known = known or clock.now()
    found = defaultdict(lambda: defaultdict(list))
    for row in ask(*(_learned_by_few(people, courses, on, known) if len(people) <= FEW
                     else [_learned(on, known).where(
                         Completion.course_id.in_(courses),
                         among(Completion.person_id, people))])).all():
        if row.person_id in people:
            found[row.person_id][row.course_id].append(CompletionRow._make(row))
    return found


def _learned(on, known):
    return (select(*(getattr(Completion, name) for name in CompletionRow._fields))
            .where(Completion.learned_on <= on, Completion.known_at(known)))


@prepared
def _learned_by_few(people, courses, on, known):
    return _learned(on, known).where(
        one_of(Completion.course_id, courses), one_of(Completion.person_id, people))


def course_states(goal, people, on, known):
    """person → the state of each course of ``goal``, by the key of the course."""
    courses = courses_of(goal)
    found = completions(people, [course.id for course in courses], on, known)
    return {person: tuple(state(course, found[person][course.id], on) for course in courses)
            for person in people}


def state(course, rows, on):
    """The state of ``course`` for somebody with these completions of it."""
    best = max(rows, key=lambda row: _worth(row, on), default=None)
    holds = best is not None and counts(best, on)
    return CourseState(course, best if holds else None, None if holds else best)


def _worth(row, on):
    # The one that counts longest; where none counts, the one learned last.
    holds = counts(row, on)
    return (holds, (row.valid_until or date.max) if holds else date.min, row.learned_on, row.id)


def exemptions(goal, people, on, known):
    """person → the exemption from ``goal`` on the day ``on``."""
    rows = db.session.execute(
        select(*(getattr(Exemption, name) for name in ExemptionRow._fields))
        .where(Exemption.goal_id == goal.id, Exemption.valid_on(on), Exemption.known_at(known),
               among(Exemption.person_id, people))
        .order_by(Exemption.id))
    return {row.person_id: ExemptionRow(*row) for row in rows}


def begun(goal, people, on):
    """person → the courses of ``goal`` begun, and the classes of them joined, by the end of ``on``.

    Finished studies, and classes closed, cancelled or left by then, are over.
    """
    end = clock.end_of(on)
    courses = select(GoalCourse.course_id).where(GoalCourse.goal_id == goal.id)
    studies = select(Study.person_id, Study.course_id, Study.begun_at, literal(None),
                     literal(None)).where(
        among(Study.person_id, people), Study.course_id.in_(courses),
        Study.begun_at <= end, _open(Study.finished_at, end))
    classes = select(Enrolment.person_id, CourseClass.course_id, CourseClass.starts_on,
                     CourseClass.id, CourseClass.code).join(
        CourseClass, CourseClass.id == Enrolment.class_id).where(
        among(Enrolment.person_id, people), CourseClass.course_id.in_(courses),
        Enrolment.nominated_at <= end, _open(Enrolment.withdrawn_at, end),
        _open(CourseClass.closed_at, end), _open(CourseClass.cancelled_at, end))
    under_way = defaultdict(list)
    for statement in (studies, classes):
        for person, course, begun_on, class_id, code in db.session.execute(statement):
            if person in people:
                under_way[person].append(UnderWay(
                    course, begun_on if class_id else clock.local(begun_on).date(),
                    class_id, code))
    return under_way


def _open(moment, end):
    return or_(moment.is_(None), moment > end)
