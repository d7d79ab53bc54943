"""Who may take a quiz, see a result, and write questions."""
from lms.people.policies import is_officer, reads_all

from courses.catalogue.policies import may_edit_course
from courses.completions.policies import may_take_part


def may_take(person, quiz):
    """Whoever takes part in the course may take its quiz, once that version was published."""
    return quiz.version.published_at is not None and may_take_part(person, quiz.version.course)


def may_edit_quiz(person, quiz):
    """The authors of the course write its draft's quizzes."""
    return may_edit_course(person, quiz.version.course)


def may_answer_attempt(person, attempt):
    """Nobody reads or writes a running attempt but whose it is."""
    return attempt.person_id == person.id


def may_see_result(person, attempt):
    """A result is its owner's; officers and auditors may look at a finished one."""
    return attempt.person_id == person.id or (
        attempt.submitted_at is not None and reads_all(person))


def may_edit_question(person, question):
    """The authors of the course own its questions; an officer all of them."""
    return is_officer(person) or (
        question.course is not None and may_edit_course(person, question.course))
