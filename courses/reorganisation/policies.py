"""Who reorganises units, and who reads what was done."""
from lms.people.policies import is_officer, reads_all


def may_reorganise(person):
    """Training officers (authorisation matrix, row 10)."""
    return is_officer(person)


def may_read_reorganisations(person):
    """Officers and auditors."""
    return reads_all(person)
