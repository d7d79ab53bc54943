"""What every view needs: who is asking, the gate to the records, the mark of a public page."""
import re
from datetime import date
from urllib.parse import urlencode, urlsplit

from flask import Response, abort, current_app, g, request
from flask.json.provider import DefaultJSONProvider
from flask_login import current_user

from lms.kernel import clock
from lms.kernel.errors import BadArgument
from lms.kernel.i18n import _
from lms.kernel.records import whole

PER_PAGE = 50
#: The kinds of files the pages make, by the ending of their names.
MADE = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
    "ics": "text/calendar; charset=utf-8",
    "gift": "text/plain; charset=utf-8",
    "xml": "application/xml",
    "zip": "application/zip",
    "json": "application/json",
}
#: So much of what cannot be read is said again: the cookie holds it until the page opens.
QUOTED = 40
#: The largest number a key column holds.
LARGEST_KEY = 2**31 - 1


class Json(DefaultJSONProvider):
    """JSON as Flask has it; what is nested too deep to be read is none."""

    def loads(self, s, **kwargs):
        """What ``s`` says; raises ValueError where it is no JSON."""
        try:
            return super().loads(s, **kwargs)
        except RecursionError:
            raise ValueError("This is nested too deep.") from None


def viewer():
    """The person signed in, or None for a stranger on a public page."""
    # The one behind the proxy: it would be looked up twice.
    visitor = current_user._get_current_object()
    return visitor.person if visitor.is_authenticated else None


def load(model, key, may, *along):
    """Fetch the record ``key`` for the person signed in.

    ``may`` is a policy, ``may(person, record)``.  A record that is missing and
    a record that may not be seen answer alike, so that nobody can probe.
    ``along`` are the relationships the page needs besides, see ``whole``.
    """
    record = whole(model, key, *along) if key <= LARGEST_KEY else None
    if record is None or not may(viewer(), record):
        abort(404)
    return record


def require(may, *things):
    """Turn away, as if the page did not exist, a viewer to whom ``may`` says no."""
    if not may(viewer(), *things):
        abort(404)


def turn_away():
    """End the request of whoever asks for what is not theirs: a stranger is asked to sign in,
    anybody else is told that there is no such page.
    """
    if current_user.is_authenticated:
        abort(404)
    abort(current_app.make_response(current_app.login_manager.unauthorized()))


def public(view):
    """Let strangers see this page."""
    view.public = True
    return view


def by_itself(view):
    """Let this view find out by itself who asks, with the statement that finds what is asked
    for, and write by itself.  It turns everybody else away (``turn_away``).
    """
    view.by_itself = True
    return view


def day_argument(name="on", default=None):
    """The day in the address as dd/mm/yyyy or yyyy-mm-dd; today (or ``default``) without."""
    text = request.args.get(name, "").strip()
    if not text:
        return default or clock.today()
    try:
        parts = text.split("/")[::-1] if "/" in text else text.split("-")
        year, month, day = map(int, parts)
        # Beyond these years a calendar cannot count on and back from the day.
        if not 1900 <= year <= 2999:
            raise ValueError
        asked = date(year, month, day)
    except ValueError:
        raise BadArgument(name, _(
            "“%(text)s” is not a date. Write it as dd/mm/yyyy, for example 05/02/2026.",
            text=text[:QUOTED])) from None
    if name == "on":
        g.day_asked = asked  # The frame of the page says what no figure of a later day knows.
    return asked


def made_file(content, name, inline=False):
    """``content``, made for this answer, as a file to save, or to read at once (``inline``).

    What it is follows from the ending of ``name``, which keeps to letters every system takes.
    """
    name, how = re.sub(r"[^A-Za-z0-9._-]", "-", name), "inline" if inline else "attachment"
    return Response(content, mimetype=MADE[name.rpartition(".")[2]], headers={
        "Content-Disposition": f'{how}; filename="{name}"'})


def key_of(text):
    """The key that ``text`` of an address or a form names; ValueError where no column holds it."""
    key = int(text)
    if not 0 < key <= LARGEST_KEY:
        raise ValueError("No key is as large, or as small.")
    return key


def key_argument(name):
    """The key that the address names, or None; there is no page where it names what is none, which
    would be taken for naming nobody, and so for everybody.
    """
    text = request.args.get(name)
    try:
        return key_of(text) if text else None
    except ValueError:
        abort(404)


def page_argument():
    """The page of a long list asked for, from 1."""
    text = request.args.get("page", "1")
    return max(1, int(text)) if text.isdecimal() and len(text) < 7 else 1


def here(**changes):
    """This page's address with some of its arguments changed; None takes one away."""
    arguments = {**request.args.to_dict(), **changes}
    query = urlencode({name: value for name, value in arguments.items() if value is not None})
    return f"{request.path}?{query}" if query else request.path


def page_before():
    """The path of the page of ours from which the request came; the root where it came from
    elsewhere, or does not say.
    """
    referrer = request.referrer or ""
    return referrer.removeprefix(request.host_url.rstrip("/")) if (
        referrer.startswith(request.host_url)) else "/"


def here_or(address):
    """``address`` where it is a path on this site, else the root: no way out to another site."""
    parts = urlsplit(address or "")
    local = address and address.startswith("/") and not address.startswith(("//", "/\\"))
    return address if local and not parts.netloc and "\\" not in address else "/"
