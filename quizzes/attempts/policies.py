"""Who may answer, who may see a result, and who watches over a test."""
from sqlalchemy import exists, or_, select

from lms.kernel.db import db
from lms.people.policies import is_officer, reads_all

from courses.catalogue.models import CourseVersion
from courses.catalogue.policies import may_edit_course
from courses.catalogue.queries import written_by
from courses.classes.models import ClassTrainer, CourseClass, Enrolment
from courses.classes.policies import teaches
from quizzes.attempts.models import Attempt
from quizzes.papers.policies import classes_taught, may_print_set


def may_answer_attempt(person, attempt):
    """Nobody reads or writes a running attempt but whose it is."""
    return attempt.person_id == person.id


def may_see_result(person, attempt):
    """A result is its owner's; officers and auditors may look at a finished one."""
    return attempt.person_id == person.id or (
        attempt.submitted_at is not None and reads_all(person))


def _watches_everybody(person, quiz):
    return is_officer(person) or may_edit_course(person, quiz.version.course)


def _taught(person, quiz):
    """The statement of the classes of the quiz's course that ``person`` teaches."""
    return (select(CourseClass.id).join(CourseClass.trainers)
            .where(ClassTrainer.person_id == person.id, CourseClass.cancelled_at.is_(None),
                   CourseClass.course_id == quiz.version.course_id))


def may_watch(person, quiz):
    """Officers, the course's trainers and those of its classes watch over a published test."""
    return quiz.version.published_at is not None and (
        _watches_everybody(person, quiz)
        or db.session.scalar(_taught(person, quiz).limit(1)) is not None)


def watched_by(person):
    """The SQL condition of the attempts over which ``person`` watches as a trainer of the course,
    or of a class of it in which whoever makes the attempt takes part.
    """
    return or_(
        CourseVersion.course_id.in_(written_by(person)),
        exists().where(
            Enrolment.person_id == Attempt.person_id, Enrolment.withdrawn_at.is_(None),
            Enrolment.class_id == CourseClass.id, CourseClass.cancelled_at.is_(None),
            CourseClass.course_id == CourseVersion.course_id,
            CourseClass.id == ClassTrainer.class_id, ClassTrainer.person_id == person.id))


def may_watch_class(person, course_class):
    """The tests of a class are watched over by officers, its trainers and the course's."""
    return course_class.cancelled_at is None and (
        is_officer(person) or teaches(person, course_class)
        or may_edit_course(person, course_class.course))


def people_watched(person, quiz):
    """Over whom ``person`` watches in ``quiz``: None for everybody, else a statement of ids.

    The trainer of a class watches over its participants and nobody else.
    """
    if _watches_everybody(person, quiz):
        return None
    return select(Enrolment.person_id).where(
        Enrolment.withdrawn_at.is_(None), Enrolment.class_id.in_(_taught(person, quiz)))


def may_watch_attempt(person, attempt):
    """Whether ``person`` watches over whoever's attempt it is."""
    if not may_watch(person, attempt.quiz):
        return False
    watched = people_watched(person, attempt.quiz)
    return watched is None or db.session.scalar(
        watched.where(Enrolment.person_id == attempt.person_id).limit(1)) is not None


def may_intervene(person, attempt):
    """Nobody extends, reopens or accepts for themselves."""
    return attempt.person_id != person.id and may_watch_attempt(person, attempt)


def may_take_passes(person):
    """Taking from people what they had passed, by a key corrected afterwards, is for officers."""
    return is_officer(person)


def may_void(person, attempt):
    """Officers void an attempt and restore it; nobody their own, and none of somebody who was
    erased.
    """
    return is_officer(person) and attempt.person_id != person.id and (
        attempt.person.erased_at is None)


def may_correct_paper(person, mark):
    """Whoever enters the papers of somebody corrects them; nobody their own, and none of somebody
    who was erased.
    """
    course = mark.set.quiz.version.course
    if mark.person_id == person.id or mark.person.erased_at or not (
            may_print_set(person, mark.set)):
        return False
    return may_edit_course(person, course) or db.session.scalar(
        select(Enrolment.id).where(
            Enrolment.person_id == mark.person_id, Enrolment.withdrawn_at.is_(None),
            Enrolment.class_id.in_(classes_taught(person, course))).limit(1)) is not None
