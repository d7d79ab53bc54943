"""Whoever answers for somebody proposes a role for them, or that one ends (matrix, row 9)."""
from flask import url_for

from lms.accounts.policies import may_see_roles
from lms.kernel.i18n import _l
from lms.people.models import Person
from lms.people.policies import answers_for_people, may_follow_person
from lms.proposals.kinds import Kind


def may_propose_role(person, other):
    """Whoever answers for the people of a unit, for these; not for themselves."""
    return person.id != other.id and other.erased_at is None and answers_for_people(person) and (
        may_follow_person(person, other))


ROLE = Kind(
    "role", _l("Grant a role, or end it"),
    _l("Say which role, for which unit or class, from when and until when."), Person,
    may_propose_role, lambda person, _other: may_see_roles(person), lambda person: person,
    lambda person: person.full_name, lambda person: url_for("people.show", key=person.id),
    lambda person: url_for("accounts.new_role", key=person.id),
    doing={verb: lambda role: role.person_id for verb in ("role granted", "role ended")})
