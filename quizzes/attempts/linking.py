"""Two records are one person: attempts, results from paper and extra time go over."""
from lms.people.linking import owned

from courses.completions.models import Study
from quizzes.attempts.models import Attempt, PaperMark
from quizzes.papers.models import ExtraTime


def take_over(passage):
    """The attempts of the other record follow those of the main one.

    What belongs to a course that both are in the middle of stays where it is, and so does an
    attempt that runs beside another of the same test.
    """
    numbers, running = {}, set()
    for attempt in owned(Attempt, passage.target):
        numbers[attempt.quiz_id] = max(attempt.number, numbers.get(attempt.quiz_id, 0))
        if attempt.submitted_at is None:
            running.add(attempt.quiz_id)
    apart = _under_way(passage.source) & _under_way(passage.target)
    for attempt in owned(Attempt, passage.source):
        at_once = attempt.submitted_at is None and attempt.quiz_id in running
        if not at_once and attempt.quiz.version.course_id not in apart:
            number = numbers[attempt.quiz_id] = numbers.get(attempt.quiz_id, 0) + 1
            passage.take(attempt, number=number)


def take_papers_over(passage):
    """Results entered from paper and extra time are the main record's, where it has none."""
    entered = {mark.set_id for mark in owned(PaperMark, passage.target)
               if mark.withdrawn_at is None}
    for mark in owned(PaperMark, passage.source):
        if mark.withdrawn_at is not None or mark.set_id not in entered:
            passage.take(mark)
    given = {extra.lineage for extra in owned(ExtraTime, passage.target) if extra.ended_at is None}
    for extra in owned(ExtraTime, passage.source):
        if extra.lineage not in given:
            passage.take(extra)


def _under_way(person):
    return {study.course_id for study in owned(Study, person) if study.finished_at is None}
