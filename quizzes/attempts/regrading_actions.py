"""Mending a wrong key after the test: marks, completions, certificates and people follow."""
from typing import NamedTuple

from sqlalchemy import or_, select, update

from lms.kernel import audit, clock
from lms.kernel.db import db
from lms.kernel.errors import Refusal
from lms.kernel.i18n import _, in_both, named, number
from lms.kernel.locks import advisory_lock
from lms.kernel.naming import take_out
from lms.notices.actions import Tiding, tell_each

from quizzes.attempts.following import follow
from quizzes.attempts.grades import AGAIN, MENDED, GradeEvent, HandMark, Mending
from quizzes.attempts.grading import MARKS, give
from quizzes.attempts.marking import KEY, NONE, called_off
from quizzes.attempts.models import Attempt, PaperMark
from quizzes.attempts.policies import may_take_passes
from quizzes.attempts.queries import shown_of
from quizzes.attempts.regrading_queries import (
    asked_in,
    handed_in,
    marked_again,
    mendings_for,
)
from quizzes.attempts.signals import marks_changed
from quizzes.questions.actions import retire_question, reword_question
from quizzes.questions.kinds import KINDS
from quizzes.questions.models import Question, QuestionVersion

#: So many attempts are marked again at a time.
BATCH = 200

#: What a new version of a question takes over from the one before.
WORDING = {column.key for column in QuestionVersion.__table__.columns} - {
    "id", "question_id", "number", "made_at"}


class Change(NamedTuple):
    """What somebody wants to decide about a key; the fields are those of Mending."""

    version_ids: list
    effect: str
    keys: list
    reason: str
    keeps: bool = True


def looked_at(question, change, by):
    """The Mending that ``change`` would make, not kept, and the Remarks that change anything."""
    mending = Mending(question_id=question.id, by_id=by.id, at=clock.now(), **change._asdict())
    return mending, [remark for remark in marked_again(asked_in(change.version_ids), [mending])
                     if remark.changes]


def mend(question, change, by):
    """Decide about the key of ``question`` as ``change`` says; gives the Mending and its events.

    Every mark is made anew in this transaction; whoever passes now has done the step of the
    course, whoever loses it has not; each of them is told.  Refused where the marks of ``by``
    would change, and where people would lose what they passed and ``by`` may not take it.
    """
    advisory_lock(MARKS)
    mending, remarks = looked_at(question, change, by)
    _insist(mending, remarks, by)
    db.session.add(mending)
    db.session.flush()
    events = [_give(remark, rule=MENDED, why=change.reason, mending_id=mending.id, by_id=by.id)
              for remark in remarks]
    audit.record(by, "key mended", question, effect=change.effect, versions=change.version_ids,
                 keeps=change.keeps, marks=len(events))
    for remark, event in zip(remarks, events, strict=True):
        _follow(remark.attempt, event, by)
    _mend_bank(question, change, by)
    _tell(events, by)
    marks_changed.send(events, mending=mending, by=by)
    return mending, events


def _give(remark, **how):
    attempt = remark.attempt
    return give(remark, (attempt.score, attempt.passed), **how)


def _insist(mending, remarks, by):
    if any(remark.attempt.person_id == by.id for remark in remarks):
        raise Refusal(_("Your own marks would change, and nobody marks for themselves. Ask another "
                        "trainer of the course or an officer."))
    if any(remark.loses for remark in remarks) and not may_take_passes(by):
        raise Refusal(_("People who had passed would lose it; only an officer decides that. Let "
                        "them keep it, or ask an officer."))
    if mending.effect == NONE:
        for attempt in asked_in(mending.version_ids):
            _insist_on_rest(attempt.paper, mending)


def _insist_on_rest(paper, mending):
    versions = {item["version"] for item in paper}
    nothing, _everything = called_off([*mendings_for(versions), mending])
    if not any(item["points"] for item in paper if item["version"] not in nothing):
        raise Refusal(_("Without this question some people would have no question that counts. "
                        "Give everybody its points instead."))


def _follow(attempt, event, by):
    """The step of the course follows the mark and the verdict."""
    if event.passed or event.old_passed:
        follow(attempt.person, attempt.quiz, attempt.submitted_at,
               event.why or _("The tests were marked again."), by)


def _mend_bank(question, change, by):
    """The bank follows, for attempts to come, where it holds the version that was mended."""
    newest = question.versions[-1]
    if newest.id not in change.version_ids:
        return
    if change.effect != KEY:
        if question.retired_at is None:
            retire_question(question, by)
    elif len(change.keys) == 1 and change.keys[0] != KINDS[question.kind].key_of(newest):
        wording = {field: getattr(newest, field) for field in WORDING}
        reword_question(question, wording | KINDS[question.kind].keyed(newest, change.keys[0]), by)


def _tell(events, by):
    """Tell everybody whose score or verdict changed what it was, what it is, and why: points and
    reason where the mark is shown to them, for both may tell the key.
    """
    events = [event for event in events if event.change or event.old_passed != event.passed]
    open_now = {quiz: shown_of(quiz).mark for quiz in {event.attempt.quiz for event in events}}
    tell_each([_tiding(event, open_now[event.attempt.quiz]) for event in events], by)


def _tiding(event, shown):
    attempt = event.attempt
    text_vi, text_en = in_both(lambda: " ".join((
        _about(event, shown), _verdict(event),
        _("The reason: %(why)s", why=event.why) if event.why and shown else "")).replace(
        "  ", " ").strip())
    return Tiding(attempt.person, text_vi, text_en, f"/quizzes/attempts/{attempt.id}",
                  f"mark-{event.id}")


def _about(event, shown):
    names = {"test": named(event.attempt.quiz),
             "course": named(event.attempt.quiz.version.course)}
    if not shown:
        return _("Your test “%(test)s” of %(course)s was marked again; its page says when you see "
                 "the mark.", **names)
    return _("Your test “%(test)s” of %(course)s was marked again: %(old)s points before, %(new)s "
             "now.", old=number(event.old), new=number(event.new), **names)


def _verdict(event):
    if event.passed and not event.old_passed:
        return _("You have passed.")
    if event.old_passed and not event.passed:
        return _("You have not passed any more; ask your trainer for another attempt.")
    return _("You still have passed.") if event.passed else ""


def mark_all_again(by, keep):
    """Mark every attempt again; where ``keep`` is set, the marks that differ are given.

    Gives (attempts, the Remarks that differ).  The marks are a function of what is kept, so
    there should be none.
    """
    if keep:
        advisory_lock(MARKS)
    count, found, last = 0, [], 0
    while attempts := handed_in(last, BATCH):
        count, last = count + len(attempts), attempts[-1].id
        found += [remark for remark in marked_again(attempts) if remark.changes]
    if keep and found:
        events = [_give(remark, rule=AGAIN, by_id=by and by.id) for remark in found]
        audit.record(by, "attempts marked again", events[0], marks=len(events))
        for event in events:
            _follow(event.attempt, event, by)
        _tell(events, by)
        marks_changed.send(events, mending=None, by=by)
    return count, found


def forget_words(person, naming, **_former):
    """Take the name of somebody erased out of every reason, and what was written about their
    answers and papers, or by them about others' answers.
    """
    db.session.execute(update(PaperMark).where(PaperMark.person_id == person.id).values(reason=""))
    take_out((Mending.reason, GradeEvent.why, PaperMark.reason, HandMark.comment,
              Question.held_why), naming, person.full_name)
    own = select(Attempt.id).where(Attempt.person_id == person.id)
    db.session.execute(
        update(HandMark).where(or_(HandMark.attempt_id.in_(own), HandMark.by_id == person.id))
        .values(comment=""))
    db.session.expire_all()
