"""What a report tells of money and of quality: of the classes that ended in its period."""
from collections import Counter
from decimal import ROUND_HALF_UP, Decimal

from sqlalchemy import case, func, select

from lms.kernel.db import db

from courses.catalogue.models import Course
from courses.classes.models import CourseClass, Enrolment
from courses.classes.queries.costs import costs_by
from courses.classes.words import SOURCES
from courses.reports.offers import qualities

#: Decimals of a mean mark, and of a mean level.
MARKS, LEVELS = Decimal("0.1"), Decimal("0.01")


def cost_numbers(class_ids):
    """Planned and spent in đồng, a row for each source and each unit that pays."""
    order = list(SOURCES)
    found = sorted(costs_by(class_ids).items(), key=lambda one: (
        order.index(one[0][0]), one[0][1].precedence, one[0][1].id))
    return [{"source": source, "unit": payer.id, "title": payer.name_vi,
             "planned": amounts.planned, "actual": amounts.actual}
            for (source, payer), amounts in found]


def quality_numbers(class_ids):
    """For each course of which a class was closed: classes, people, how many passed, and what the
    rooms above know of marks and of satisfaction, as rounded means.
    """
    rows = db.session.execute(
        select(Course.id, Course.title_vi, func.count(func.distinct(CourseClass.id)),
               func.count(Enrolment.id), func.count(case((Enrolment.passed, 1))))
        .join(CourseClass, CourseClass.course_id == Course.id)
        .outerjoin(Enrolment, (Enrolment.class_id == CourseClass.id)
                   & Enrolment.withdrawn_at.is_(None))
        .where(CourseClass.id.in_(class_ids), CourseClass.closed_at.is_not(None))
        .group_by(Course.id, Course.title_vi, Course.key).order_by(Course.key)).all()
    known = qualities.of(class_ids)
    return [{"course": course, "title": title, "classes": classes, "people": people,
             "passed": passed, **_means(course, known)}
            for course, title, classes, people, passed in rows]


def _means(course, known):
    sums, counts = Counter(), Counter()
    for found in known:
        for name, (total, count) in found.get(course, {}).items():
            sums[name] += total
            counts[name] += count
    return {name: str((Decimal(sums[name]) / counts[name]).quantize(places, ROUND_HALF_UP))
            if counts[name] else None
            for name, places in (("before", MARKS), ("after", MARKS), ("satisfaction", LEVELS))}
