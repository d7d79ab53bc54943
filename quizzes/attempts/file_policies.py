"""Who may see the files that questions show, and those that were handed in."""
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from lms.kernel.db import db
from lms.people.policies import reads_all

from courses.catalogue.policies import may_edit_course
from quizzes.attempts.models import Attempt
from quizzes.attempts.queries import shown_of
from quizzes.questions.policies import versions_with


def may_read_file_of_question(person, file):
    """What a question shows is seen by whose paper asks it; what stands in its explanation or in
    what is said to an option, once that is told there: the address of a file can be guessed.
    """
    versions = versions_with(file)
    if not versions:
        return False
    attempts = db.session.scalars(
        select(Attempt).options(joinedload(Attempt.quiz)).where(Attempt.person_id == person.id))
    return any(item["version"] in versions
               and (versions[item["version"]] or _is_told(attempt, slot))
               for attempt in attempts for slot, item in enumerate(attempt.paper))


def _is_told(attempt, slot):
    """Whether whose attempt it is reads why the answer in ``slot`` is right."""
    if attempt.submitted_at is None:
        return attempt.quiz.practice and slot in attempt.locked
    return shown_of(attempt.quiz).explanation


def may_read_handed_in(person, handed):
    """A file handed in is its owner's; once the attempt is handed in, those who mark it, officers
    and auditors read it too.
    """
    attempt = handed.attempt
    if attempt.person_id == person.id:
        return True
    return attempt.submitted_at is not None and (
        reads_all(person) or may_edit_course(person, attempt.quiz.version.course))
