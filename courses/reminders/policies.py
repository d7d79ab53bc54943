"""Who may remind, who sees what was sent, who sets the ladders."""
from lms.people.policies import follows_people, is_officer, may_answer


def may_see_reminders(person):
    """Officers and auditors see all reminders, whoever answers for a unit those of its people."""
    return follows_people(person)


def may_remind(person, unit):
    """Whoever acts for the people of ``unit`` reminds them."""
    return may_answer(person, unit)


def may_set_ladders(person):
    """Officers say when who is reminded."""
    return is_officer(person)
