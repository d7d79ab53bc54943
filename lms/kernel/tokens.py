"""The token that every form sends along, so that no other site sends it in somebody's name."""
from functools import lru_cache

from flask import g, session
from flask_wtf.csrf import generate_csrf

#: How many sessions' tokens a process keeps.
KEPT = 512


def token():
    """The token of the viewer's session, signed.

    Every page shows it, in the form that signs out; it is signed once, for it is good as long as
    the session is.
    """
    own = session.get("csrf_token")
    if own and "csrf_token" not in g:
        g.csrf_token = _signed(own)
    return generate_csrf()


@lru_cache(maxsize=KEPT)
def _signed(_own):
    return generate_csrf()
