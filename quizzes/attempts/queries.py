"""Looking up attempts and answers."""
from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from lms.kernel import clock
from lms.kernel.db import db

from quizzes.attempts.models import GRACE, AnswerEvent, Attempt
from quizzes.questions.models import QuestionVersion


def attempts_of(quiz, person):
    """The attempts of ``person`` at ``quiz`` and its former versions, oldest first."""
    return db.session.scalars(
        select(Attempt).join(Attempt.quiz).where(
            Attempt.person_id == person.id, Attempt.quiz.of_type(type(quiz)).has(
                lineage=quiz.lineage))
        .order_by(Attempt.started_at)).all()


def running_attempt(quiz, person):
    """The attempt of ``person`` that is not yet submitted, or None."""
    return db.session.scalar(select(Attempt).filter_by(
        quiz_id=quiz.id, person_id=person.id, submitted_at=None))


def pinned(attempt):
    """What the paper asks: the version's id → (kind, version)."""
    ids = [item["version"] for item in attempt.paper]
    return {version.id: (version.question.kind, version) for version in db.session.scalars(
        select(QuestionVersion).options(joinedload(QuestionVersion.question))
        .where(QuestionVersion.id.in_(ids)))}


def answers_of(attempt):
    """The answer that counts in each slot: of the highest revision that was in time."""
    rows = db.session.execute(
        select(AnswerEvent.slot, AnswerEvent.answer)
        .where(AnswerEvent.attempt_id == attempt.id, AnswerEvent.late.is_(False))
        .order_by(AnswerEvent.rev))
    return dict(rows.all())


def saved_at(attempt):
    """When the last answer of ``attempt`` was received, or None."""
    return db.session.scalar(
        select(func.max(AnswerEvent.received_at)).where(AnswerEvent.attempt_id == attempt.id))


def overdue_attempts():
    """The attempts whose time is over, grace and all, and that nobody submitted."""
    return db.session.scalars(
        select(Attempt).where(Attempt.submitted_at.is_(None),
                              Attempt.deadline < clock.now() - GRACE)).all()
