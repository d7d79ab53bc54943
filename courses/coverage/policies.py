"""Who may follow the figures, set goals, and send people to classes."""
from lms.people.policies import (
    answers_for_people,
    is_officer,
    may_answer,
    may_follow,
    reads_all,
)

from courses.classes.policies import may_nominate_into


def may_follow_province(person):
    """The whole province is for officers and auditors."""
    return reads_all(person)


def may_follow_unit(person, unit):
    """The figures and names of a unit are for those who answer for it, officers and auditors."""
    return may_follow(person, unit)


def may_follow_some_unit(person):
    """Whether ``person`` has a unit of their own to follow."""
    return answers_for_people(person)


def may_set_goals(person):
    """Officers set goals."""
    return is_officer(person)


def may_read_goals(person):
    """Goals are read by those who follow figures."""
    return reads_all(person) or answers_for_people(person)


def may_nominate(person, course_class):
    """Whoever answers for people sends them to classes that take people."""
    return may_nominate_into(person, course_class)


def may_act_for(person, unit):
    """Whether ``person`` may nominate and ask for the people of ``unit``."""
    return may_answer(person, unit)
