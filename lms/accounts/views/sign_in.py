"""The door: signing in, the first password, whom to ask, signing out."""
from flask import current_app, flash, redirect, render_template, request, session, url_for

from lms.accounts.actions import (
    CODE_OVER,
    DOOR_CLOSED,
    SHARED_PHONE,
    WeakPassword,
    choose_password,
    knock,
)
from lms.accounts.forms import PasswordForm, SignInForm
from lms.accounts.previews import previews
from lms.accounts.queries import account_choosing, contacts_for, hash_of
from lms.accounts.views.blueprint import bp
from lms.accounts.views.presence import close_here, open_here, seconds_now
from lms.kernel import clock
from lms.kernel.i18n import _, ngettext
from lms.kernel.web import here_or, key_of, public, viewer
from lms.organisations.queries import units_on

#: So long may somebody who showed a code take to choose a password, in seconds.
TIME_TO_CHOOSE = 15 * 60


@bp.route("/sign-in", methods=["GET", "POST"])
@public
def sign_in():
    """The door: a user name or phone with a password, or with the code of a slip."""
    if request.method == "GET" and viewer():
        return redirect(here_or(request.args.get("next")))
    form = SignInForm()
    if not form.validate_on_submit():
        return _door(form, None), 200
    answer = knock(form.username.data, form.password.data, request.remote_addr or "")
    if answer.account:
        return _let_in(answer.account, form.shared.data)
    return _door(form, why_shut(answer)), *status_of(answer)


def status_of(answer):
    """The status, with its headers, of a page that says why the door stays shut."""
    if answer.refusal == DOOR_CLOSED:
        return 429, {"Retry-After": str(answer.minutes * 60)}
    return 422, {}


def why_shut(answer):
    """The sentence for whoever is not let in; it never says whether the name exists."""
    if answer.refusal == CODE_OVER:
        return _("This code is no longer valid. Ask your unit's contact person for a new one.")
    if answer.refusal == SHARED_PHONE:
        return _("Several people have this phone. Sign in with your user name; "
                 "it stands on your account slip.")
    if answer.refusal == DOOR_CLOSED or not answer.tries_left:
        return ngettext("Too many wrong tries from here. Wait %(num)s minute, then try again.",
                        "Too many wrong tries from here. Wait %(num)s minutes, then try again.",
                        answer.minutes)
    return ngettext(
        "User name or password is not right. %(num)s try left, then you must wait 15 minutes.",
        "User name or password is not right. %(num)s tries left, then you must wait 15 minutes.",
        answer.tries_left)


def _door(form, problem):
    units = units_on(clock.today())
    asked = request.args.get("unit", type=key_of)
    unit = next((unit for unit in units if unit.id == asked), None)
    return render_template(
        "accounts/sign_in.html", form=form, problem=problem, units=units, unit=unit,
        contacts=contacts_for(unit) if unit else None, demonstration=_demonstration(),
        next=request.args.get("next"), width="narrow",
        link_says=next(iter(previews.of(request.args.get("next", ""))), None))


def _demonstration():
    return current_app.extensions["demonstration"] if current_app.config["DEMO"] else None


def _let_in(account, shared):
    if account.password_hash:
        open_here(account, shared)
        return redirect(here_or(request.args.get("next")))
    close_here()
    session["choosing"] = {"account": account.id, "proof": hash_of(account.code_hash),
                           "at": seconds_now(), "shared": shared}
    return redirect(url_for(".first_password", next=request.args.get("next")))


@bp.route("/sign-in/password", methods=["GET", "POST"])
@public
def first_password():
    """Whoever came with a code chooses a password before anything else."""
    mark, account = _choosing()
    if account is None:
        flash(_("Sign in with the code on your slip, then choose a password."), "warn")
        return redirect(url_for(".sign_in"))
    form = PasswordForm()
    if form.validate_on_submit() and chosen(account, form):
        open_here(account, mark["shared"])
        flash(_("Your password is set; the code on the slip is used up."), "good")
        return redirect(here_or(request.args.get("next")))
    return render_template("accounts/first_password.html", form=form, account=account,
                           width="narrow")


def _choosing():
    mark = session.get("choosing")
    if mark is None or seconds_now() - mark["at"] > TIME_TO_CHOOSE:
        return None, None
    return mark, account_choosing(mark["account"], mark["proof"])


def chosen(account, form, but=None):
    """Whether the password in ``form`` was taken; why not stands beside its field."""
    try:
        choose_password(account, form.password.data, by=account.person, but=but)
    except WeakPassword as refusal:
        form.password.errors = [*form.password.errors, refusal.message]
        return False
    return True


@bp.post("/sign-out")
def sign_out():
    """The session on this device ends."""
    close_here()
    flash(_("You are signed out."), "good")
    return redirect(url_for(".sign_in"))
