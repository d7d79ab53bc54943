"""Who looks after the system."""
from lms.people.policies import is_officer, reads_all


def may_read_system(person):
    """The state of the system is read by officers and auditors; it holds no secret."""
    return reads_all(person)


def may_run_system(person):
    """What needs somebody's hand is told to officers."""
    return is_officer(person)


def may_verify_trail(person):
    """Officers and auditors verify the seals of the trail and take a checkpoint along
    (authorisation matrix, row 59).
    """
    return reads_all(person)
