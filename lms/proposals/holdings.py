"""What is held of proposals about somebody."""
from lms.kernel.i18n import _l
from lms.people.holdings import ASKED, REASON, Column, Holding, by_person
from lms.proposals.models import Proposal

OWN = (
    Holding(Proposal, _l("Proposals"), by_person(Proposal), (
        Column("kind", _l("What"), lambda row: str(row.what.title)), Column("reason", REASON),
        *ASKED)),
)


def own_holdings():
    """What the proposals hold."""
    return OWN
