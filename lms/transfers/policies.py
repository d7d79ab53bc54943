"""Who asks for a move between units, who sees it, and who decides."""
from lms.people.policies import (
    answers_for_people,
    is_officer,
    may_answer,
    may_change_person,
    may_list_people,
    reads_all,
)


def may_list_transfers(person):
    """The list of requests is for those who follow people."""
    return may_list_people(person)


def may_report_transfer(person, other):
    """Who may change ``other``; an officer needs to ask nobody, and records the move."""
    return not is_officer(person) and may_change_person(person, other)


def may_fetch(person):
    """Whoever answers for a unit may ask for somebody of another one."""
    return answers_for_people(person) and not is_officer(person)


def may_see_transfer(person, request):
    """Both sides see a request, and those who read everything."""
    return reads_all(person) or may_answer(person, request.from_unit) or (
        may_answer(person, request.unit))


def may_decide_transfer(person, request):
    """Whoever answers for the unit that is asked, and officers; nobody what they asked for
    themselves, nor about themselves."""
    return person.id not in (request.person_id, request.asked_by_id) and (
        may_answer(person, request.asked_of))


def may_withdraw_transfer(person, request):
    """Whoever asked takes it back."""
    return person.id == request.asked_by_id
