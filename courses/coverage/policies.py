"""Who may follow the figures, set goals, and send people to classes."""
from lms.people.policies import (
    answers_for_people,
    follows_people,
    is_officer,
    may_answer,
    may_follow_person,
    may_look_back,
    reads_all,
)

from courses.classes.policies import may_nominate_into


def may_follow_province(person):
    """The whole province is for officers and auditors."""
    return reads_all(person)


def may_follow_unit(person, unit):
    """The figures and names of a unit are for those who answer for it or for what it has become,
    officers and auditors."""
    return may_look_back(person, unit)


def may_follow_some_unit(person):
    """Whether ``person`` has a unit of their own to follow."""
    return answers_for_people(person)


def may_set_goals(person):
    """Officers set goals."""
    return is_officer(person)


def may_read_goals(person):
    """Goals are read by those who follow figures."""
    return follows_people(person)


def may_nominate(person, course_class):
    """Whoever answers for people sends them to classes that take people."""
    return may_nominate_into(person, course_class)


def may_act_for(person, unit):
    """Whether ``person`` may nominate and ask for the people of ``unit``."""
    return may_answer(person, unit)


def may_ask_exemption(person, other):
    """The head or contact person of a unit asks for its people; an officer for anybody."""
    return is_officer(person) or (answers_for_people(person) and may_follow_person(person, other))


def may_see_exemption(person, thing):
    """A request or an exemption is seen by whom it is about and by those who follow them."""
    return person.id == thing.person_id or reads_all(person) or (
        answers_for_people(person) and may_follow_person(person, thing.person))


def may_see_scan(person, request):
    """Whoever sees a request sees its scan, until whom it is about was erased."""
    return request.person.erased_at is None and may_see_exemption(person, request)


def may_decide_exemption(person, request):
    """An officer decides, but never a request of their own or about themselves."""
    return is_officer(person) and person.id not in (request.person_id, request.asked_by_id)


def may_end_exemption(person, exemption):
    """An officer ends an exemption, but not their own."""
    return (is_officer(person) and exemption.superseded_at is None
            and person.id != exemption.person_id)


def may_list_exemptions(person):
    """The list of exemptions is for those who follow figures."""
    return may_read_goals(person)


def may_read_checks(person):
    """What the nightly look over the facts found is for officers and auditors."""
    return reads_all(person)


def may_check(person):
    """An officer has all facts looked over at once."""
    return is_officer(person)
