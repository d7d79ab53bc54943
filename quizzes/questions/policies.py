"""Who may write questions."""
from lms.people.policies import is_officer

from courses.catalogue.policies import may_edit_course


def may_edit_question(person, question):
    """The authors of the course own its questions; an officer all of them."""
    return is_officer(person) or (
        question.course is not None and may_edit_course(person, question.course))
