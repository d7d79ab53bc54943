"""Looking up questions and their versions."""
from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from lms.kernel.db import db
from lms.kernel.text import fold

from quizzes.questions.models import Question, QuestionVersion


def newest_versions(question_ids):
    """The newest version of each question, by the question's id."""
    newest = (select(QuestionVersion.question_id, func.max(QuestionVersion.number).label("number"))
              .where(QuestionVersion.question_id.in_(question_ids))
              .group_by(QuestionVersion.question_id).subquery())
    return {version.question_id: version for version in db.session.scalars(
        select(QuestionVersion).join(
            newest, (QuestionVersion.question_id == newest.c.question_id)
            & (QuestionVersion.number == newest.c.number)))}


def versions_of(ids):
    """The versions with the ``ids``: the version's id → (kind, version)."""
    return {version.id: (version.question.kind, version) for version in db.session.scalars(
        select(QuestionVersion).options(joinedload(QuestionVersion.question))
        .where(QuestionVersion.id.in_(ids)))}


def questions_of(course, search=""):
    """The questions of the course's bank with their newest version, in order of their key."""
    questions = db.session.scalars(
        select(Question).where(Question.course_id == course.id)
        .order_by(Question.retired_at.is_not(None), Question.key)).all()
    versions = newest_versions([question.id for question in questions])
    wanted = fold(search)
    return [(question, versions[question.id]) for question in questions
            if question.id in versions and wanted in fold(versions[question.id].stem_vi)]
