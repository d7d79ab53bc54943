"""Who may read and rule groups, and confirm who belongs to them."""
from lms.people.policies import follows_people, is_officer, may_answer


def may_read_groups(person, _group=None):
    """Those who follow figures read whom a group means and by what rule."""
    return follows_people(person)


def may_rule_groups(person, _group=None):
    """Officers set and end the rule of a group."""
    return is_officer(person)


def may_read_confirmations(person):
    """Officers and auditors read those of all units, who answers for a unit those below it."""
    return follows_people(person)


def may_open_round(person):
    """Officers ask all units once a year."""
    return is_officer(person)


def may_confirm(person, unit):
    """The head or the contact person of a unit confirms; an officer for any of them."""
    return may_answer(person, unit)
