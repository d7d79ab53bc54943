"""Marking an answer by hand."""
from lms.kernel import audit
from lms.kernel.db import db
from lms.kernel.errors import Refusal
from lms.kernel.i18n import _, in_both, named, number
from lms.kernel.locks import advisory_lock, shared_advisory_lock
from lms.notices.actions import tell

from quizzes.attempts.following import follow
from quizzes.attempts.grades import BY_HAND, HandMark
from quizzes.attempts.grading import MARKS, give, keep_to_mark
from quizzes.attempts.queries import pinned, shown_of
from quizzes.attempts.regrading_queries import marked_again, waits_by_hand
from quizzes.essays.queries import waiting_with


def mark(code, points, comment, by):
    """Give ``points`` (a Decimal for each line of the rubric) for the answer with the ``code``.

    When nobody else needs to mark it, the mark of the attempt follows, and the step of the
    course where it passes; the person is told once all their answers are marked.  Refused where
    the answer does not wait for ``by``.
    """
    advisory_lock(f"essay {code}")
    waiting = waiting_with(code, by)
    if waiting is None:
        raise Refusal(_("This answer does not wait for you any more. Take the next one."))
    shared_advisory_lock(MARKS)
    # Two who mark two answers of one attempt at once: the second adds to what the first gave.
    db.session.refresh(waiting.attempt, ["score"], with_for_update=True)
    given = HandMark(attempt_id=waiting.attempt.id, slot=waiting.slot, comment=comment,
                     points=[str(one) for one in points], by_id=by.id)
    db.session.add(given)
    db.session.flush()
    audit.record(by, "answer marked", given, attempt=waiting.attempt.id, slot=waiting.slot)
    _follow(waiting.attempt, by)
    return given


def _words(attempt, shown):
    if not shown:
        return _("Your test “%(test)s” is marked; its page says when you see the mark.",
                 test=named(attempt.quiz))
    return _("Your test “%(test)s” is marked: %(new)s points.", test=named(attempt.quiz),
             new=number(attempt.score))


def _follow(attempt, by):
    (remark,) = marked_again([attempt])
    before = attempt.score, attempt.passed
    if remark.changes:
        event = give(remark, before, rule=BY_HAND, by_id=by.id)
        if event.passed or event.old_passed:
            follow(attempt.person, attempt.quiz, attempt.submitted_at, _("An answer was marked."),
                   by)
    else:
        keep_to_mark(remark)
    if not waits_by_hand(attempt, pinned(attempt)):
        text_vi, text_en = in_both(lambda: _words(attempt, shown_of(attempt.quiz).mark))
        tell(attempt.person, text_vi, text_en, f"/quizzes/attempts/{attempt.id}",
             f"marked-{attempt.id}", by)
