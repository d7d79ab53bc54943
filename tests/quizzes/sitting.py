"""Sitting the test of press law: answers in, marks out."""
from sqlalchemy import select

from lms.kernel.db import db

from quizzes.attempts.actions import see, start, submit, submit_overdue
from quizzes.attempts.models import AnswerEvent
from quizzes.attempts.queries import held_of, overdue_attempts
from quizzes.attempts.regrading_actions import Change
from quizzes.attempts.saving import save_answer

#: What earns everything in each slot of the test of press law.
RIGHT = (["A"], ["A", "C"], ["T"], ["126/2025/QH15"])
WRONG = (["B"], ["B"], ["F"], ["không biết"])


def sit(quiz, person, *right):
    """Hand in an attempt with the right answer in the slots ``right``, a wrong one elsewhere."""
    return answer(quiz, person, [RIGHT[slot] if slot in right else WRONG[slot]
                                 for slot in range(4)])


def answer(quiz, person, answers):
    """Hand in an attempt with these ``answers``; None leaves the question out."""
    attempt = start(quiz, by=person)
    for slot, given in enumerate(answers):
        if given is not None:
            save_answer(attempt, slot, given, None, by=person)
    return submit(attempt, by=person)


def hand_in_overdue():
    """The clock hands in every attempt whose time is over."""
    for key in overdue_attempts():
        submit_overdue(key)


def another_key(question, *keys, keeps=True):
    """That the newest version of ``question`` has the ``keys``, each accepted."""
    return Change([question.versions[-1].id], "key", [list(key) for key in keys],
                  "Đáp án in sai", keeps)


def event_of(kept):
    """The AnswerEvent of what ``save_answer`` gave."""
    return db.session.scalars(select(AnswerEvent).filter_by(
        attempt_id=kept.attempt_id, client=kept.client, seq=kept.seq)).one()


def report(attempt, moment):
    """The page of ``attempt`` gives a sign of life."""
    see(attempt, held_of(attempt).saved_at, moment)
    db.session.refresh(attempt)
