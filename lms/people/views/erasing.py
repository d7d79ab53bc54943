"""Erasing what identifies somebody who left: asked, then decided by another officer."""
from flask import flash, redirect, render_template, request, url_for
from markupsafe import Markup

from lms.kernel.i18n import _, ngettext
from lms.kernel.web import load, require, viewer
from lms.people.erasing import ask_erasure, decline_erasure, erase
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
    return render_template("people/erasure.html", person=person)


@bp.get("/erasures")
def erasure_requests():
    """What is asked for and what was decided."""
    require(may_erase)
    return render_template("people/erasures.html", requests=erasures(), me=viewer())


@bp.post("/erasures/<int:key>")
def erasure_decision(key):
    """Erase, or keep everything."""
    asked = load(ErasureRequest, key, may_erase)
    if request.form.get("decision") == "erase":
        erase(asked, by=viewer())
        flash(_("Erased. The facts stay under a pseudonym; no figure changes."), "good")
    else:
        decline_erasure(asked, by=viewer())
        flash(_("Declined; nothing was erased."), "good")
    return redirect(url_for(".erasure_requests"))
