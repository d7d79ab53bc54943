"""Who may lock reports, read them, and see them on paper."""
from lms.people.policies import (
    follows_people,
    is_officer,
    may_answer,
    may_look_back,
)

from courses.classes.policies import may_arrange_class


def may_lock(person):
    """Officers lock reports."""
    return is_officer(person)


def may_read_reports(person):
    """Reports are read by officers, auditors, and those who answer for a unit."""
    return follows_people(person)


def may_see(person, report):
    """A report is read by whoever follows its unit or what it has become: officers, auditors, the
    heads of the unit."""
    return may_look_back(person, report.unit)


def may_end(person, _report):
    """An officer withdraws a report or puts another in its place."""
    return is_officer(person)


def may_draft(person, unit):
    """Whoever follows a unit or what it has become may see what a report of it would say now."""
    return may_look_back(person, unit)


def may_write_letters(person, course_class):
    """The letters and decisions of a class are for whoever arranges it."""
    return may_arrange_class(person, course_class)


def may_phone(person, unit):
    """The list with phone numbers is for those who act for the people of the unit."""
    return may_answer(person, unit)
