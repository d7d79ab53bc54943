"""Who may see the files that questions show, and those that were handed in."""
from sqlalchemy import select

from lms.kernel.db import db
from lms.people.policies import reads_all

from courses.catalogue.models import CourseVersion
from courses.catalogue.policies import may_edit_course
from quizzes.attempts.models import Attempt
from quizzes.papers.models import Quiz
from quizzes.questions.policies import courses_asking_with


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


def may_read_handed_in(person, handed):
    """A file handed in is its owner's; once the attempt is handed in, those who mark it, officers
    and auditors read it too.
    """
    attempt = handed.attempt
    if attempt.person_id == person.id:
        return True
    return attempt.submitted_at is not None and (
        reads_all(person) or may_edit_course(person, attempt.quiz.version.course))
