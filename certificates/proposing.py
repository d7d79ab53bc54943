"""Who answers for somebody, or taught them, proposes that a certificate is revoked (row 51)."""
from flask import url_for

from lms.kernel.i18n import _l
from lms.proposals.kinds import Kind

from certificates.models import Certificate
from certificates.policies import may_correct, may_see

REVOKING = Kind(
    "revocation", _l("Revoke a certificate"),
    _l("Say what is wrong with it, and how that can be seen."), Certificate,
    lambda person, one: one.person_id != person.id and may_see(person, one), may_correct,
    lambda one: one.person, lambda one: f"{one.printed_number}, {one.person.full_name}",
    lambda one: url_for("certificates.certificate", key=one.id),
    lambda one: url_for("certificates.revocation", key=one.id),
    lambda one: one.revoked_on is not None, {"certificate revoked": lambda one: one.id})
