"""What stands in a report beside the figures: classes, attendances, documents received."""
from sqlalchemy import and_, func, select

from lms.kernel import clock
from lms.kernel.db import db
from lms.organisations.models import Placement
from lms.organisations.walking import below
from lms.people.models import Person

from courses.catalogue.models import Course, CourseVersion, Document
from courses.classes.models import Attendance, CourseClass, Enrolment
from courses.classes.rule import ATTENDED
from courses.completions.models import StepDone, Study
from courses.coverage.queries import whole
from courses.reports.offers import certificates_issued
from courses.reports.periods import before
from courses.reports.queries.spending import cost_numbers, quality_numbers

#: So many periods stand in the table of classes, this one last.
PERIODS = 3


def numbers_of(read, unit_id, first, known):
    """Everything a report counts beside the figures, as plain JSON.

    ``read`` is the unit and all below it on the last day of the period; ``first`` its first day.
    """
    on = read.day.on
    return {"goals": goal_numbers(read, unit_id, first, known),
            "classes": class_numbers(unit_id, first, on, known),
            "documents": document_numbers(read, on), **period_numbers(unit_id, first, on, known)}


def period_numbers(unit_id, first, on, known):
    """What the classes that ended from ``first`` to ``on`` cost, and how good they were."""
    held = [one.id for one in held_classes(units_within(unit_id, first, on, known), first, on)]
    return {"costs": cost_numbers(held), "quality": quality_numbers(held)}


def goal_numbers(read, unit_id, first, known):
    """goal → women required, trained, equipped, and how the goal stood a period before."""
    kits = kit_courses({course for goal in read.goals for course in goal.courses})
    women = women_among(set().union(*(read.required(goal) for goal in read.goals)))
    _first, day_before = before(first, read.day.on)
    earlier = whole(unit_id, day_before, known, recast=read.recast)
    figures = {figure.goal.id: figure for figure in earlier.figures
               if figure.unit.id == unit_id}
    return {str(goal.id): {
        "women": len(read.required(goal) & women),
        "trained": _held(read, goal, set(goal.courses) - kits),
        "equipped": _held(read, goal, set(goal.courses) & kits),
        "before": _before(figures.get(goal.id))} for goal in read.goals}


def _held(read, goal, courses):
    return len(read.holding(goal, courses)) if courses else None


def _before(figure):
    if figure is None or not figure.required:
        return None
    return {"met": figure.met, "required": figure.required}


def kit_courses(courses):
    """Those of the courses (ids) that are kits of documents: they earn no certificate."""
    return set(db.session.scalars(
        select(Course.id).where(Course.id.in_(courses), Course.certified.is_(False))))


def women_among(people):
    """Those of the people (ids) who are women."""
    found = db.session.scalars(select(Person.id).where(Person.gender == "f"))
    return people.intersection(found)


def class_numbers(unit_id, first, last, known):
    """The classes of the periods up to the one from ``first`` to ``last``, and of all together.

    A class belongs to the period in which it ends, and to the unit if whoever organised it stood
    in it or below it at some time of these periods.  People are counted afresh in the last row,
    never added up.
    """
    spans = [(first, last)]
    for _earlier in range(PERIODS - 1):
        spans.insert(0, before(*spans[0]))
    classes = held_classes(units_within(unit_id, spans[0][0], last, known), spans[0][0], last)
    held = [[one for one in classes if start <= one.ends_on <= end] for start, end in spans]
    rows = [_class_row(start.isoformat(), some, start, end)
            for some, (start, end) in zip(held, spans, strict=True)]
    everything = list({one.id: one for some in held for one in some}.values())
    return {"rows": rows, "total": _class_row("total", everything, spans[0][0], last)}


def units_within(unit_id, first, last, known):
    """The ids of the unit and of all that stood below it on some day from ``first`` to ``last``."""
    rows = db.session.execute(
        select(Placement.unit_id, Placement.parent_id).where(
            Placement.known_at(known), Placement.valid_from <= last,
            Placement.ends_after(first))).all()
    children = {}
    for unit, parent in rows:
        children.setdefault(parent, []).append(unit)
    return below([unit_id], children)


def held_classes(units, first, last):
    """The classes that units (ids) organised and that ended in these days; none called off."""
    return db.session.execute(
        select(CourseClass.id, CourseClass.mode, CourseClass.ends_on)
        .where(CourseClass.organiser_id.in_(units), CourseClass.ends_on.between(first, last),
               CourseClass.opened_at.is_not(None), CourseClass.cancelled_at.is_(None))).all()


def _class_row(label, classes, first, last):
    ids = [one.id for one in classes]
    attendances, people, women = _turnout(ids)
    modes = [one.mode for one in classes]
    return {"label": label, "first": first.isoformat(), "last": last.isoformat(),
            "classes": len(ids), **{mode: modes.count(mode)
                                    for mode in ("in_person", "online", "blended")},
            "attendances": attendances, "people": people, "women": women,
            "certificates": sum(certificates_issued.of(last, ids))}


def _turnout(class_ids):
    """Attendances, people and women among them: those who were there at one session at least."""
    there = select(Attendance.enrolment_id).where(Attendance.mark.in_(ATTENDED))
    row = db.session.execute(
        select(func.count(Enrolment.id), func.count(func.distinct(Enrolment.person_id)),
               func.count(func.distinct(Enrolment.person_id)).filter(Person.gender == "f"))
        .join(Person, Person.id == Enrolment.person_id)
        .where(Enrolment.class_id.in_(class_ids), Enrolment.withdrawn_at.is_(None),
               Enrolment.id.in_(there))).one()
    return tuple(row)


def document_numbers(read, on):
    """The documents of the goals' courses, each with how many people of the goals received it."""
    courses = {course for goal in read.goals for course in goal.courses}
    people = set().union(*(read.required(goal) for goal in read.goals))
    received = _received(courses, on)
    return [{"lineage": lineage, "title": title, "language": language, "kind": course,
             "acknowledge": acknowledge, "received": len(received.get(lineage, set()) & people)}
            for lineage, title, language, course, acknowledge in _documents(courses)]


def _documents(courses):
    """The documents of the newest published version of each course, in their order."""
    newest = (select(CourseVersion.course_id, func.max(CourseVersion.number).label("number"))
              .where(CourseVersion.course_id.in_(courses), CourseVersion.published_at.is_not(None))
              .group_by(CourseVersion.course_id).subquery())
    return db.session.execute(
        select(Document.lineage, Document.title_vi, Document.language, Course.title_vi,
               Document.acknowledge)
        .join(CourseVersion, CourseVersion.id == Document.version_id)
        .join(newest, and_(newest.c.course_id == CourseVersion.course_id,
                           newest.c.number == CourseVersion.number))
        .join(Course, Course.id == CourseVersion.course_id)
        .order_by(Course.key, Document.position)).all()


def _received(courses, on):
    """lineage of a step → the people who had done it by the end of the day ``on``."""
    found = {}
    for lineage, person in db.session.execute(
            select(StepDone.lineage, Study.person_id).join(Study, Study.id == StepDone.study_id)
            .where(Study.course_id.in_(courses), StepDone.done_at <= clock.end_of(on))):
        found.setdefault(lineage, set()).add(person)
    return found
