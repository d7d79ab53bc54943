"""Who may take a quiz, who may set one, who may run one."""
from sqlalchemy import select

from lms.kernel import clock
from lms.kernel.db import db

from courses.catalogue.policies import may_edit_course
from courses.classes.models import ClassTrainer, CourseClass
from courses.completions.policies import may_take_part


def may_take(person, quiz):
    """Whoever takes part in the course may take its quiz, once that version was published."""
    return quiz.version.published_at is not None and may_take_part(person, quiz.version.course)


def may_edit_quiz(person, quiz):
    """The authors of the course write its draft's quizzes."""
    return may_edit_course(person, quiz.version.course)


def may_run_quiz(person, quiz):
    """Its authors and whoever teaches a class of the course that is not over open the test in
    the room, give more time, and print papers.
    """
    course = quiz.version.course
    return may_edit_course(person, course) or db.session.scalar(
        select(ClassTrainer.class_id).join(ClassTrainer.course_class)
        .where(ClassTrainer.person_id == person.id, CourseClass.course_id == course.id,
               CourseClass.cancelled_at.is_(None), CourseClass.ends_on >= clock.today())
        .limit(1)) is not None


def may_print_set(person, paper_set):
    """Whoever runs the quiz prints its papers."""
    return may_run_quiz(person, paper_set.quiz)
