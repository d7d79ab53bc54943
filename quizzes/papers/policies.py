"""Who may take a quiz, who may set one, who may run one."""
from sqlalchemy import select

from lms.kernel.db import db
from lms.people.models import Person
from lms.people.policies import is_officer

from courses.catalogue.models import CourseVersion
from courses.catalogue.policies import may_edit_course
from courses.classes.models import ClassTrainer, CourseClass, Enrolment
from courses.completions.models import Study
from courses.completions.policies import takes_part
from quizzes.papers.models import Quiz


def may_take(person, quiz):
    """Whoever takes part in the course may take its quiz, once that version was published."""
    return quiz.version.published_at is not None and takes_part(person, quiz.version.course)


def may_edit_quiz(person, quiz):
    """The authors of the course write its draft's quizzes."""
    return may_edit_course(person, quiz.version.course)


def may_run_tests(person, course):
    """Its authors and whoever teaches a class of the course that is not closed run its tests:
    they open them in the room, give more time, and print papers.
    """
    return may_edit_course(person, course) or db.session.scalar(
        classes_taught(person, course).limit(1)) is not None


def classes_taught(person, course):
    """The statement of the ids of the classes of the course, neither closed nor cancelled, that
    ``person`` teaches.
    """
    return select(ClassTrainer.class_id).join(ClassTrainer.course_class).where(
        ClassTrainer.person_id == person.id, CourseClass.course_id == course.id,
        CourseClass.not_over())


def may_run_quiz(person, quiz):
    """Whoever runs the tests of the course, once this one is published."""
    return quiz.version.published_at is not None and may_run_tests(person, quiz.version.course)


def classes_to_mark(person, course):
    """The statement of the classes whose papers ``person`` enters: authors of the course all
    that were not cancelled, trainers theirs that are not closed; the newest first.
    """
    classes = select(CourseClass).where(
        CourseClass.course_id == course.id, CourseClass.cancelled_at.is_(None)).order_by(
        CourseClass.starts_on.desc(), CourseClass.id)
    if may_edit_course(person, course):
        return classes
    return classes.where(CourseClass.id.in_(classes_taught(person, course)))


def learners_seen_by(person, course):
    """The statement of the ids of those whom ``person`` may name at a test of the course:
    officers everybody, its authors whoever studies it, trainers the people of their classes.
    """
    if is_officer(person):
        return select(Person.id).where(Person.erased_at.is_(None))
    seen = select(Enrolment.person_id).where(
        Enrolment.withdrawn_at.is_(None),
        Enrolment.class_id.in_(classes_taught(person, course)))
    if may_edit_course(person, course):
        seen = seen.union(select(Study.person_id).where(Study.course_id == course.id))
    return seen


def may_preview_quiz(person, quiz):
    """Its authors look at it as a trainee gets it, and whoever runs it."""
    return may_edit_quiz(person, quiz) or may_run_quiz(person, quiz)


def may_end_extra_time(person, extra):
    """Whoever runs the test; nobody for themselves."""
    return extra.person_id != person.id and may_run_quiz(person, quiz_of(extra.lineage))


def quiz_of(lineage):
    """The quiz of ``lineage`` in the newest published version of its course, or None."""
    return db.session.scalar(
        select(Quiz).join(Quiz.version).where(Quiz.lineage == lineage,
                                              CourseVersion.published_at.is_not(None))
        .order_by(CourseVersion.number.desc()).limit(1))


def may_print_set(person, paper_set):
    """Whoever runs the quiz prints its papers."""
    return may_run_quiz(person, paper_set.quiz)
