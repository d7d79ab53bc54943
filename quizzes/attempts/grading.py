"""Giving an attempt its marks, and keeping how they came to be."""
from sqlalchemy import delete

from lms.kernel.db import db
from lms.kernel.locks import shared_advisory_lock
from lms.kernel.records import change, enter

from quizzes.attempts.grades import HANDED_IN, GradeEvent, ToMark
from quizzes.attempts.regrading_queries import mark_so_far, marked_again

#: The turn that whoever changes many marks takes alone, and whoever gives one mark shares: no
#: attempt is marked by a key that is just being corrected.
MARKS = "marks"


def settle(attempt, by=None):
    """Mark the answers of ``attempt`` as it is handed in by ``by`` (None: the clock)."""
    shared_advisory_lock(MARKS)
    (remark,) = marked_again([attempt])
    give(remark, mark_so_far(attempt), rule=HANDED_IN, by_id=by and by.id)


def give(remark, before, **how):
    """Give the attempt of ``remark`` its marks and keep the GradeEvent, which it gives; ``before``
    is the mark and the verdict until now, ``how`` the other columns of the event.
    """
    attempt, marks, _by_hand = remark
    change(attempt, **marks._asdict())
    keep_to_mark(remark)
    old, old_passed = before
    return enter(GradeEvent, attempt_id=attempt.id, old=old, old_passed=old_passed,
                 new=marks.score, passed=marks.passed, **how)


def keep_to_mark(remark):
    """Keep which answers of the attempt of ``remark`` people are still to mark; nothing is asked
    where people mark none.
    """
    if not remark.by_hand:
        return
    attempt = remark.attempt
    db.session.execute(delete(ToMark).where(ToMark.attempt_id == attempt.id))
    for slot, one in remark.by_hand.items():
        if one.needed:
            enter(ToMark, attempt_id=attempt.id, slot=slot,
                  version_id=attempt.paper[slot]["version"], needed=one.needed)
