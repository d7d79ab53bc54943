"""Everything that can be done to an attempt."""
from datetime import timedelta
from functools import cache

from sqlalchemy import bindparam, func, insert, select, update
from sqlalchemy.orm.attributes import set_committed_value

from lms.kernel import audit, clock
from lms.kernel.db import db, kept, write
from lms.kernel.errors import Refusal
from lms.kernel.group_commit import at_once
from lms.kernel.guessing import minutes_to_wait, remember, tries_left
from lms.kernel.i18n import _
from lms.kernel.locks import advisory_lock
from lms.kernel.records import enter, lock

from courses.completions.actions import finish_step
from quizzes.attempts.grading import settle
from quizzes.attempts.models import REOPENED, RESUMED, Attempt, Cut, Intervention
from quizzes.attempts.opening import why_not_now
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
    attempts_of,
    overdue,
    pinned,
    running_attempt,
    seen_by,
)
from quizzes.papers.assembling import new_paper
from quizzes.papers.code import opens
from quizzes.papers.queries import extra_time_of
from quizzes.papers.rule import deadline

#: Whoever was heard so lately need not be noted again: a commit for each sign of life of
#: somebody who is answering would be half of all commits of an examination.
JUST_HEARD = timedelta(seconds=10)

ATTEMPT = Attempt.__table__
#: Notes a sign of life where nobody else noted one since ours was looked up.
SEEN = (update(ATTEMPT)
        .where(ATTEMPT.c.id == bindparam("attempt"), ATTEMPT.c.state.in_(OPEN),
               ATTEMPT.c.seen_at.is_not_distinct_from(bindparam("before")))
        .values(seen_at=bindparam("seen")))


def start(quiz, by, code=""):
    """Begin an attempt, or go on with the one that runs; the paper is pinned now.

    ``code`` is what the person typed where the quiz asks for the code shown in the room.
    """
    advisory_lock(f"attempt {quiz.id} {by.id}")
    before = attempts_of(quiz, by)
    running = next((one for one in before if one.quiz_id == quiz.id and not one.submitted_at), None)
    if running and not running.closed(clock.now()):
        return running
    if running:
        submit(running, by)
    refuse_beginning(quiz, [one for one in before if one.used_up], code)
    now = clock.now()
    attempt = enter(
        Attempt, quiz_id=quiz.id, person_id=by.id, number=len(before) + 1, started_at=now,
        paper=new_paper(quiz, seen_by(quiz, by)),
        deadline=deadline(quiz, now, extra_time_of(quiz.lineage, by)))
    audit.record(by, "attempt started", attempt, number=attempt.number,
                 paper=digest(attempt.paper))
    return attempt


def refuse_beginning(quiz, before, code):
    """Refuse where the rules of ``quiz`` let nobody with the attempts ``before`` begin now."""
    now = clock.now()
    why = why_not_now(quiz, before, now)
    if why:
        raise Refusal(why)
    if quiz.code_secret and not opens(quiz.code_secret, code, now):
        raise Refusal(_("This is not the code of the room. Look at the board and type the six "
                        "digits again."))


def guessed_wrong(quiz, code, by):
    """What is said to ``by`` where their ``code`` does not open ``quiz``; nothing where it does, or
    none is asked for.

    A wrong one is counted, and after ten in a quarter of an hour the person waits.  The page must
    be returned, not raised.
    """
    if not quiz.code_secret or running_attempt(quiz, by):
        return ""
    door = f"quiz-code {quiz.lineage} {by.id}"
    if not tries_left(door, "", None):
        return _("Too many wrong codes. Try again in %(minutes)s minutes, or ask your trainer.",
                 minutes=minutes_to_wait(door, "", None))
    if opens(quiz.code_secret, code, clock.now()):
        return ""
    remember(door, "", None)
    return _("This is not the code of the room. Look at the board and type the six digits again.")


def asked(attempt, slot):
    """The kind and the version of the question in ``slot``; refused where there is none."""
    if not 0 <= slot < len(attempt.paper):
        raise Refusal(_("There is no such question in this test. Reload the page."))
    return pinned(attempt)[attempt.paper[slot]["version"]]


def see(sitting, saved_at, moment, write=at_once):
    """Note that the page of an open attempt reported at ``moment``; ``saved_at`` is when its last
    answer arrived, ``write`` as of ``saving.keep``.  A sign of life is no deed and leaves no
    trace in the audit.  A silence that ends while the time runs is kept as a Cut.
    """
    if sitting.state not in OPEN:
        return
    heard = max(filter(None, (sitting.seen_at, saved_at, sitting.started_at)))
    if sitting.seen_at is None or moment - heard >= JUST_HEARD:
        write(lambda connection: _note(connection, sitting, heard, moment))


def _note(connection, sitting, heard, moment):
    """Note the sign of life, unless another page of the attempt reported meanwhile."""
    noted = connection.execute(SEEN, {
        "attempt": sitting.id, "before": sitting.seen_at, "seen": max(heard, moment)}).rowcount
    if noted and sitting.state == RUNNING and sitting.seen_at and moment - heard > SILENCE:
        _keep_cut(connection, sitting.id, heard, moment)


def _keep_cut(connection, attempt_id, heard, moment):
    """Keep the silence since ``heard``; what the attempt stood still of it, nobody lost."""
    went_on = connection.execute(
        select(func.max(Intervention.at)).where(
            Intervention.attempt_id == attempt_id,
            Intervention.kind.in_((RESUMED, REOPENED)))).scalar()
    began = max(heard, went_on or heard)
    if moment - began > SILENCE:
        connection.execute(insert(Cut), {
            "attempt_id": attempt_id, "began_at": began, "ended_at": moment})


def lock_slots(attempt, slots, by):
    """Let the answers in ``slots`` stand from now on; locked ones stay locked."""
    lock(attempt)
    new = sorted(set(slots) - set(attempt.locked))
    if attempt.state not in OPEN or not new:
        return
    attempt.locked = sorted({*attempt.locked, *new})
    db.session.flush()
    audit.record(by, "answers locked", attempt, slots=new)


def submit(attempt, by):
    """Mark the answers of ``attempt``; passing does the step of the course.

    Called again, or by two at once, it is done once.  Past the deadline the attempt counts
    as submitted at the deadline; a pause ends with it and moves the deadline as any other does.
    """
    if end(attempt, by):
        do_step_if_passed(attempt, by)
    return attempt


def end(attempt, by):
    """Hand ``attempt`` in and mark it as ``submit`` does, but leave the step of the course; true
    where it was open until now.
    """
    now = clock.now()
    # Where its clock was moved meanwhile it is locked and looked at once more.
    if not (_close(attempt, now) or (attempt.state in OPEN and _close(attempt, now))):
        return False
    settle(attempt, by)
    audit.record(by, "attempt submitted", attempt, score=str(attempt.score))
    return True


def _close(attempt, now):
    over, deadline = past(attempt, now), attempt.deadline
    if deadline and attempt.paused_at:
        deadline += now - attempt.paused_at
    return take_step(attempt, OPEN, TIMED_OUT if over else SUBMITTED, deadline=deadline,
                     submitted_at=deadline if over else now, paused_at=None)


def take_step(attempt, before, after, **values):
    """Lead ``attempt`` from one of the states ``before`` to ``after``, with the ``values``, where
    its clock is as ``attempt`` has it.

    One conditional UPDATE: of two that race, one wins; true for the one that did.  For the other
    the attempt is locked, and as it is now.
    """
    values = {"state": after, **values}
    known = {"of": attempt.id, "known_deadline": attempt.deadline,
             "known_paused_at": attempt.paused_at}
    if write(_step(before, tuple(values)), values | known).rowcount != 1:
        lock(attempt)
        return False
    for name, value in values.items():
        set_committed_value(attempt, name, value)  # As the row is now: it need not be read.
    return True


@cache
def _step(before, names):
    clock_as_known = [ATTEMPT.c[name].is_not_distinct_from(bindparam(f"known_{name}"))
                      for name in ("deadline", "paused_at")]
    return kept(update(ATTEMPT).values({name: bindparam(name) for name in names}).where(
        ATTEMPT.c.id == bindparam("of"), ATTEMPT.c.state.in_(before), *clock_as_known))


def do_step_if_passed(attempt, by):
    """Do the step of the course that the quiz is, where the attempt passed; a test before the
    course is done once it is handed in, and gives no mark.
    """
    before = attempt.quiz.pretest_of
    if attempt.passed or before:
        finish_step(attempt.person, attempt.quiz, by, at=attempt.submitted_at,
                    mark=None if before else attempt.score)


def submit_overdue(key):
    """Submit, with what was saved, the attempt with the id ``key``, where its time is over still:
    somebody may have given it more, or handed it in.
    """
    attempt = db.session.scalar(select(Attempt).where(Attempt.id == key, overdue()))
    if attempt is not None:
        submit(attempt, None)
