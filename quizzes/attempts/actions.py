"""Everything that can be done to an attempt."""
from datetime import timedelta

from sqlalchemy import func, select

from lms.kernel import audit, clock
from lms.kernel.db import db
from lms.kernel.errors import Refusal
from lms.kernel.i18n import _

from courses.completions.actions import finish_step
from quizzes.attempts.marking import marked
from quizzes.attempts.models import GRACE, AnswerEvent, Attempt
from quizzes.attempts.queries import (
    answers_of,
    attempts_of,
    overdue_attempts,
    pinned,
    running_attempt,
)
from quizzes.papers.assembling import new_paper
from quizzes.questions.kinds import KINDS

#: The device's name for a page without scripts; it counts by the revisions of the slot.
NO_SCRIPT = "page"


def start(quiz, by):
    """Begin an attempt, or go on with the one that runs; the paper is pinned now."""
    running = running_attempt(quiz, by)
    if running and not running.closed(clock.now()):
        return running
    if running:
        submit(running, by)
    used = len(attempts_of(quiz, by))
    if used >= quiz.attempts_allowed:
        raise Refusal(_("You have used all %(count)s attempts. Ask your trainer for another one.",
                        count=quiz.attempts_allowed))
    now = clock.now()
    attempt = Attempt(
        quiz=quiz, person=by, number=used + 1, started_at=now, paper=new_paper(quiz),
        deadline=now + timedelta(minutes=quiz.time_limit) if quiz.time_limit else None)
    db.session.add(attempt)
    db.session.flush()
    audit.record(by, "attempt started", attempt, number=attempt.number)
    return attempt


def save_answer(attempt, slot, answer, sent, by):
    """Keep ``answer`` for ``slot``; ``sent`` is the device's (client, seq), which makes a
    repeated sending harmless, or None from a page without scripts.  An answer after the
    deadline and its grace is kept as late.
    """
    # The row is locked: two answers at once get numbers one after the other, and none slips
    # in behind a submission.
    db.session.refresh(attempt, with_for_update=True)
    if attempt.submitted_at is not None:
        raise Refusal(_("This test is already submitted; answers can no longer change."))
    kind, version = asked(attempt, slot)
    if not KINDS[kind].fits(version, answer):
        raise Refusal(_("This answer does not belong to the question. Reload the page."))
    newest = db.session.scalar(select(func.max(AnswerEvent.rev)).filter_by(
        attempt_id=attempt.id, slot=slot)) or 0
    client, seq = sent or (f"{NO_SCRIPT}-{slot}", newest + 1)
    known = db.session.scalar(select(AnswerEvent).filter_by(
        attempt_id=attempt.id, client=client, seq=seq))
    if known:
        return known
    event = AnswerEvent(attempt_id=attempt.id, slot=slot, rev=newest + 1, client=client, seq=seq,
                        answer=answer, received_at=clock.now(), late=attempt.closed(clock.now()))
    db.session.add(event)
    db.session.flush()
    return event


def asked(attempt, slot):
    """The kind and the version of the question in ``slot``; refused where there is none."""
    if not 0 <= slot < len(attempt.paper):
        raise Refusal(_("There is no such question in this test. Reload the page."))
    return pinned(attempt)[attempt.paper[slot]["version"]]


def submit(attempt, by):
    """Mark the answers of ``attempt``; passing does the step of the course.

    Called again, it changes nothing.  Past the deadline the attempt counts as
    submitted at the deadline.
    """
    db.session.refresh(attempt, with_for_update=True)
    if attempt.submitted_at is not None:
        return attempt
    now = clock.now()
    late = attempt.deadline is not None and now > attempt.deadline + GRACE
    attempt.submitted_at = attempt.deadline if late else now
    attempt.shares, attempt.score = marked(attempt.paper, pinned(attempt), answers_of(attempt))
    attempt.passed = attempt.score >= attempt.quiz.pass_mark
    db.session.flush()
    audit.record(by, "attempt submitted", attempt, score=str(attempt.score))
    if attempt.passed:
        finish_step(attempt.person, attempt.quiz, by, at=attempt.submitted_at,
                    mark=attempt.score)
    return attempt


def submit_overdue():
    """Submit, with what was saved, every attempt whose time is over."""
    for attempt in overdue_attempts():
        submit(attempt, None)
