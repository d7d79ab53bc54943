"""Results from printed papers: entered, they count as those of attempts on devices do."""
from lms.kernel import audit, clock
from lms.kernel.db import db
from lms.kernel.errors import Refusal
from lms.kernel.i18n import _
from lms.kernel.turns import take_turn

from courses.completions.actions import finish_step
from quizzes.attempts.actions import do_step_if_passed
from quizzes.attempts.grading import settle
from quizzes.attempts.models import AnswerEvent, Attempt, PaperMark
from quizzes.attempts.protocol import ACCEPTED, SUBMITTED, digest
from quizzes.attempts.queries import attempts_of, paper_marks, running_at
from quizzes.papers.queries import source_of

#: The device's name for answers that were given on paper.
PAPER = "paper"


def record_papers(paper_set, entries, by):
    """Enter the results of people, ``entries`` maps each Person to a ``marksheet.Entry``: all of
    them or, where one cannot be entered, none.
    """
    take_turn(f"papers {paper_set.id}")
    _refuse(paper_set, entries, by)
    for person, entry in entries.items():
        if entry.answers is None:
            _record_mark(paper_set, person, entry, by)
        else:
            _record_answers(paper_set, person, entry, by)
    db.session.flush()
    audit.record(by, "papers entered", paper_set, people=len(entries))


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
        raise Refusal(_("Parts of this test have their own pass mark. Type the answers instead of "
                        "a mark."))


def _parts_have_marks(paper_set):
    return any(section.get("pass_mark") is not None
               for section in source_of(paper_set.quiz).sections)


def _record_answers(paper_set, person, entry, by):
    now, quiz = clock.now(), paper_set.quiz
    attempt = Attempt(
        quiz=quiz, person=person, number=len(attempts_of(quiz, person)) + 1, state=SUBMITTED,
        started_at=now, submitted_at=now, paper=paper_set.papers[entry.letter])
    db.session.add(attempt)
    db.session.flush()
    audit.record(by, "attempt started", attempt, number=attempt.number,
                 paper=digest(attempt.paper), set=paper_set.id, letter=entry.letter)
    db.session.add_all([
        AnswerEvent(attempt_id=attempt.id, slot=slot, rev=1, client=PAPER, seq=slot + 1,
                    answer=answer, sha256=digest(answer), received_at=now, status=ACCEPTED)
        for slot, answer in entry.answers.items() if answer])
    settle(attempt, by)
    audit.record(by, "attempt submitted", attempt, score=str(attempt.score))
    do_step_if_passed(attempt, by)
    db.session.add(PaperMark(
        set_id=paper_set.id, person=person, letter=entry.letter, attempt=attempt,
        score=attempt.score, passed=attempt.passed, recorded_at=now, by_id=by.id))


def _record_mark(paper_set, person, entry, by):
    quiz = paper_set.quiz
    passed = entry.mark >= source_of(quiz).pass_mark
    if passed or quiz.pretest_of:
        finish_step(person, quiz, by, mark=None if quiz.pretest_of else entry.mark)
    db.session.add(PaperMark(
        set_id=paper_set.id, person=person, letter=entry.letter, score=entry.mark, passed=passed,
        recorded_at=clock.now(), by_id=by.id))
