"""Giving an attempt its marks, and keeping how they came to be."""
from lms.kernel.db import db
from lms.kernel.turns import share_turn

from quizzes.attempts.grades import HANDED_IN, GradeEvent
from quizzes.attempts.regrading_queries import mark_so_far, marked_again

#: The turn that whoever changes many marks takes alone, and whoever gives one mark shares: no
#: attempt is marked by a key that is just being corrected.
MARKS = "marks"


def settle(attempt, by=None):
    """Mark the answers of ``attempt`` as it is handed in by ``by`` (None: the clock)."""
    share_turn(MARKS)
    (remark,) = marked_again([attempt])
    old, old_passed = mark_so_far(attempt)
    give(remark, (old, old_passed), GradeEvent(rule=HANDED_IN, by_id=by and by.id))


def give(remark, before, event):
    """Give the attempt of ``remark`` its marks and keep the ``event``; ``before`` is the mark and
    the verdict until now.
    """
    attempt, marks = remark
    attempt.shares, attempt.score, attempt.passed = marks
    event.attempt, (event.old, event.old_passed) = attempt, before
    event.new, event.passed = marks.score, marks.passed
    db.session.add(event)
    db.session.flush()
    return event
