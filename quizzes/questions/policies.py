"""Who may write questions, and see the files they show."""
from sqlalchemy import String, cast, or_, select

from lms.kernel.db import db
from lms.people.policies import is_officer, is_trainer

from courses.catalogue.models import Picture
from courses.catalogue.policies import may_edit_course
from quizzes.questions.models import Question, QuestionVersion, Sound


def may_edit_question(person, question):
    """The authors of the course own its questions; an officer all of them."""
    return is_officer(person) or (
        question.course is not None and may_edit_course(person, question.course))


def may_read_sound(person, file):
    """A recording kept for questions is heard by those who write the course."""
    return any(may_edit_course(person, sound.course) for sound in db.session.scalars(
        select(Sound).where(Sound.file_id == file.id)))


def versions_with(file):
    """The versions of questions that show ``file``, in courses for which it was kept: id → whether
    whoever is asked sees it, and not only whoever reads why.
    """
    kept_for = select(Picture.course_id).where(Picture.file_id == file.id).union(
        select(Sound.course_id).where(Sound.file_id == file.id))
    address = f"/files/{file.id}/"
    texts = (QuestionVersion.stem_vi, QuestionVersion.stem_en, QuestionVersion.explanation_vi,
             QuestionVersion.explanation_en, cast(QuestionVersion.options, String))
    found = db.session.scalars(
        select(QuestionVersion).join(QuestionVersion.question)
        .where(Question.course_id.in_(kept_for),
               or_(*(text.contains(address) for text in texts),
                   cast(QuestionVersion.settings, String).contains(file.sha256))))
    return {version.id: address in _asked(version) or file.sha256 in str(version.settings)
            for version in found}


def _asked(version):
    """All that ``version`` shows before it is told what is right, as one text."""
    options = [{name: text for name, text in option.items() if not name.startswith("feedback")}
               for option in version.options]
    return f"{version.stem_vi} {version.stem_en} {options}"


def may_write_questions(person):
    """Trainers write the questions of their courses; officers all."""
    return is_trainer(person) or is_officer(person)
