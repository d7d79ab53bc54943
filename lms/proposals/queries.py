"""The proposals that wait, and what became of the others."""
from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from lms.kernel.db import db
from lms.people.models import WAITING
from lms.people.policies import is_officer, reads_all
from lms.proposals.models import Proposal


def proposals_seen_by(viewer, state=""):
    """The statement of the proposals ``viewer`` may see: one's own, for those who read everything
    all.  ``state`` is one of Proposal.states() or nothing.
    """
    states = Proposal.states()
    statement = select(Proposal).options(
        joinedload(Proposal.person), joinedload(Proposal.asked_by)).order_by(*Proposal.in_turn())
    if state in states:
        statement = statement.where(states[state])
    return statement if reads_all(viewer) else statement.where(
        Proposal.asked_by_id == viewer.id)


def waiting_about(kind, thing_id):
    """The proposals of this kind about the thing that nobody has answered."""
    return db.session.scalars(select(Proposal).where(
        Proposal.kind == kind.key, Proposal.thing_id == thing_id,
        Proposal.states()[WAITING])).all()


def waiting_for(viewer):
    """How many proposals wait for ``viewer`` or another officer."""
    return db.session.scalar(select(func.count()).select_from(Proposal).where(
        Proposal.states()[WAITING], Proposal.asked_by_id != viewer.id,
        Proposal.person_id != viewer.id)) if is_officer(viewer) else 0


def thing_of(proposal):
    """The thing it is about, or None where it is gone."""
    return db.session.get(proposal.what.model, proposal.thing_id)
