"""Who may learn from a test."""
from lms.people.policies import is_trainer, reads_all

from courses.catalogue.policies import may_edit_course


def may_see_insight(person, quiz):
    """The trainers of the course, officers and auditors."""
    return quiz.version.published_at is not None and (
        reads_all(person) or may_edit_course(person, quiz.version.course))


def may_list_tests(person):
    """The list of tests is for those who teach and those who read all."""
    return is_trainer(person) or reads_all(person)
