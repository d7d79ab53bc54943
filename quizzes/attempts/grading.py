"""Giving an attempt its marks, and keeping how they came to be."""
from lms.kernel.records import change, enter
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
    give(remark, mark_so_far(attempt), rule=HANDED_IN, by_id=by and by.id)


def give(remark, before, **how):
    """Give the attempt of ``remark`` its marks and keep the GradeEvent, which it gives; ``before``
    is the mark and the verdict until now, ``how`` the other columns of the event.
    """
    attempt, marks = remark
    change(attempt, **marks._asdict())
    old, old_passed = before
    return enter(GradeEvent, attempt_id=attempt.id, old=old, old_passed=old_passed,
                 new=marks.score, passed=marks.passed, **how)
