"""Who may answer, and who may see a result."""
from lms.people.policies import is_officer, reads_all


def may_answer_attempt(person, attempt):
    """Nobody reads or writes a running attempt but whose it is."""
    return attempt.person_id == person.id


def may_see_result(person, attempt):
    """A result is its owner's; officers and auditors may look at a finished one."""
    return attempt.person_id == person.id or (
        attempt.submitted_at is not None and reads_all(person))


def may_take_passes(person):
    """Taking from people what they had passed, by a key corrected afterwards, is for officers."""
    return is_officer(person)
