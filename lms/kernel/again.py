"""What somebody typed is not lost when it cannot be taken now."""
from flask import current_app, g, request
from markupsafe import escape
from werkzeug.exceptions import HTTPException

from lms.kernel.db import db
from lms.kernel.errors import Refusal
from lms.kernel.shared import Overtaken

#: More than so many characters are not carried along in a page.
LARGEST_KEPT = 500_000


def form_again(refusal):
    """The page of the form that was sent, with what was typed and the ``refusal`` above it, or
    None.

    The view is asked once more, and its form (``lms.kernel.forms``) says the message instead of
    letting it act.  There is no such page where the view has no form, or would not say it.
    """
    if g.get("form_that_was_good") is None or "GET" not in request.url_rule.methods:
        return None
    g.refused = refusal.message
    if isinstance(refusal, Overtaken):
        g.stands = refusal.stands
    view = current_app.view_functions[request.endpoint]
    try:
        page = current_app.make_response(view(**request.view_args))
    except (Refusal, HTTPException):
        return None
    finally:
        del g.refused
        g.pop("stands", None)
        # Nothing of a refused request stays, whatever the view notes on the way to its page.
        db.session.rollback()
    words = str(escape(refusal.message))
    return page if page.status_code == 200 and words in page.get_data(as_text=True) else None


def typed_fields():
    """The (name, text) pairs that were sent from a page of ours, to be sent again; empty where
    they came from elsewhere, hold a password, or are too many to carry along.
    """
    fields = [(name, text) for name, text in request.form.items(multi=True)
              if name != "csrf_token"]
    # Another site must not lay its words on the lips of somebody who is signed in here.
    ours = request.headers.get("Origin") == request.host_url.rstrip("/")
    secret = any("password" in name for name, _text in fields)
    size = sum(len(name) + len(text) for name, text in fields)
    return fields if ours and not secret and size <= LARGEST_KEPT else []
