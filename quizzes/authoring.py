"""What authors do: write questions, each change a new version, and set quizzes."""
from sqlalchemy import func, select

from lms.kernel import audit, clock
from lms.kernel.db import db
from lms.kernel.errors import Refusal
from lms.kernel.i18n import _

from quizzes.models import Question, QuestionVersion, QuizItem
from quizzes.queries import askable


def write_question(course, kind, wording, by):
    """Add a question to the bank of ``course``; ``wording`` holds a version's fields."""
    count = db.session.scalar(select(func.count(Question.id)).filter_by(course_id=course.id))
    question = Question(key=f"{course.key}-{count + 1:03d}", course=course, kind=kind)
    db.session.add_all([question, QuestionVersion(question=question, number=1, **wording)])
    db.session.flush()
    audit.record(by, "question written", question, course=course.key)
    return question


def reword_question(question, wording, by):
    """Give ``question`` a new version; attempts that began keep the version they show."""
    newest = question.versions[-1]
    if all(getattr(newest, field) == value for field, value in wording.items()):
        return newest
    version = QuestionVersion(question=question, number=newest.number + 1, **wording)
    db.session.add(version)
    db.session.flush()
    audit.record(by, "question reworded", question, number=version.number)
    return version


def retire_question(question, by):
    """Ask ``question`` no more; what was asked stays."""
    question.retired_at = clock.now()
    db.session.flush()
    audit.record(by, "question retired", question)


def bring_back_question(question, by):
    """Ask a retired ``question`` again."""
    question.retired_at = None
    db.session.flush()
    audit.record(by, "question brought back", question)


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
