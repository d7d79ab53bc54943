"""For those who answer for people: somebody leaves a class, comes back, is replaced."""
from flask import abort, flash, redirect, render_template, url_for

from lms.kernel.i18n import _
from lms.kernel.web import load, viewer

from courses.classes.actions import bring_back, replace, withdraw
from courses.classes.choices import offer_replacements, replacement_offered
from courses.classes.forms import ReplacementForm, WithdrawalForm
from courses.classes.models import Enrolment
from courses.classes.policies import may_replace, may_withdraw
from courses.classes.views.blueprint import bp


@bp.route("/enrolments/<int:key>/withdrawal", methods=["GET", "POST"])
def withdrawal(key):
    """Take somebody out of a class, with the reason; undone by one click."""
    enrolment = load(Enrolment, key, may_withdraw)
    form = WithdrawalForm()
    if form.validate_on_submit():
        withdraw(enrolment, form.reason.data, by=viewer())
        flash({"text": _("%(name)s is out of the class.", name=enrolment.person.full_name),
               "undo_url": url_for(".return_", key=enrolment.id)}, "undo")
        return redirect(url_for(".people", key=enrolment.class_id))
    return render_template("classes/withdrawal.html", enrolment=enrolment, form=form,
                           may_replace=may_replace(viewer(), enrolment))


@bp.post("/enrolments/<int:key>/return")
def return_(key):
    """Undo a withdrawal."""
    enrolment = bring_back(load(Enrolment, key, may_withdraw), by=viewer())
    flash(_("%(name)s is in the class again.", name=enrolment.person.full_name), "good")
    return redirect(url_for(".people", key=enrolment.class_id))


@bp.route("/enrolments/<int:key>/replacement", methods=["GET", "POST"])
def replacement(key):
    """Send somebody else of the same unit in the place of one who cannot come."""
    enrolment = load(Enrolment, key, may_replace)
    form = offer_replacements(ReplacementForm(), enrolment, viewer())
    if form.validate_on_submit():
        person = replacement_offered(enrolment, viewer(), form.person_id.data) or abort(404)
        replace(enrolment, person, form.reason.data, by=viewer())
        flash(_("%(name)s comes instead of %(left)s.", name=person.full_name,
                left=enrolment.person.full_name), "good")
        return redirect(url_for(".people", key=enrolment.class_id))
    return render_template("classes/replacement.html", enrolment=enrolment, form=form)
