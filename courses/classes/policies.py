"""Who may see a class, run it, and send people to it."""
from lms.people.policies import (
    answers_for_people,
    is_auditor,
    is_officer,
    is_trainer,
    units_answered,
)


def teaches(person, course_class):
    """Whether ``person`` is a trainer of the class."""
    return any(trainer.person_id == person.id for trainer in course_class.trainers)


def may_run_class(person, course_class):
    """Officers, the trainers of the class, and who answers for the unit that organises it."""
    return (is_officer(person) or teaches(person, course_class)
            or course_class.organiser_id in units_answered(person))


def may_open_classes(person):
    """Officers open classes for all, trainers theirs, units their own internal ones."""
    return is_officer(person) or is_trainer(person) or answers_for_people(person)


def may_follow_classes(person):
    """The list of all classes is for those who run, send people to, or check them."""
    return may_open_classes(person) or is_auditor(person)


def open_for_people(course_class):
    """Whether the class takes people: opened, not closed, not cancelled."""
    return (course_class.opened_at is not None and course_class.closed_at is None
            and course_class.cancelled_at is None)


def may_nominate_into(person, course_class):
    """Officers and those who answer for people send them while the class takes people."""
    return open_for_people(course_class) and (is_officer(person) or answers_for_people(person))


def may_see_class(person, course_class):
    """When and where an opened class is, everybody may see; who is in it has its own gate."""
    return (course_class.opened_at is not None or may_run_class(person, course_class)
            or is_auditor(person))


def may_see_roster(person, course_class):
    """Who runs a class sees everybody in it; who answers for people sees theirs."""
    return (may_run_class(person, course_class) or is_auditor(person)
            or answers_for_people(person))


def may_see_session(person, session):
    """The attendance of a session is marked by those who run its class."""
    return may_run_class(person, session.course_class)
