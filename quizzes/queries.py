"""Looking up questions, attempts and answers."""
from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from lms.kernel import clock
from lms.kernel.db import db
from lms.kernel.text import fold

from quizzes.models import GRACE, AnswerEvent, Attempt, Question, QuestionVersion, QuizItem


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


def newest_versions(question_ids):
    """The newest version of each question, by the question's id."""
    newest = (select(QuestionVersion.question_id, func.max(QuestionVersion.number).label("number"))
              .where(QuestionVersion.question_id.in_(question_ids))
              .group_by(QuestionVersion.question_id).subquery())
    return {version.question_id: version for version in db.session.scalars(
        select(QuestionVersion).join(
            newest, (QuestionVersion.question_id == newest.c.question_id)
            & (QuestionVersion.number == newest.c.number)))}


def askable(quiz):
    """The items of ``quiz`` whose question is not retired, in their order, with the question."""
    return db.session.scalars(
        select(QuizItem).options(joinedload(QuizItem.question)).join(QuizItem.question)
        .where(QuizItem.quiz_id == quiz.id, Question.retired_at.is_(None))
        .order_by(QuizItem.position)).all()


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


def questions_of(course, search=""):
    """The questions of the course's bank with their newest version, in order of their key."""
    questions = db.session.scalars(
        select(Question).where(Question.course_id == course.id)
        .order_by(Question.retired_at.is_not(None), Question.key)).all()
    versions = newest_versions([question.id for question in questions])
    wanted = fold(search)
    return [(question, versions[question.id]) for question in questions
            if question.id in versions and wanted in fold(versions[question.id].stem_vi)]
