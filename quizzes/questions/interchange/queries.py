"""Looking up what a bank holds, to compare it with a file or to write it into one."""
from sqlalchemy import func, select

from lms.kernel.db import db
from lms.kernel.text import fold

from courses.catalogue.models import Course
from quizzes.questions.interchange import texts
from quizzes.questions.interchange.bank import draft_of, fitted
from quizzes.questions.interchange.formats import read
from quizzes.questions.interchange.pictures import with_files
from quizzes.questions.models import Question, QuestionVersion
from quizzes.questions.queries import questions_of


def bank_named(name):
    """The course whose bank is called ``name``: by its code, else by its title; or None."""
    return db.session.scalar(select(Course).where(func.lower(Course.key) == name.lower())) or (
        db.session.scalar(select(Course).where(
            (Course.title_vi == name) | (Course.title_en == name)).limit(1)))


def stems_of(course):
    """The folded stems of the questions in the bank of ``course``, retired ones too."""
    stems = db.session.scalars(select(QuestionVersion.stem_vi).join(QuestionVersion.question)
                               .where(Question.course_id == course.id))
    return {fold(texts.without_tags(stem)) for stem in stems}


def reading_for(course, content, key, name, so_far=lambda done, total: None):
    """The format of a file, and what it holds as far as the bank of ``course`` can take it;
    ``so_far`` hears of how many of how many questions that is known.
    """
    key, found = read(content, key, name)
    return key, fitted(found, stems_of(course), so_far)


def drafts_of(course):
    """The questions of the bank that are still asked, as drafts, in order of their key."""
    return with_files(course, [
        draft_of(question, version) for question, version in questions_of(course)
        if question.retired_at is None])
