"""The pages on which an officer voids an attempt and restores it."""
from flask import flash, redirect, render_template, url_for

from lms.kernel.i18n import _
from lms.kernel.web import load, viewer

from quizzes.attempts.forms import ReasonForm, VoidingForm
from quizzes.attempts.models import Attempt
from quizzes.attempts.policies import may_void
from quizzes.attempts.voiding import restore, void
from quizzes.attempts.watching import last_voiding
from quizzes.blueprint import bp


@bp.route("/attempts/<int:key>/voiding", methods=["GET", "POST"])
def voiding(key):
    """Say what follows and ask for the reason; then the attempt counts nowhere any more."""
    attempt, form = load(Attempt, key, may_void), VoidingForm()
    if not attempt.counts:
        return redirect(url_for(".watch_one", key=key))
    if not form.validate_on_submit():
        return render_template("quizzes/voiding.html", attempt=attempt, form=form)
    void(attempt, form.free.data == "yes", form.reason.data.strip(), by=viewer())
    flash(_("The attempt of %(name)s is voided; they were told.",
            name=attempt.person.full_name), "good")
    return redirect(url_for(".watch_one", key=key))


@bp.route("/attempts/<int:key>/restoration", methods=["GET", "POST"])
def restoration(key):
    """Say what follows and ask for the reason; then the attempt counts again."""
    attempt, form = load(Attempt, key, may_void), ReasonForm()
    if not attempt.voided:
        return redirect(url_for(".watch_one", key=key))
    if not form.validate_on_submit():
        return render_template("quizzes/restoration.html", attempt=attempt, form=form,
                               voiding=last_voiding(attempt))
    restore(attempt, form.reason.data.strip(), by=viewer())
    flash(_("The attempt of %(name)s counts again; they were told.",
            name=attempt.person.full_name), "good")
    return redirect(url_for(".watch_one", key=key))
