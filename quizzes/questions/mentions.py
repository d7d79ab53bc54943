"""Where questions may name somebody: in any text of any version."""
from flask import url_for
from sqlalchemy import select

from lms.kernel.db import db
from lms.kernel.i18n import _
from lms.people.mentions import Place, Shelf

from quizzes.questions.models import Question, QuestionVersion


def question_texts():
    """What the versions of questions say."""
    version = QuestionVersion
    return Shelf("question_version", (
        version.stem_vi, version.stem_en, version.options, version.matches, version.right,
        version.settings, version.explanation_vi, version.explanation_en, version.basis),
        question_places)


def question_places(ids):
    """The questions that have the versions with the ``ids``; an older version stays as it was
    asked.
    """
    rows = db.session.execute(
        select(QuestionVersion.id, QuestionVersion.question_id, Question.key,
               QuestionVersion.number).join(Question.versions)
        .where(QuestionVersion.id.in_(ids)).order_by(Question.key, QuestionVersion.number))
    return [Place(row.id, _("Question %(key)s, version %(n)s", key=row.key, n=row.number),
                  url_for("quizzes.edit_question", key=row.question_id)) for row in rows]
