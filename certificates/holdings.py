"""What is held of somebody's certificates."""
from lms.kernel.i18n import _l
from lms.people.holdings import REASON, Column, Holding, by_person

from certificates.models import Certificate

OWN = (
    Holding(Certificate, _l("Certificates"), by_person(Certificate), (
        Column("printed_number", _l("Number")), Column("code", _l("Code")),
        Column("issued_on", _l("Issued on")), Column("valid_until", _l("Valid until")),
        Column("name", _l("Name as printed"), lambda row: row.printed.get("name")),
        Column("review_since", _l("Under review since")), Column("review_reason", REASON),
        Column("upheld_on", _l("Upheld on")), Column("upheld_reason", REASON),
        Column("revoked_on", _l("Revoked on")), Column("revoked_reason", REASON))),
)


def own_holdings():
    """What certificates hold."""
    return OWN
