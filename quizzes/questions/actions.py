"""What authors do with questions: write them, and reword them in a new version each time."""
from sqlalchemy import func, select

from lms.kernel import audit, clock
from lms.kernel.db import db

from quizzes.questions.kinds import KINDS
from quizzes.questions.models import Question, QuestionVersion
from quizzes.questions.richtext import settled

#: The texts of a version, and of one of its options, that may be rich.
TEXTS = ("stem_vi", "stem_en", "explanation_vi", "explanation_en")
OPTION_TEXTS = ("vi", "en", "feedback_vi", "feedback_en")


def kept(kind, wording):
    """``wording`` as it is kept: its texts cleaned, and nothing in its order telling the key."""
    fields = wording | {name: settled(wording[name]) for name in TEXTS if name in wording}
    for column in ("options", "matches"):
        if column in fields:
            fields[column] = [option | {name: settled(option[name]) for name in OPTION_TEXTS
                                        if name in option} for option in fields[column]]
    return KINDS[kind].settle(fields)


def write_question(course, kind, wording, by):
    """Add a question to the bank of ``course``; ``wording`` holds a version's fields."""
    wording = kept(kind, wording)
    count = db.session.scalar(select(func.count(Question.id)).filter_by(course_id=course.id))
    question = Question(key=f"{course.key}-{count + 1:03d}", course=course, kind=kind,
                        author=by)
    db.session.add_all([question, QuestionVersion(question=question, number=1, **wording)])
    db.session.flush()
    audit.record(by, "question written", question, course=course.key)
    return question


def reword_question(question, wording, by):
    """Give ``question`` a new version; attempts that began keep the version they show."""
    newest, wording = question.versions[-1], kept(question.kind, wording)
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
