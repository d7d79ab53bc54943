"""Looking up what a quiz asks."""
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from lms.kernel.db import db

from quizzes.papers.models import QuizItem
from quizzes.questions.models import Question


def askable(quiz):
    """The items of ``quiz`` whose question is not retired, in their order, with the question."""
    return db.session.scalars(
        select(QuizItem).options(joinedload(QuizItem.question)).join(QuizItem.question)
        .where(QuizItem.quiz_id == quiz.id, Question.retired_at.is_(None))
        .order_by(QuizItem.position)).all()
