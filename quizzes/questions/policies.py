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


def courses_asking_with(file):
    """The ids of the courses for which ``file`` was kept and one of whose questions shows it."""
    kept_for = select(Picture.course_id).where(Picture.file_id == file.id).union(
        select(Sound.course_id).where(Sound.file_id == file.id))
    address = f"/files/{file.id}/"
    texts = (QuestionVersion.stem_vi, QuestionVersion.stem_en, QuestionVersion.explanation_vi,
             QuestionVersion.explanation_en, cast(QuestionVersion.options, String))
    return set(db.session.scalars(
        select(Question.course_id).join(Question.versions)
        .where(Question.course_id.in_(kept_for),
               or_(*(text.contains(address) for text in texts),
                   cast(QuestionVersion.settings, String).contains(file.sha256)))))


def may_write_questions(person):
    """Trainers write the questions of their courses; officers all."""
    return is_trainer(person) or is_officer(person)
