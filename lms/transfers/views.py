"""Pages of moves between units: asked for, listed, decided."""
from datetime import timedelta

from flask import Blueprint, flash, redirect, render_template, request, url_for

from lms.kernel import clock
from lms.kernel.db import db
from lms.kernel.errors import Refusal
from lms.kernel.forms import choices
from lms.kernel.i18n import _, day, named, ngettext
from lms.kernel.pages import paged
from lms.kernel.web import load, require, viewer
from lms.organisations.models import Unit
from lms.organisations.queries import units_on
from lms.people.actions import current_posts
from lms.people.models import WAITING, Person
from lms.people.offers import corrections_told, line
from lms.people.policies import may_follow_person, scope_of
from lms.transfers.actions import agree, ask_transfer, decline, withdraw
from lms.transfers.forms import AnswerForm, FetchForm, TransferForm
from lms.transfers.models import TransferRequest
from lms.transfers.policies import (
    may_decide_transfer,
    may_fetch,
    may_list_transfers,
    may_report_transfer,
    may_see_transfer,
    may_withdraw_transfer,
)
from lms.transfers.queries import people_known_as, transfers_seen_by, transfers_waiting_for

bp = Blueprint("transfers", __name__, template_folder="templates")


@bp.get("/transfer-requests")
def transfers():
    """The requests that wait, and those decided."""
    require(may_list_transfers)
    state = request.args.get("state", WAITING)
    return render_template("transfers/transfers.html", state=state, may_fetch=may_fetch(viewer()),
                           page=paged(transfers_seen_by(viewer(), state)))


@bp.route("/people/<int:key>/transfer-requests", methods=["GET", "POST"])
def new_transfer(key):
    """Ask that somebody of the viewer's moves to a unit the viewer does not answer for."""
    person = load(Person, key, may_report_transfer)
    form = with_units(TransferForm(valid_from=clock.today()), ours=False)
    if form.validate_on_submit():
        return asked(person, form)
    return render_template("transfers/new_transfer.html", form=form, person=person,
                           held=current_posts(person, clock.today()))


@bp.route("/transfer-requests/new", methods=["GET", "POST"])
def fetching():
    """Ask that somebody of another unit comes to one of the viewer's."""
    require(may_fetch)
    form = with_units(FetchForm(valid_from=clock.today()), ours=True)
    if form.validate_on_submit():
        return asked(known_person(form), form)
    return render_template("transfers/fetching.html", form=form)


def with_units(form, ours):
    """Give the form the units the viewer acts for (``ours``), or all others."""
    scope = scope_of(viewer())
    units = [(unit.id, named(unit)) for unit in units_on(clock.today())
             if (unit.id in scope) is ours]
    form.unit_id.choices = choices(units if len(units) == 1
                                   else [("", _("Choose a unit…")), *units])
    return form


def known_person(form):
    """The one person whom the form describes."""
    found = people_known_as(form.full_name.data, form.known_by.data, form.birth())
    if len(found) == 1:
        return found[0]
    raise Refusal(
        _("Two people fit. Type the staff code; the unit they come from has it.") if found else
        _("Nobody has this name together with this code or birth. Compare them with the decision, "
          "or enter the person anew if they come from outside the province."))


def asked(person, form):
    """Ask what the form says; the answer is the page of the request."""
    unit = load(Unit, form.unit_id.data, lambda *_: True)
    made = ask_transfer(person, {
        "unit": unit, "title": form.title.data or "", "valid_from": form.valid_from.data,
        "act": form.act.data}, by=viewer())
    flash(_("The request is sent to %(unit)s. The post changes when they agree.",
            unit=named(made.asked_of)), "good")
    return redirect(url_for(".transfer", key=made.id))


@bp.get("/transfer-requests/<int:key>")
def transfer(key):
    """One request: who moves where by which decision, and the answer."""
    return request_page(load(TransferRequest, key, may_see_transfer), AnswerForm())


def request_page(record, form):
    """The page of a request; the other side decides here, whoever asked takes it back."""
    waits = record.state == WAITING
    return render_template(
        "transfers/transfer.html", asked=record, form=form,
        follows=may_follow_person(viewer(), record.person), blocks=corrected_by(record),
        may_decide=waits and may_decide_transfer(viewer(), record),
        may_withdraw=waits and may_withdraw_transfer(viewer(), record))


def corrected_by(record):
    """What a move that reached into the past corrected in figures and locked reports."""
    if record.posting_id is None or record.valid_from >= clock.local(record.decided_at).date():
        return []
    return corrections_told([record.person], record.valid_from,
                            record.decided_at - timedelta(microseconds=1))


@bp.post("/transfer-requests/<int:key>/decision")
def transfer_decision(key):
    """Agree or decline."""
    record = load(TransferRequest, key, may_decide_transfer)
    form = AnswerForm()
    if not form.validate_on_submit():
        return request_page(record, form)
    if request.form.get("decision") == "agree":
        agree(record, by=viewer())
        # What the person holds is no longer what was loaded before.
        db.session.expire(record.person, ["postings"])
        flash(_("Agreed: %(name)s is in %(unit)s from %(first)s on; figures follow from that day.",
                name=record.person.full_name, unit=named(record.unit),
                first=day(record.valid_from)), "good")
    else:
        decline(record, form.answer.data, by=viewer())
        flash(_("Declined; whoever asked reads the reason."), "good")
    return redirect(url_for(".transfer", key=record.id))


@bp.post("/transfer-requests/<int:key>/withdrawal")
def transfer_withdrawal(key):
    """Take a request back."""
    record = load(TransferRequest, key, may_withdraw_transfer)
    withdraw(record, by=viewer())
    flash(_("Taken back. Nothing was moved."), "good")
    return redirect(url_for(".transfers"))


def line_on_transfers(person):
    """How many moves wait for the viewer's answer, as a line of their first page."""
    waiting = transfers_waiting_for(person)
    return waiting and line(url_for("transfers.transfers"), ngettext(
        "%(num)s move between units waits for an answer.",
        "%(num)s moves between units wait for an answer.", waiting))


def links_for(person, other=None):
    """What can be asked for: from the page of ``other``, or with nobody from the list of people;
    pairs of word and address."""
    if other is None:
        return [(_("Comes from another unit"), url_for("transfers.fetching"))] if (
            may_fetch(person)) else []
    return [(_("To a unit of others"), url_for("transfers.new_transfer", key=other.id))] if (
        may_report_transfer(person, other)) else []
