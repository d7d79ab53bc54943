"""Looking up what a quiz asks."""
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from lms.kernel.db import db
from lms.kernel.i18n import named

from courses.catalogue.models import CourseVersion
from quizzes.papers.models import Quiz, QuizItem
from quizzes.questions.queries import Use, fit_to_ask


def askable(quiz):
    """The items of ``quiz`` whose question may be asked, in their order, with the question."""
    return db.session.scalars(
        select(QuizItem).options(joinedload(QuizItem.question)).join(QuizItem.question)
        .where(QuizItem.quiz_id == quiz.id, fit_to_ask())
        .order_by(QuizItem.position)).all()


def tests_asking(ids):
    """By the id of each of the questions the tests that ask it: told to the bank."""
    found = {}
    for key, quiz, version in db.session.execute(
            select(QuizItem.question_id, Quiz, CourseVersion)
            .join(Quiz, Quiz.id == QuizItem.quiz_id)
            .join(CourseVersion, CourseVersion.id == Quiz.version_id)
            .where(QuizItem.question_id.in_(ids)).order_by(CourseVersion.number.desc())):
        found.setdefault(key, []).append(
            Use(named(quiz), version.number, version.published_at is not None))
    return found
