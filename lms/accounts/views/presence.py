"""Who sits at the browser: a session opened, kept awake by clicks, and left."""
from flask import (
    current_app,
    flash,
    g,
    jsonify,
    redirect,
    render_template,
    request,
    session,
    url_for,
)
from flask_login import current_user

from lms.accounts.actions import end_session, open_session
from lms.accounts.devices import device_of
from lms.accounts.queries import owner_of, sign_in_of, signed_in
from lms.accounts.role_names import ROLE_NAMES
from lms.kernel import clock
from lms.kernel.again import typed_fields
from lms.kernel.i18n import _, ngettext
from lms.kernel.transaction import SAFE
from lms.kernel.web import here_or, page_before, viewer
from lms.people.policies import roles_today

#: The moment of the last click is written into the cookie again after so many seconds.
A_MINUTE = 60


def line_of_the_viewer():
    """What stands beside the viewer's name on every page.

    The first of the roles held today, and how many messages were not yet read.
    """
    person = viewer()
    held = roles_today(person, *ROLE_NAMES) if person else []
    first = next((kind for kind in ROLE_NAMES if any(role.kind == kind for role in held)), None)
    return {"viewer_line": ROLE_NAMES[first] if first else "",
            "unread": current_user.unread if person else 0}


def seconds_now():
    """This moment as a cookie keeps it."""
    return int(clock.now().timestamp())


def who_is_here(token):
    """The open session of ``token``, unless nobody clicked for too long.

    The last click is kept in the signed cookie, so that reading writes nothing.
    """
    visitor = signed_in(token)
    return visitor if visitor and is_awake(visitor) else None


def is_awake(seat):
    """Whether somebody clicked lately in the session ``seat``, which began at ``begun_at``, on a
    ``shared`` computer or not; this click is noted.
    """
    now = seconds_now()
    seen = session.get("seen", int(seat.begun_at.timestamp()))
    minutes = current_app.config["IDLE_MINUTES_SHARED" if seat.shared else "IDLE_MINUTES"]
    if now - seen >= minutes * 60:
        g.left_alone = minutes
        return False
    if "seen" not in session or now - seen >= A_MINUTE:
        session["seen"] = now
    return True


def open_here(account, shared):
    """Sign ``account`` in on this browser, in a cookie that holds nothing from before.

    Whoever comes back after their session ended keeps the token of the forms they have open, so
    that what they had typed is taken at the first press; nobody else does.
    """
    own = session.get("csrf_token") if session.get("left") == account.person_id else None
    close_here()
    if own:
        session["csrf_token"] = own
    token = open_session(account, shared=shared, address=request.remote_addr or "",
                         device=device_of(request.user_agent.string))
    session["_user_id"] = token
    session["_fresh"] = True
    session["seen"] = seconds_now()


def close_here():
    """Sign whoever is signed in here out."""
    visitor = signed_in(session.get("_user_id", ""))
    if visitor:
        end_session(sign_in_of(visitor), by=visitor.person)
    session.clear()


def ask_to_sign_in():
    """Send a stranger to the door, and afterwards back; a script is told in its own language.

    What was typed stays on a page that can be sent again.
    """
    # Not all of the cookie: the token of a sign-in form open in another tab stays good.
    ended = session.pop("_user_id", None)
    for name in ("_fresh", "seen"):
        session.pop(name, None)
    if ended:
        session["left"] = owner_of(ended)
    if request.is_json:
        return jsonify(error=_("You are signed out. Sign in again; what you typed is kept.")), 401
    fields = typed_fields()
    if fields:
        return render_template("again.html", fields=fields, door=url_for("accounts.sign_in"),
                               message=_why_signed_out() or _("This session has ended.")), 401
    if "left_alone" in g:
        flash(_why_signed_out(), "warn")
    elif request.endpoint != "home":
        flash(_("Sign in to see this page."), "warn")
    wanted = request.full_path.rstrip("?") if request.method in SAFE else here_or(page_before())
    return redirect(url_for("accounts.sign_in", next=wanted if wanted != "/" else None))


def _why_signed_out():
    if "left_alone" not in g:
        return ""
    return ngettext("You were signed out after %(num)s minute without a click.",
                    "You were signed out after %(num)s minutes without a click.", g.left_alone)
