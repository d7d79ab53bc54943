"""Everything that can be done to an attempt."""
from datetime import timedelta

from sqlalchemy import func, select, update

from lms.kernel import audit, clock
from lms.kernel.db import db
from lms.kernel.errors import Refusal
from lms.kernel.i18n import _
from lms.kernel.turns import take_turn

from courses.completions.actions import finish_step
from quizzes.attempts.marking import marked
from quizzes.attempts.models import REOPENED, RESUMED, Attempt, Cut, Intervention
from quizzes.attempts.protocol import (
    OPEN,
    RUNNING,
    SILENCE,
    SUBMITTED,
    TIMED_OUT,
    digest,
    past,
)
from quizzes.attempts.queries import (
    answers_of,
    attempts_of,
    overdue_attempts,
    pinned,
    running_attempt,
    saved_at,
)
from quizzes.papers.assembling import new_paper

#: Whoever was heard so lately need not be noted again: a commit for each sign of life of
#: somebody who is answering would be half of all commits of an examination.
JUST_HEARD = timedelta(seconds=10)


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
    """Note that the page of an open ``attempt`` reported at ``moment``; a sign of life is no
    deed and leaves no trace in the audit.  A silence that ends while the time runs is kept as a
    Cut.
    """
    if attempt.state not in OPEN:
        return
    heard = max(filter(None, (attempt.seen_at, saved_at(attempt), attempt.started_at)))
    if attempt.seen_at and moment - heard < JUST_HEARD:
        return
    if attempt.state == RUNNING and attempt.seen_at and moment - heard > SILENCE:
        _keep_cut(attempt, heard, moment)
    attempt.seen_at = max(heard, moment)
    db.session.flush()


def _keep_cut(attempt, heard, moment):
    """Keep the silence since ``heard``; what the attempt stood still of it, nobody lost."""
    went_on = db.session.scalar(
        select(func.max(Intervention.at)).where(
            Intervention.attempt_id == attempt.id, Intervention.kind.in_((RESUMED, REOPENED))))
    began = max(heard, went_on or heard)
    if moment - began > SILENCE:
        db.session.add(Cut(attempt_id=attempt.id, began_at=began, ended_at=moment))


def submit(attempt, by):
    """Mark the answers of ``attempt``; passing does the step of the course.

    Called again, or by two at once, it is done once.  Past the deadline the attempt counts
    as submitted at the deadline; a pause ends with it and moves the deadline as any other does.
    """
    now = clock.now()
    db.session.refresh(attempt, with_for_update=True)
    over, deadline = past(attempt, now), attempt.deadline
    if deadline and attempt.paused_at:
        deadline += now - attempt.paused_at
    if not take_step(attempt, OPEN, TIMED_OUT if over else SUBMITTED, deadline=deadline,
                     submitted_at=deadline if over else now, paused_at=None):
        return attempt
    settle(attempt)
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


def settle(attempt):
    """Mark the answers of ``attempt`` that count."""
    attempt.shares, attempt.score = marked(attempt.paper, pinned(attempt), answers_of(attempt))
    attempt.passed = attempt.score >= attempt.quiz.pass_mark
    db.session.flush()


def do_step_if_passed(attempt, by):
    """Do the step of the course that the quiz is, where the attempt passed."""
    if attempt.passed:
        finish_step(attempt.person, attempt.quiz, by, at=attempt.submitted_at,
                    mark=attempt.score)


def submit_overdue():
    """Submit, with what was saved, every attempt whose time is over."""
    for attempt in overdue_attempts():
        submit(attempt, None)
