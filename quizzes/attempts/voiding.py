"""An attempt is voided (somebody cheated, another person sat it, the alarm rang) and restored."""
from lms.kernel import audit
from lms.kernel.errors import Refusal
from lms.kernel.i18n import _, named
from lms.kernel.locks import advisory_lock, lock_row, shared_advisory_lock
from lms.kernel.records import enter

from quizzes.attempts import grades
from quizzes.attempts.actions import end, take_step
from quizzes.attempts.following import follow
from quizzes.attempts.grading import MARKS, give
from quizzes.attempts.intervening import insist_on_another, tell_owners, write_down
from quizzes.attempts.models import RESTORED, VOID
from quizzes.attempts.protocol import ENDED, VOIDED
from quizzes.attempts.regrading_queries import marked_again
from quizzes.attempts.watching import last_voiding


def void(attempt, free, reason, by):
    """Let ``attempt`` count nowhere any more; one that is open is handed in first, with what was
    saved.  ``free``: whether it uses up none of the attempts that are allowed.

    Its paper, answers and mark are kept and read as before.  Step, completion and certificate
    follow as where a key is corrected, the statistics leave it out, and its owner is told why.
    Refused for one's own, and where it counts nowhere already.  Row 44 of the matrix.
    """
    _take(attempt, by)
    if not attempt.counts:
        raise Refusal(_("This attempt counts nowhere already. Open it again to see why."))
    end(attempt, by)
    former = attempt.state
    take_step(attempt, ENDED, VOIDED, free=free)
    enter(grades.GradeEvent, attempt_id=attempt.id, rule=grades.VOIDED, by_id=by.id,
          old=attempt.score, new=attempt.score, old_passed=attempt.passed, passed=attempt.passed)
    written = write_down([attempt], VOID, reason, by, {}, {
        attempt.id: {"state": former, "free": free}})
    audit.record(by, "attempt voided", attempt, score=str(attempt.score), free=free)
    _follow(attempt, reason, by)
    tell_owners(written, by, lambda one: " ".join((
        _("Your attempt %(n)s at “%(test)s” was voided: it counts nowhere any more.",
          n=one.number, test=named(one.quiz)),
        _("You may begin another instead.") if free else _("It uses up one of your attempts."),
        _("The reason: %(why)s", why=reason))))
    return attempt


def restore(attempt, reason, by):
    """Take back that ``attempt`` was voided: it counts as before, marked by the keys as they are
    now, and what rests on it follows.  Refused as voiding is, and where it was not voided.
    """
    _take(attempt, by)
    if not attempt.voided:
        raise Refusal(_("This attempt is not voided any more. Open it again to see how it stands."))
    take_step(attempt, (VOIDED,), last_voiding(attempt).details["state"], free=False)
    (remark,) = marked_again([attempt])
    give(remark, (attempt.score, attempt.passed), rule=grades.RESTORED, by_id=by.id)
    written = write_down([attempt], RESTORED, reason, by)
    audit.record(by, "attempt restored", attempt, score=str(attempt.score))
    _follow(attempt, reason, by)
    tell_owners(written, by, lambda one: " ".join((
        _("Your attempt %(n)s at “%(test)s” counts again.", n=one.number, test=named(one.quiz)),
        _("The reason: %(why)s", why=reason))))
    return attempt


def _take(attempt, by):
    """Nobody begins, marks or decides about ``attempt`` meanwhile, and it is seen as it stands."""
    insist_on_another(attempt, by)
    advisory_lock(f"attempt {attempt.quiz_id} {attempt.person_id}")
    shared_advisory_lock(MARKS)
    lock_row(attempt)


def _follow(attempt, reason, by):
    if attempt.passed or attempt.quiz.pretest_of:
        follow(attempt.person, attempt.quiz, attempt.submitted_at, reason, by)
