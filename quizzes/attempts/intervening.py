"""What those who watch over a test do to attempts: each with its reason, never to their own."""
from datetime import timedelta

from sqlalchemy import bindparam, func, insert, select, update
from sqlalchemy.orm import selectinload
from sqlalchemy.orm.attributes import set_committed_value

from lms.kernel import audit, clock
from lms.kernel.db import db
from lms.kernel.errors import Refusal
from lms.kernel.i18n import _, in_both, named, ngettext
from lms.kernel.locks import advisory_lock, lock_row
from lms.kernel.naming import take_out
from lms.notices.actions import Tiding, tell_each

from quizzes.attempts.actions import settle, take_step
from quizzes.attempts.following import follow
from quizzes.attempts.models import (
    COUNTED,
    DECLINED,
    EXTENDED,
    GIVEN_BACK,
    PAUSE,
    REOPENED,
    RESUMED,
    SHORTENED,
    Attempt,
    Intervention,
)
from quizzes.attempts.protocol import ACCEPTED, ENDED, OPEN, PAUSED, RUNNING, past, seconds_left
from quizzes.attempts.queries import running_attempt
from quizzes.attempts.watching import (
    earlier_ends,
    events_of,
    late_answers,
    lost_seconds,
    score_with,
)


def extend(attempt, minutes, reason, by):
    """Give ``attempt`` so many ``minutes`` more; where its time is over, they run from now."""
    insist_on_another(attempt, by)
    _lock(attempt)
    if attempt.state not in OPEN:
        raise Refusal(_("The attempt was handed in meanwhile. Reopen it to give more time."))
    if attempt.deadline is None:
        raise Refusal(_("This test has no time limit, so more time changes nothing."))
    before = attempt.deadline
    runs = attempt.state == RUNNING
    attempt.deadline = (max(before, clock.now()) if runs else before) + timedelta(minutes=minutes)
    written = write_down([attempt], EXTENDED, reason, by,
                          {attempt.id: _seconds(before, attempt.deadline)})
    audit.record(by, "extra time given", attempt, minutes=minutes)
    tell_owners(written, by, lambda one: _(
        "You have %(minutes)s minutes more for “%(test)s”. Reason: %(reason)s",
        minutes=minutes, test=named(one.quiz), reason=reason))
    return attempt


def pause(quiz, ids, reason, by):
    """Let the attempts with the ``ids`` stand still, all at one moment; gives how many do now.

    Whoever's time is over already is left alone.
    """
    now = clock.now()
    stopped = [attempt for attempt in _locked(quiz, ids, by)
               if attempt.state == RUNNING and not past(attempt, now)]
    if not stopped:
        raise Refusal(_("Nobody is in the middle of this test, so there is nothing to pause."))
    _change({attempt: {"state": PAUSED, "paused_at": now} for attempt in stopped})
    write_down(stopped, PAUSE, reason, by)
    audit.record(by, "test paused", quiz, attempts=[attempt.id for attempt in stopped])
    return len(stopped)


def resume(quiz, ids, reason, by):
    """Let the attempts with the ``ids`` that stand still go on, with the time that they had left;
    gives how many go on.
    """
    now = clock.now()
    stopped = [attempt for attempt in _locked(quiz, ids, by) if attempt.state == PAUSED]
    if not stopped:
        raise Refusal(_("No attempt at this test is paused, so there is nothing to go on with."))
    stood = {attempt.id: now - attempt.paused_at for attempt in stopped}
    _change({attempt: {"state": RUNNING, "paused_at": None,
                       "deadline": attempt.deadline and attempt.deadline + stood[attempt.id]}
             for attempt in stopped})
    write_down(stopped, RESUMED, reason, by,
                {key: int(time.total_seconds()) for key, time in stood.items()})
    audit.record(by, "test resumed", quiz, attempts=[attempt.id for attempt in stopped])
    return len(stopped)


def give_back(quiz, ids, reason, by):
    """Give the attempts with the ``ids`` the time back that they lost in cuts which were measured,
    up to ``protocol.MOST_GIVEN_BACK`` in one attempt; gives how many got time.
    """
    going = [attempt for attempt in _locked(quiz, ids, by)
             if attempt.state in OPEN and attempt.deadline]
    seconds = lost_seconds([attempt.id for attempt in going])
    going = [attempt for attempt in going if attempt.id in seconds]
    if not going:
        raise Refusal(_("No cut was measured that has not been given back already. Give extra "
                        "time to a person instead."))
    _change({attempt: {"deadline": attempt.deadline + timedelta(seconds=seconds[attempt.id])}
             for attempt in going})
    written = write_down(going, GIVEN_BACK, reason, by, seconds)
    audit.record(by, "lost time given back", quiz, seconds={
        str(key): number for key, number in seconds.items()})
    tell_owners(written, by, lambda one: _(
        "You get %(seconds)s seconds back for “%(test)s”, which the line was cut. "
        "Reason: %(reason)s", seconds=seconds[one.id], test=named(one.quiz), reason=reason))
    return len(going)


def end_earlier(quiz, ids, reason, by):
    """Let the attempts with the ``ids`` end with the closing of ``quiz`` (``earlier_ends``); gives
    how many end earlier.
    """
    now = clock.now()
    ends = earlier_ends(quiz, _locked(quiz, ids, by), now)
    if not ends:
        raise Refusal(_("No attempt would end earlier with the closing of the test."))
    seconds = {attempt.id: _seconds(attempt.deadline, end) if attempt.deadline else 0
               for attempt, end in ends.items()}
    _change({attempt: {"deadline": end} for attempt, end in ends.items()})
    written = write_down(list(ends), SHORTENED, reason, by, seconds)
    audit.record(by, "attempts ended earlier", quiz, attempts=[one.id for one in ends])
    tell_owners(written, by, lambda one: ngettext(
        "“%(test)s” closes earlier: you have %(num)s minute left. Reason: %(reason)s",
        "“%(test)s” closes earlier: you have %(num)s minutes left. Reason: %(reason)s",
        seconds_left(one, now) // 60, test=named(one.quiz), reason=reason))
    return len(ends)


def reopen(attempt, minutes, reason, by):
    """Let the owner of ``attempt``, which was handed in and not passed, go on for ``minutes``."""
    insist_on_another(attempt, by)
    advisory_lock(f"attempt {attempt.quiz_id} {attempt.person_id}")
    _lock(attempt)
    if attempt.state in OPEN:
        raise Refusal(_("The attempt is open already. Give extra time instead."))
    if not attempt.counts:
        raise Refusal(_("This attempt counts nowhere any more, so it cannot be opened again."))
    if attempt.passed:
        raise Refusal(_("This attempt is passed; going on with it could only lose that."))
    if running_attempt(attempt.quiz, attempt.person) is not None:
        raise Refusal(_("%(name)s is in the middle of another attempt. Give extra time there.",
                        name=attempt.person.full_name))
    former = {"state": attempt.state, "score": str(attempt.score), "shares": attempt.shares,
              "submitted_at": attempt.submitted_at.isoformat()}
    before = attempt.deadline
    deadline = before and clock.now() + timedelta(minutes=minutes)
    take_step(attempt, ENDED, RUNNING, submitted_at=None, deadline=deadline, shares=None,
              score=None, passed=None)
    written = write_down([attempt], REOPENED, reason, by,
                          {attempt.id: _seconds(before, deadline) if deadline else 0},
                          {attempt.id: former})
    audit.record(by, "attempt reopened", attempt, minutes=minutes, score=former["score"])
    tell_owners(written, by, lambda one: _(
        "Your attempt at “%(test)s” is open again; go on with it. Reason: %(reason)s",
        test=named(one.quiz), reason=reason))
    return attempt


def count_late(attempt, keys, reason, by):
    """Let the answers with the ids ``keys``, which came after the end, count, and mark again."""
    insist_on_another(attempt, by)
    _lock(attempt)
    chosen = [event for event in late_answers(attempt).values() if event.id in keys]
    if not chosen:
        raise Refusal(_("Tick the answers that shall count."))
    if attempt.passed and score_with(attempt, chosen) < attempt.quiz.pass_mark:
        raise Refusal(_("With these answers a passed attempt would not be passed any more. "
                        "Leave them uncounted."))
    before = str(attempt.score)
    written = write_down([attempt], COUNTED, reason, by, {}, {attempt.id: _decided(
        attempt, chosen) | {"score": before}})
    for event in chosen:
        event.status, event.intervention_id = ACCEPTED, written[attempt]
    db.session.flush()
    settle(attempt, by)
    audit.record(by, "late answers counted", attempt, answers=len(chosen), before=before,
                 score=str(attempt.score))
    if attempt.passed:
        follow(attempt.person, attempt.quiz, attempt.submitted_at, reason, by)
    tell_owners(written, by, lambda one: _(
        "Answers that came after the end of “%(test)s” count now. Reason: %(reason)s",
        test=named(one.quiz), reason=reason))
    return attempt


def decline_late(attempt, reason, by):
    """Decide that the answers that came after the end of ``attempt`` do not count."""
    insist_on_another(attempt, by)
    _lock(attempt)
    if not attempt.counts:
        raise Refusal(_("This attempt counts nowhere any more, and so do its late answers."))
    chosen = late_answers(attempt).values()
    written = write_down([attempt], DECLINED, reason, by, {},
                          {attempt.id: _decided(attempt, chosen)})
    audit.record(by, "late answers declined", attempt, answers=len(chosen))
    tell_owners(written, by, lambda one: _(
        "Answers that came after the end of “%(test)s” do not count. Reason: %(reason)s",
        test=named(one.quiz), reason=reason))
    return attempt


def forget_reasons(person, naming, **_former):
    """Somebody was erased: what was written about their attempts goes, and their name from what
    was written about those of others; what was done stays.
    """
    attempts = select(Attempt.id).where(Attempt.person_id == person.id)
    db.session.execute(update(Intervention).values(reason="").where(
        Intervention.attempt_id.in_(attempts)))
    take_out((Intervention.reason,), naming, person.full_name)


def insist_on_another(attempt, by):
    """Refuse where ``by`` would do something to their own attempt."""
    if attempt.person_id == by.id:
        raise Refusal(_("Nobody does this for themselves. Ask another trainer or an officer."))


def _lock(attempt):
    """Wait until no answer and no handing in is under way, and see what it left."""
    lock_row(attempt, key_share=True)


def _locked(quiz, ids, by):
    """The attempts with the ``ids`` but those of ``by``, locked, always in one order."""
    advisory_lock(f"watch {quiz.lineage}")
    return db.session.scalars(
        select(Attempt).where(Attempt.id.in_(ids), Attempt.person_id != by.id)
        .options(selectinload(Attempt.person), selectinload(Attempt.quiz))
        .order_by(Attempt.id).with_for_update(key_share=True)
        .execution_options(populate_existing=True)).all()


def _change(changes):
    """Give many attempts their new values (attempt → column → value) in one statement."""
    table = Attempt.__table__
    db.session.execute(update(table).where(table.c.id == bindparam("key")),
                       [{"key": attempt.id, **values} for attempt, values in changes.items()])
    for attempt, values in changes.items():
        for name, value in values.items():
            set_committed_value(attempt, name, value)


def _seconds(before, after):
    return int((after - before).total_seconds())


def _decided(attempt, events):
    """What a decision about late ``events`` knew: these, and the newest event there was."""
    newest = max((event.id for event in events_of(attempt)), default=0)
    return {"events": [event.id for event in events], "up_to": newest}


def write_down(attempts, kind, reason, by, seconds=None, details=None):
    """Write down what was done to ``attempts``, in two statements: attempt → its key there."""
    db.session.execute(insert(Intervention), [
        {"attempt_id": attempt.id, "kind": kind, "reason": reason, "at": clock.now(),
         "by_id": by.id, "seconds": (seconds or {}).get(attempt.id, 0),
         "details": (details or {}).get(attempt.id, {})} for attempt in attempts])
    keys = dict(db.session.execute(
        select(Intervention.attempt_id, func.max(Intervention.id))
        .where(Intervention.attempt_id.in_([attempt.id for attempt in attempts]))
        .group_by(Intervention.attempt_id)).all())
    return {attempt: keys[attempt.id] for attempt in attempts}


def tell_owners(written, by, words):
    """Tell the owners of the attempts to which something was done what ``words(attempt)`` says."""
    tidings = []
    for attempt, key in written.items():
        vi, en = in_both(lambda one=attempt: words(one))
        tidings.append(Tiding(attempt.person, vi, en, f"/quizzes/attempts/{attempt.id}",
                              f"intervention {key}"))
    tell_each(tidings, by)
