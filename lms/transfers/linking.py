"""Two records are one person: what is asked about the moves of one is asked about the main one."""
from lms.people.linking import owned
from lms.transfers.models import TransferRequest


def take_over(passage):
    """The requests about the other record go over."""
    for request in owned(TransferRequest, passage.source):
        passage.take(request)
