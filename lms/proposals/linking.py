"""Two records are one person: what was proposed about the other one is about the main one."""
from lms.people.linking import owned
from lms.proposals.models import Proposal


def take_over(passage):
    """The proposals about the other record go over."""
    for proposal in owned(Proposal, passage.source):
        passage.take(proposal)
