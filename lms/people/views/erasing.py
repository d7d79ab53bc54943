"""Erasing what identifies somebody who left: asked, then decided by another officer."""
from flask import flash, redirect, render_template, request, url_for
from markupsafe import Markup

from lms.kernel.i18n import _, ngettext
from lms.kernel.web import load, require, viewer
from lms.people.erasing import (
    ask_erasure,
    decline_erasure,
    erase,
    last_request,
    settle_mention,
    still_here,
    take_back_own,
)
from lms.people.mentions import mentions_left, mentions_of, places_of
from lms.people.models import ErasureRequest, Person
from lms.people.policies import is_officer
from lms.people.queries import erasures, erasures_waiting_for
from lms.people.views.blueprint import bp


def line_on_erasures(viewer):
    """On the officer's first page: the requests that wait for this officer's decision."""
    waiting = erasures_waiting_for(viewer)
    if not waiting:
        return None
    return Markup('<a href="{}">{}</a>').format(url_for("people.erasure_requests"), ngettext(
        "%(num)s request to erase waits for your decision",
        "%(num)s requests to erase wait for your decision", waiting))


def may_erase(person, _thing=None):
    """Training officers; two of them for one erasure."""
    return is_officer(person)


@bp.route("/people/<int:key>/erasure", methods=["GET", "POST"])
def erasure(key):
    """What goes and what stays; asking for it."""
    person = load(Person, key, may_erase)
    if request.method == "POST":
        ask_erasure(person, request.form.get("reason", "").strip()[:300], by=viewer())
        flash(_("Asked. Another training officer decides."), "good")
        return redirect(url_for(".erasure_requests"))
    return render_template("people/erasure.html", person=person,
                           mentions=places_of(mentions_of(person)))


@bp.route("/my-data/erasure", methods=["GET", "POST"])
def my_erasure():
    """Asking for one's own erasure; while one works here, why it cannot be done yet."""
    person = viewer()
    if request.method == "POST":
        ask_erasure(person, request.form.get("reason", "").strip()[:300], by=person)
        flash(_("Asked. A training officer decides."), "good")
        return redirect(url_for(".my_erasure"))
    return render_template("people/my_erasure.html", asked=last_request(person),
                           here=still_here(person))


@bp.post("/my-data/erasure/taking-back")
def my_erasure_back():
    """Whoever asked wants everything kept after all."""
    take_back_own(viewer())
    flash(_("Taken back. Everything stays as it is."), "good")
    return redirect(url_for(".my_data"))


@bp.get("/erasures")
def erasure_requests():
    """What is asked for and what was decided."""
    require(may_erase)
    return render_template("people/erasures.html", requests=erasures())


@bp.get("/erasures/<int:key>")
def erasure_request(key):
    """One request: deciding it, with the texts for many in which the name stands, before and after.
    """
    asked = load(ErasureRequest, key, may_erase)
    mentions = mentions_left(asked.person) if asked.decided_at else mentions_of(asked.person)
    return render_template("people/erasure_request.html", asked=asked, me=viewer(),
                           mentions=None if mentions is None else places_of(mentions, asked))


@bp.post("/erasures/<int:key>/texts")
def erasure_text(key):
    """A text that held the name was dealt with, or is to be looked at again."""
    asked = load(ErasureRequest, key, may_erase)
    settle_mention(asked, request.form.get("text", ""), by=viewer(),
                   done=request.form.get("done") == "1")
    return redirect(url_for(".erasure_request", key=key, _anchor="mentions"))


@bp.post("/erasures/<int:key>")
def erasure_decision(key):
    """Erase, or keep everything."""
    asked = load(ErasureRequest, key, may_erase)
    if request.form.get("decision") == "erase":
        erase(asked, by=viewer())
        flash(_("Erased. The facts stay under a pseudonym; no figure changes."), "good")
        return redirect(url_for(".erasure_request", key=key))
    decline_erasure(asked, by=viewer())
    flash(_("Declined; nothing was erased."), "good")
    return redirect(url_for(".erasure_requests"))
