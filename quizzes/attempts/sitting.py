"""Who sits at a test: from the first question on until its right answers are shown to them."""
from sqlalchemy import select
from sqlalchemy.orm import contains_eager

from lms.kernel import clock
from lms.kernel.db import db

from courses.catalogue.models import CourseVersion
from quizzes.attempts.models import Attempt
from quizzes.attempts.protocol import WITHDRAWN
from quizzes.attempts.queries import shown_of
from quizzes.papers.models import Quiz
from quizzes.papers.rule import AFTER_CLOSE


def test_sat_by(person, course_id):
    """The test of the course at which ``person`` sits, in whatever version, or None."""
    return tests_sat_by(person, CourseVersion.course_id == course_id).get(course_id)


def tests_sat_by(person, *conditions):
    """The tests at which ``person`` sits, of the courses that meet the ``conditions``: a course's
    id → one of its tests.
    """
    rows = db.session.execute(
        select(Attempt, CourseVersion.course_id).join(Attempt.quiz).join(Quiz.version)
        .options(contains_eager(Attempt.quiz))
        .where(Attempt.person_id == person.id, Attempt.state != WITHDRAWN, *conditions)
        .order_by(Attempt.started_at))
    tests = {}
    for attempt, course_id in rows:
        tests.setdefault((course_id, attempt.quiz.lineage), []).append(attempt)
    return {course_id: own[-1].quiz for (course_id, _lineage), own in tests.items() if _sits(own)}


def _sits(attempts):
    """Whether whose ``attempts`` at one test these are still sits at it.

    Where the right answers are never shown, that lasts until no other attempt may begin.
    """
    if any(one.submitted_at is None for one in attempts):
        return True
    quiz = attempts[-1].quiz
    if shown_of(quiz).key:
        return False
    if quiz.show_key == AFTER_CLOSE and quiz.closes_at is not None:
        return True
    over = quiz.closes_at is not None and clock.now() >= quiz.closes_at
    return not (over or sum(one.used_up for one in attempts) >= quiz.attempts_allowed
                or any(one.passed and one.counts for one in attempts))
