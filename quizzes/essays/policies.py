"""Who marks answers by hand."""
from lms.people.policies import is_officer, is_trainer


def may_mark_essays(person):
    """Trainers mark the answers of their courses, officers those of all; nobody their own."""
    return is_trainer(person) or is_officer(person)
