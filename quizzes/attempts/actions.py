"""Everything that can be done to an attempt."""
from datetime import timedelta

from sqlalchemy import update

from lms.kernel import audit, clock
from lms.kernel.db import db
from lms.kernel.errors import Refusal
from lms.kernel.i18n import _
from lms.kernel.turns import take_turn

from courses.completions.actions import finish_step
from quizzes.attempts.grading import settle
from quizzes.attempts.models import Attempt, Cut
from quizzes.attempts.protocol import OPEN, RUNNING, SUBMITTED, TIMED_OUT, digest, past
from quizzes.attempts.queries import (
    attempts_of,
    overdue_attempts,
    pinned,
    running_attempt,
    saved_at,
)
from quizzes.papers.assembling import new_paper

#: A page reports every fifteen seconds; when three reports are missing, its line was cut.
SILENCE = timedelta(seconds=45)


def start(quiz, by):
    """Begin an attempt, or go on with the one that runs; the paper is pinned now."""
    take_turn(f"attempt {quiz.id} {by.id}")
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
    audit.record(by, "attempt started", attempt, number=attempt.number,
                 paper=digest(attempt.paper))
    return attempt


def asked(attempt, slot):
    """The kind and the version of the question in ``slot``; refused where there is none."""
    if not 0 <= slot < len(attempt.paper):
        raise Refusal(_("There is no such question in this test. Reload the page."))
    return pinned(attempt)[attempt.paper[slot]["version"]]


def see(attempt, moment):
    """Note that the page of a running ``attempt`` reported at ``moment``; a sign of life is no
    deed and leaves no trace in the audit.  A silence that ends is kept as a Cut.
    """
    if attempt.state != RUNNING:
        return
    heard = max(filter(None, (attempt.seen_at, saved_at(attempt), attempt.started_at)))
    if attempt.seen_at and moment - heard > SILENCE:
        db.session.add(Cut(attempt_id=attempt.id, began_at=heard, ended_at=moment))
    attempt.seen_at = max(heard, moment)
    db.session.flush()


def submit(attempt, by):
    """Mark the answers of ``attempt``; passing does the step of the course.

    Called again, or by two at once, it is done once.  Past the deadline the attempt counts
    as submitted at the deadline.
    """
    now = clock.now()
    db.session.refresh(attempt, with_for_update=True)
    over = past(attempt, now)
    if not take_step(attempt, OPEN, TIMED_OUT if over else SUBMITTED,
                     submitted_at=attempt.deadline if over else now, paused_at=None):
        return attempt
    settle(attempt, by)
    audit.record(by, "attempt submitted", attempt, score=str(attempt.score))
    do_step_if_passed(attempt, by)
    return attempt


def take_step(attempt, before, after, **values):
    """Lead ``attempt`` from one of the states ``before`` to ``after``, with the ``values``.

    One conditional UPDATE: of two that race, one wins; true for the one that did.
    """
    taken = db.session.execute(
        update(Attempt).where(Attempt.id == attempt.id, Attempt.state.in_(before))
        .values(state=after, **values).execution_options(synchronize_session=False))
    db.session.refresh(attempt)
    return taken.rowcount == 1


def do_step_if_passed(attempt, by):
    """Do the step of the course that the quiz is, where the attempt passed."""
    if attempt.passed:
        finish_step(attempt.person, attempt.quiz, by, at=attempt.submitted_at,
                    mark=attempt.score)


def submit_overdue():
    """Submit, with what was saved, every attempt whose time is over."""
    for attempt in overdue_attempts():
        submit(attempt, None)
