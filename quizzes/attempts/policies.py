"""Who may answer, and who may see a result."""
from sqlalchemy import select

from lms.kernel.db import db
from lms.people.policies import reads_all

from courses.catalogue.models import CourseVersion
from quizzes.attempts.models import Attempt
from quizzes.papers.models import Quiz
from quizzes.questions.policies import courses_asking_with


def may_answer_attempt(person, attempt):
    """Nobody reads or writes a running attempt but whose it is."""
    return attempt.person_id == person.id


def may_see_result(person, attempt):
    """A result is its owner's; officers and auditors may look at a finished one."""
    return attempt.person_id == person.id or (
        attempt.submitted_at is not None and reads_all(person))


def may_read_file_of_question(person, file):
    """What a question shows is seen by those who have begun a test of its course."""
    courses = courses_asking_with(file)
    if not courses:
        return False
    return db.session.scalar(
        select(Attempt.id).join(Quiz, Quiz.id == Attempt.quiz_id)
        .join(CourseVersion, CourseVersion.id == Quiz.version_id)
        .where(Attempt.person_id == person.id, CourseVersion.course_id.in_(courses))
        .limit(1)) is not None
