"""Pages of proposals: made, listed, answered."""
from flask import Blueprint, abort, flash, redirect, render_template, request, url_for

from lms.kernel.i18n import _, ngettext
from lms.kernel.pages import paged
from lms.kernel.web import key_of, load, require, viewer
from lms.people.models import WAITING
from lms.people.offers import line
from lms.people.policies import is_officer
from lms.proposals.actions import decline, propose, said, take_back
from lms.proposals.forms import DecliningForm, ProposalForm
from lms.proposals.kinds import kinds
from lms.proposals.models import Proposal
from lms.proposals.policies import (
    may_decline,
    may_list_proposals,
    may_propose,
    may_see_proposal,
    may_take_back,
)
from lms.proposals.queries import proposals_seen_by, thing_of, waiting_for
from lms.proposals.roles import ROLE

bp = Blueprint("proposals", __name__, template_folder="templates")


@bp.get("/proposals")
def proposals():
    """The proposals that wait, and those answered."""
    require(may_list_proposals)
    state = request.args.get("state", WAITING)
    return render_template("proposals/proposals.html", state=state, said=said,
                           page=paged(proposals_seen_by(viewer(), state)))


@bp.route("/proposals/new", methods=["GET", "POST"])
def new_proposal():
    """Propose what the address names."""
    kind = kinds.get(request.args.get("kind")) or abort(404)
    thing = load(kind.model, key_of(request.args.get("thing", "")), lambda person, one: may_propose(
        person, kind, one))
    form = ProposalForm()
    if form.validate_on_submit():
        made = propose(kind, thing, form.reason.data.strip(), by=viewer())
        flash(_("Proposed. You are told what becomes of it."), "good")
        return redirect(url_for(".proposal", key=made.id))
    return render_template("proposals/new_proposal.html", form=form, kind=kind, thing=thing)


@bp.get("/proposals/<int:key>")
def proposal(key):
    """One proposal: what, why, and the answer."""
    return proposal_page(load(Proposal, key, may_see_proposal), DecliningForm())


def proposal_page(record, form):
    """The page of a proposal; officers do it in the usual form or decline here."""
    waits, thing = record.state == WAITING, thing_of(record)
    return render_template(
        "proposals/proposal.html", asked=record, form=form, said=said(record), thing=thing,
        is_done=thing is not None and record.what.is_done(thing),
        way=record.what.way(thing) if thing is not None and waits and (
            record.what.may_do(viewer(), thing)) else None,
        may_decline=waits and may_decline(viewer(), record),
        may_take_back=waits and may_take_back(viewer(), record))


@bp.post("/proposals/<int:key>/declining")
def declining(key):
    """Decline a proposal."""
    record, form = load(Proposal, key, may_decline), DecliningForm()
    if not form.validate_on_submit():
        return proposal_page(record, form)
    decline(record, form.answer.data, by=viewer())
    flash(_("Declined; whoever asked reads the reason."), "good")
    return redirect(url_for(".proposal", key=record.id))


@bp.post("/proposals/<int:key>/withdrawal")
def withdrawal(key):
    """Take a proposal back."""
    record = load(Proposal, key, may_take_back)
    take_back(record, by=viewer())
    flash(_("Taken back."), "good")
    return redirect(url_for(".proposals"))


def way_to_propose(kind, thing):
    """Where the viewer proposes what ``kind`` tells of ``thing``; None for who may not."""
    person = viewer()
    return url_for("proposals.new_proposal", kind=kind.key, thing=thing.id) if (
        person is not None and may_propose(person, kind, thing)) else None


def line_on_proposals(person):
    """How many proposals wait for an answer, on the officer's first page."""
    waiting = waiting_for(person) if is_officer(person) else 0
    return waiting and line(url_for("proposals.proposals"), ngettext(
        "%(num)s proposal waits for an answer.", "%(num)s proposals wait for an answer.", waiting))


def links_for(person, other=None):
    """From the page of somebody: the way to propose a role for them; pairs of word and address."""
    if other is None or not may_propose(person, ROLE, other):
        return []
    return [(_("Propose a role"), way_to_propose(ROLE, other))]
