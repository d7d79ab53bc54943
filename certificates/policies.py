"""Who may see, correct and revoke a certificate."""
from lms.kernel import clock
from lms.people.policies import answers_for_people, follows_people, is_officer, reads_all, scope_of
from lms.people.queries import units_of


def may_see(person, certificate):
    """The holder sees it, and so do those who follow the holder's people."""
    if certificate.person_id == person.id or reads_all(person):
        return True
    if not answers_for_people(person):
        return False
    return bool(scope_of(person) & units_of(certificate.person_id, clock.today()))


def may_correct(person, certificate):
    """An officer corrects and revokes, but never their own certificate."""
    return is_officer(person) and certificate.person_id != person.id


def may_decide_reviews(person):
    """An officer decides about certificates under review, never about their own."""
    return is_officer(person)


def may_read_register(person):
    """The register is open to officers, auditors, and those who answer for people."""
    return follows_people(person)


def may_manage_issuers(person):
    """An officer says who issues certificates and who signs them."""
    return is_officer(person)
