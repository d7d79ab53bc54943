"""What is held of moves that were asked for."""
from lms.kernel.i18n import _l, named
from lms.people.holdings import ASKED, RECORDED, Column, Holding, by_person
from lms.transfers.models import TransferRequest

OWN = (
    Holding(TransferRequest, _l("Requests for a move"), by_person(TransferRequest), (
        Column("from_unit", _l("From the unit"), lambda row: named(row.from_unit)),
        Column("unit", _l("To the unit"), lambda row: named(row.unit)),
        Column("title", _l("Job title")), RECORDED[0], Column("act", _l("Decision")), *ASKED),
        (TransferRequest.from_unit, TransferRequest.unit)),
)


def own_holdings():
    """What the requests for a move hold."""
    return OWN
