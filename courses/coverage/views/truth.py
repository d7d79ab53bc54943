"""What the look over all facts found, each fault with its rows; and the officer's first lines."""
from flask import flash, redirect, render_template, url_for
from sqlalchemy import select

from lms.kernel.db import db
from lms.kernel.i18n import _, _l, moment, ngettext
from lms.kernel.transaction import looking, transaction
from lms.kernel.web import by_itself, load, require, turn_away, viewer
from lms.organisations.models import Unit
from lms.people.models import Person
from lms.people.offers import line
from lms.people.policies import is_officer

from courses.completions.outside_queries import outside_waiting
from courses.coverage.exemption_queries import generous_units, requests_waiting
from courses.coverage.models import Goal, TruthCheck
from courses.coverage.policies import may_check, may_read_checks
from courses.coverage.truth_actions import keep_check, looked_over
from courses.coverage.truth_queries import checks_so_far, last_check, rules
from courses.coverage.views.blueprint import bp

#: What the rows at fault are called.
ROWS = {"posting": _l("post"), "membership": _l("membership"), "completion": _l("completion"),
        "exemption": _l("exemption"), "placement": _l("place in the tree"), "goal": _l("goal"),
        "person": _l("person"), "certificate": _l("certificate"), "register": _l("register"),
        "audit_entry": _l("entry of the trail"), "audit_seal": _l("seal")}


@bp.get("/truth")
def truth():
    """The newest look over all facts."""
    require(may_read_checks)
    return check_page(last_check())


@bp.get("/truth/<int:key>")
def truth_of(key):
    """One look over all facts, as it was."""
    return check_page(load(TruthCheck, key, lambda person, _check: may_read_checks(person)))


def check_page(check):
    """The page of a look: each rule, and each fault with whom and what it concerns."""
    faults = check.faults if check else []
    return render_template(
        "coverage/truth.html", check=check, rules=rules(), faults=faults, checks=checks_so_far(),
        row_words=ROWS,
        may_check=may_check(viewer()), total=sum(check.counts.values()) if check else 0,
        people=named_by_id(Person, faults, "person"), units=named_by_id(Unit, faults, "unit"),
        goals=named_by_id(Goal, faults, "goal"))


def named_by_id(model, faults, part):
    """id → the thing that the faults concern."""
    keys = {fault[part] for fault in faults if fault[part]}
    return {row.id: row for row in db.session.scalars(select(model).where(model.id.in_(keys)))}


@bp.post("/truth")
@by_itself
def new_truth():
    """Look over all facts now.

    By itself, since whoever writes meanwhile shall not wait: it reads first, and then writes.
    """
    if viewer() is None:
        turn_away()
    with looking():
        require(may_check)
        found = looked_over()
    with transaction():
        faults = sum(keep_check(found, by=viewer()).counts.values())
    flash(ngettext("Checked: %(num)s fault.", "Checked: %(num)s faults.", faults) if faults
          else _("Checked: no fault was found."), "warn" if faults else "good")
    return redirect(url_for(".truth"))


def requests_line(person):
    """How many requests for exemption wait for an officer."""
    count = requests_waiting() if is_officer(person) else 0
    return count and line(url_for("coverage.exemption_requests"), ngettext(
        "%(num)s request for exemption waits.", "%(num)s requests for exemption wait.", count))


def outside_line(person):
    """How many papers from elsewhere wait for an officer."""
    count = outside_waiting() if is_officer(person) else 0
    return count and line(url_for("learning.outside"), ngettext(
        "%(num)s certificate from elsewhere waits.", "%(num)s certificates from elsewhere wait.",
        count))


def generous_line(_person):
    """How many units excuse more than a tenth of their people in a goal."""
    count = len({figure.unit.id for figure in generous_units()})
    return count and line(url_for("coverage.exemptions"), ngettext(
        "%(num)s unit excuses more than a tenth of its people.",
        "%(num)s units excuse more than a tenth of their people.", count), "warn")


def truth_line(_person):
    """When all facts were looked over last, and whether there were faults."""
    check = last_check()
    if check is None:
        return line(url_for("coverage.truth"), _("The facts were not looked over yet."), "none")
    faults = sum(check.counts.values())
    if not faults:
        return line(url_for("coverage.truth"), _(
            "All facts checked at %(moment)s: no fault.", moment=moment(check.ended_at)), "good")
    return line(url_for("coverage.truth"), ngettext(
        "All facts checked at %(moment)s: %(num)s fault.",
        "All facts checked at %(moment)s: %(num)s faults.", faults,
        moment=moment(check.ended_at)), "bad")
