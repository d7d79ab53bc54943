"""What tests before and after tell of classes, for the report of a period."""
from sqlalchemy import select

from lms.kernel.db import db

from courses.classes.models import CourseClass
from quizzes.insight.queries import classes_of, newest_tests, pairs_between


def marks_of_classes(class_ids):
    """Course id → the sum of the marks and how many there are, before and after, of those who took
    both tests and whose class is one of these.
    """
    wanted, found = set(class_ids), {}
    for held in db.session.scalars(
            select(CourseClass).where(CourseClass.id.in_(class_ids))).unique():
        if held.course_id not in found:
            found[held.course_id] = _marks(held.course, wanted)
    return {course: marks for course, marks in found.items() if marks}


def _marks(course, wanted):
    tests = {quiz.lineage: quiz for quiz in newest_tests(course)}
    pairs = [(first, second) for before in tests.values() if before.pretest_of in tests
             for _pair, first, second in pairs_between(before, tests[before.pretest_of])]
    classes = classes_of(course, [first.person_id for first, _second in pairs])
    pairs = [(first, second) for first, second in pairs
             if first.person_id in classes and classes[first.person_id].id in wanted]
    return {"before": (sum(first.score for first, _second in pairs), len(pairs)),
            "after": (sum(second.score for _first, second in pairs), len(pairs))} if pairs else {}
