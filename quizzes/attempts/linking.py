"""Two records are one person: attempts, results from paper and extra time go over."""
from lms.people.linking import owned

from quizzes.attempts.models import Attempt, PaperMark
from quizzes.papers.models import ExtraTime


def take_over(passage):
    """The attempts of the other record follow those of the main one; one that runs beside another
    of the same test stays where it is.
    """
    numbers, running = {}, set()
    for attempt in owned(Attempt, passage.target):
        numbers[attempt.quiz_id] = max(attempt.number, numbers.get(attempt.quiz_id, 0))
        if attempt.submitted_at is None:
            running.add(attempt.quiz_id)
    for attempt in owned(Attempt, passage.source):
        if attempt.submitted_at is not None or attempt.quiz_id not in running:
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
