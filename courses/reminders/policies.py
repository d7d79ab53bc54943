"""Who may remind, who sees what was sent, who sets the ladders."""
from lms.people.policies import answers_for_people, is_officer, may_answer, reads_all


def may_see_reminders(person):
    """Officers and auditors see all reminders, whoever answers for a unit those of its people."""
    return reads_all(person) or answers_for_people(person)


def may_remind(person, unit):
    """Whoever acts for the people of ``unit`` reminds them."""
    return may_answer(person, unit)


def may_set_ladders(person):
    """Officers say when who is reminded."""
    return is_officer(person)
