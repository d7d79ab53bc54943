"""Somebody proposes; whoever may do it does it in the usual way, or declines with a reason."""
from sqlalchemy import select

from lms.kernel import audit, clock
from lms.kernel.db import db
from lms.kernel.errors import Refusal
from lms.kernel.i18n import _, in_both
from lms.kernel.locks import advisory_lock, lock_row
from lms.kernel.naming import take_out
from lms.notices.actions import tell
from lms.proposals.kinds import kinds
from lms.proposals.models import Proposal
from lms.proposals.policies import may_decline, may_propose, may_take_back
from lms.proposals.queries import thing_of, waiting_about


def propose(kind, thing, reason, by):
    """Propose that what the ``kind`` tells is done to ``thing``; gives the Proposal.

    Refused for whoever may do it, or has nothing to do with it, where it is done already, where
    it is proposed already, and without a reason.
    """
    # Two presses of one button must not propose twice.
    advisory_lock(f"proposal {kind.key} {thing.id}")
    if not may_propose(by, kind, thing):
        raise Refusal(_("You may do this yourself, or have nothing to do with it."))
    if not reason:
        raise Refusal(_("Say why you propose this: whoever decides reads it."))
    if kind.is_done(thing):
        raise Refusal(_("This is done already, so nothing needs to be proposed."))
    if waiting_about(kind, thing.id):
        raise Refusal(_("This is proposed already and waits for an answer."))
    proposal = Proposal(kind=kind.key, thing_id=thing.id, reason=reason, asked_by_id=by.id,
                        person=kind.about(thing) or by)
    db.session.add(proposal)
    db.session.flush()
    audit.record(by, "proposal made", proposal, kind=kind.key, reason=reason)
    return proposal


def decline(proposal, reason, by):
    """Decline ``proposal`` with the ``reason`` that whoever made it reads."""
    _refuse_answered(proposal)
    if not may_decline(by, proposal):
        raise Refusal(_("Nobody answers a proposal of their own or about themselves. Ask another "
                        "training officer."))
    if not (reason or "").strip():
        raise Refusal(_("Say why you decline: whoever asked reads the reason."))
    proposal.answer = reason
    _answer(proposal, by)
    audit.record(by, "proposal declined", proposal)
    _tell(proposal, by, lambda words: _("%(name)s declined what you proposed: %(what)s. Reason: "
                                        "%(reason)s", name=by.full_name, reason=reason, **words))


def take_back(proposal, by):
    """Take ``proposal`` back while nobody has answered it."""
    _refuse_answered(proposal)
    if not may_take_back(by, proposal):
        raise Refusal(_("Only whoever asked takes a request back. Decline it with a reason."))
    _answer(proposal, by)
    audit.record(by, "proposal taken back", proposal)


def follow(verb, subject, by):
    """Something was done: what was proposed of it is answered thereby, and its proposers are told.
    """
    for kind in kinds.values():
        if verb in kind.doing:
            for proposal in waiting_about(kind, kind.doing[verb](subject)):
                proposal.done_at = clock.now()
                _answer(proposal, by)
                audit.record(by, "proposal done", proposal)
                _tell(proposal, by, lambda words: _(
                    "What you proposed is done: %(what)s.", **words))


def _refuse_answered(proposal):
    # Two who answer at once: the second finds it answered.
    lock_row(proposal)
    if proposal.decided_at is not None:
        raise Refusal(_("This request was decided meanwhile. Open it again to see the answer."))


def _answer(proposal, by):
    proposal.decided_at, proposal.decided_by_id = clock.now(), by.id if by else None
    db.session.flush()


def _tell(proposal, by, words):
    if proposal.asked_by and proposal.asked_by_id != (by.id if by else None):
        tell(proposal.asked_by, *in_both(lambda: words({"what": said(proposal)})),
             f"/proposals/{proposal.id}", f"proposal-{proposal.id}", by)


def said(proposal):
    """What is proposed and of which thing, in the language in force."""
    thing = thing_of(proposal)
    return f"{proposal.what.title}, {proposal.what.named(thing)}" if thing else str(
        proposal.what.title)


def forget_proposals(person, naming, **_former):
    """Somebody was erased: the reasons about them go, and the name in others; what still waited is
    declined.
    """
    for proposal in db.session.scalars(select(Proposal).filter_by(person_id=person.id)):
        proposal.reason = proposal.answer = ""
        proposal.decided_at = proposal.decided_at or clock.now()
    take_out((Proposal.reason, Proposal.answer), naming, person.full_name)
    db.session.flush()
