"""Results from printed papers: entered, they count as those of attempts on devices do."""
from lms.kernel import audit, clock
from lms.kernel.db import db
from lms.kernel.errors import Refusal
from lms.kernel.i18n import _, in_both, named, number
from lms.kernel.locks import advisory_lock, shared_advisory_lock
from lms.notices.actions import tell

from courses.completions.actions import finish_step
from quizzes.attempts.actions import take_step
from quizzes.attempts.following import follow
from quizzes.attempts.grading import MARKS, settle
from quizzes.attempts.models import AnswerEvent, Attempt, PaperMark
from quizzes.attempts.policies import may_take_passes
from quizzes.attempts.protocol import ACCEPTED, ENDED, SUBMITTED, WITHDRAWN, digest
from quizzes.attempts.queries import answers_of, attempts_of, paper_marks, running_at, shown_of
from quizzes.attempts.regrading_queries import passes_of
from quizzes.papers.queries import source_of

#: The device's name for answers that were given on paper.
PAPER = "paper"


def record_papers(paper_set, entries, by):
    """Enter the results of people, ``entries`` maps each Person to a ``marksheet.Entry``: all of
    them or, where one cannot be entered, none.
    """
    advisory_lock(f"papers {paper_set.id}")
    _refuse(paper_set, entries, by)
    for person, entry in entries.items():
        _record(paper_set, person, entry, by)
    db.session.flush()
    audit.record(by, "papers entered", paper_set, people=len(entries))


def correct_paper(mark, entry, reason, by):
    """``mark`` was entered wrongly: what ``entry`` says takes its place from the same moment on.

    Step, completion and certificate follow, and the person is told.  Gives the new PaperMark.
    Refused for one's own result, where nothing would change, and where a pass is taken and ``by``
    may not take it.
    """
    _hold(mark, by)
    paper_set, person = mark.set, mark.person
    if _parts_have_marks(paper_set) and entry.answers is None:
        raise Refusal(_answers_wanted())
    had = mark.score_now, mark.passed_now
    _withdraw(mark, reason, by)
    new = _record(paper_set, person, entry, by, mark)
    if _same(mark, new):
        raise Refusal(_("This is what was entered already, so nothing was changed."))
    _follow(new, had[1], reason, by)
    audit.record(by, "paper corrected", new, set=paper_set.id, corrects=mark.id,
                 before=str(had[0]), score=str(new.score))
    _tell(new, by, lambda: " ".join((
        *_corrected(new, had[0]), _("The reason: %(why)s", why=reason))))
    return new


def withdraw_paper(mark, reason, by):
    """``mark`` was entered by mistake and counts no more; what rests on it follows, and the
    person is told.  Refused as a correction is.
    """
    _hold(mark, by)
    had = mark.score_now, mark.passed_now
    _withdraw(mark, reason, by)
    _follow(mark, had[1], reason, by)
    audit.record(by, "paper withdrawn", mark, set=mark.set_id, score=str(had[0]))
    _tell(mark, by, lambda: " ".join((
        _withdrawn(mark, had[0]), _("The reason: %(why)s", why=reason))))
    return mark


def _corrected(mark, before):
    """What its owner is told of a corrected result, as far as the test shows the mark now."""
    quiz = mark.set.quiz
    if not shown_of(quiz).mark:
        return (_("Your result of “%(test)s” from paper was corrected.", test=named(quiz)),)
    return (_("Your result of “%(test)s” from paper was corrected: %(old)s points before, %(new)s "
              "now.", test=named(quiz), old=number(before), new=number(mark.score)),
            _("You have passed.") if mark.passed else _("You have not passed."))


def _withdrawn(mark, before):
    """What its owner is told of a withdrawn result, in the same way."""
    quiz = mark.set.quiz
    if not shown_of(quiz).mark:
        return _("Your result of “%(test)s” from paper was withdrawn.", test=named(quiz))
    return _("Your result of “%(test)s” from paper, %(old)s points, was withdrawn.",
             test=named(quiz), old=number(before))


def _hold(mark, by):
    advisory_lock(f"papers {mark.set_id}")
    shared_advisory_lock(MARKS)
    db.session.refresh(mark, ["withdrawn_at"], with_for_update=True)
    if mark.withdrawn_at is not None:
        raise Refusal(_("Somebody corrected this result meanwhile. Open it again to see how it "
                        "stands now."))
    if mark.person_id == by.id:
        raise Refusal(_("Nobody corrects their own result. Ask another trainer."))
    if mark.attempt and mark.attempt.voided:
        raise Refusal(_("An officer voided this attempt. Let them restore it first, then correct "
                        "it."))


def _withdraw(mark, reason, by):
    mark.withdrawn_at, mark.withdrawn_by_id, mark.reason = clock.now(), by.id, reason
    if mark.attempt:
        take_step(mark.attempt, ENDED, WITHDRAWN)
    db.session.flush()


def _same(one, other):
    return (one.letter, one.score_now, _given(one)) == (other.letter, other.score, _given(other))


def _given(mark):
    return answers_of(mark.attempt) if mark.attempt else None


def _follow(mark, had_passed, reason, by):
    quiz = mark.set.quiz
    if had_passed and not quiz.pretest_of and not may_take_passes(by) and (
            not passes_of(mark.person, quiz)):
        raise Refusal(_("%(name)s would lose the pass; only an officer decides that. Nothing was "
                        "changed. Ask an officer to correct it.", name=mark.person.full_name))
    follow(mark.person, quiz, mark.handed_in_at, reason, by)


def _tell(mark, by, words):
    text_vi, text_en = in_both(words)
    url = f"/quizzes/attempts/{mark.attempt_id}" if mark.attempt_id else (
        f"/quizzes/{mark.set.quiz_id}")
    tell(mark.person, text_vi, text_en, url,
         f"paper-{mark.id}{'-withdrawn' if mark.withdrawn_at else ''}", by)


def _refuse(paper_set, entries, by):
    if by in entries:
        raise Refusal(_("Nobody enters their own result. Leave your line empty and ask another "
                        "trainer."))
    entered = paper_marks(paper_set)
    running = running_at(paper_set.quiz, [person.id for person in entries])
    for person in entries:
        if person.id in entered:
            raise Refusal(_("The paper of %(name)s was entered already. Nothing was saved.",
                            name=person.full_name))
        if person.id in running:
            raise Refusal(_("%(name)s is in the middle of this test on a device. Let it be handed "
                            "in first. Nothing was saved.", name=person.full_name))
    if _parts_have_marks(paper_set) and any(entry.answers is None for entry in entries.values()):
        raise Refusal(_answers_wanted())


def _answers_wanted():
    return _("Parts of this test have their own pass mark. Type the answers instead of a mark.")


def _parts_have_marks(paper_set):
    return any(section.get("pass_mark") is not None
               for section in source_of(paper_set.quiz).sections)


def _record(paper_set, person, entry, by, former=None):
    """Enter one result; in the place of a ``former`` one it counts from the same moment on, and
    what rests on it is left to follow.
    """
    mark = PaperMark(
        set=paper_set, person=person, letter=entry.letter, recorded_at=clock.now(), by_id=by.id,
        handed_in_at=former.handed_in_at if former else clock.now(),
        corrects_id=former and former.id)
    if entry.answers is None:
        mark.score, mark.passed = entry.mark, entry.mark >= source_of(paper_set.quiz).pass_mark
    else:
        mark.attempt = _record_answers(mark, entry, by)
        mark.score, mark.passed = mark.attempt.score, mark.attempt.passed
    db.session.add(mark)
    db.session.flush()
    if former is None:
        _do_step(mark, by)
    return mark


def _do_step(mark, by):
    before = mark.set.quiz.pretest_of
    if mark.passed or before:
        finish_step(mark.person, mark.set.quiz, by, at=mark.handed_in_at,
                    mark=None if before else mark.score)


def _record_answers(mark, entry, by):
    quiz, moment = mark.set.quiz, mark.handed_in_at
    attempt = Attempt(
        quiz=quiz, person=mark.person, number=len(attempts_of(quiz, mark.person)) + 1,
        state=SUBMITTED, started_at=moment, submitted_at=moment,
        paper=mark.set.papers[entry.letter])
    db.session.add(attempt)
    db.session.flush()
    audit.record(by, "attempt started", attempt, number=attempt.number,
                 paper=digest(attempt.paper), set=mark.set.id, letter=entry.letter)
    db.session.add_all([
        AnswerEvent(attempt_id=attempt.id, slot=slot, rev=1, client=PAPER, seq=slot + 1,
                    answer=answer, sha256=digest(answer), received_at=clock.now(),
                    status=ACCEPTED)
        for slot, answer in entry.answers.items() if answer])
    settle(attempt, by)
    audit.record(by, "attempt submitted", attempt, score=str(attempt.score))
    return attempt
