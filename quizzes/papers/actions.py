"""What authors do with a quiz: set its rules and its questions."""
from lms.kernel import audit
from lms.kernel.db import db
from lms.kernel.errors import Refusal
from lms.kernel.i18n import _

from quizzes.papers.models import QuizItem
from quizzes.papers.queries import askable


def set_quiz(quiz, values, question_ids, by):
    """Set the rules of ``quiz`` and the questions it may ask, in the order given."""
    if quiz.version.published_at is not None:
        raise Refusal(_("This version is published and does not change. Change the draft instead."))
    for field, value in values.items():
        setattr(quiz, field, value)
    points = {item.question_id: item.points for item in quiz.items}
    for item in list(quiz.items):
        db.session.delete(item)
    db.session.flush()
    db.session.add_all([
        QuizItem(quiz_id=quiz.id, question_id=question_id, position=position,
                 points=points.get(question_id, 1))
        for position, question_id in enumerate(question_ids)])
    db.session.flush()
    db.session.expire(quiz, ["items"])
    _check_draw(quiz)
    audit.record(by, "quiz set", quiz, questions=len(question_ids))
    return quiz


def _check_draw(quiz):
    count = len(askable(quiz))
    if quiz.draw and quiz.draw > count:
        raise Refusal(_("The test should draw %(draw)s questions, but only %(count)s are chosen. "
                        "Choose more questions or draw fewer.", draw=quiz.draw, count=count))
