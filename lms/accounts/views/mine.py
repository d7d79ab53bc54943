"""What is mine: password, sessions, language, roles."""
from flask import flash, redirect, render_template, request, url_for
from flask_login import current_user

from lms.accounts.actions import confirm, end_session, end_sessions
from lms.accounts.forms import ChangePasswordForm
from lms.accounts.queries import open_sessions, sign_in_of
from lms.accounts.role_names import ROLE_NAMES
from lms.accounts.views.blueprint import bp
from lms.accounts.views.sign_in import chosen, status_of, why_shut
from lms.kernel import clock
from lms.kernel.errors import Refusal
from lms.kernel.i18n import _, ngettext
from lms.kernel.web import viewer
from lms.people.queries import main_unit


@bp.get("/mine")
def mine():
    """Name, unit, user name, sessions, language and roles of the viewer."""
    person, here_now = viewer(), sign_in_of(current_user)
    return render_template(
        "accounts/mine.html", person=person, account=here_now.account, here_now=here_now,
        unit=main_unit(person, clock.today()), sessions=open_sessions(here_now.account),
        roles=sorted(person.roles, key=lambda role: role.valid_from, reverse=True),
        role_names=ROLE_NAMES, today=clock.today(), width="narrow")


@bp.route("/mine/password", methods=["GET", "POST"])
def password():
    """A new password; it ends the sessions on other devices."""
    form, status, here_now = ChangePasswordForm(), (200,), sign_in_of(current_user)
    if form.validate_on_submit():
        answer = confirm(here_now.account, form.present.data, request.remote_addr or "")
        if not answer.account:
            form.present.errors, status = [why_shut(answer)], status_of(answer)
        elif chosen(here_now.account, form, but=here_now):
            flash(_("Your password is changed. Other devices are signed out."), "good")
            return redirect(url_for(".mine"))
    return render_template("accounts/password.html", form=form, account=here_now.account,
                           width="narrow"), *status


@bp.post("/mine/sessions/ending")
def end_my_sessions():
    """One session of the viewer ends, or all but the one at hand."""
    here_now = sign_in_of(current_user)
    wanted = request.form.get("session", "")
    if wanted == "others":
        count = end_sessions(here_now.account, by=viewer(), but=here_now)
        flash(ngettext("%(num)s session was ended.", "%(num)s sessions were ended.", count), "good")
        return redirect(url_for(".mine"))
    session = next((s for s in open_sessions(here_now.account) if str(s.id) == wanted), None)
    if session is None:
        raise Refusal(_("This session has ended already."), back=url_for(".mine"))
    end_session(session, by=viewer())
    flash(_("The session was ended; its device is signed out."), "good")
    return redirect(url_for(".mine"))
