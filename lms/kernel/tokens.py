"""What is signed: the cookie of a session, and the token that every form sends along."""
import hmac
from contextlib import suppress
from copy import deepcopy
from functools import cache, lru_cache

from flask import g, request, session
from flask.sessions import SecureCookieSessionInterface
from flask_wtf.csrf import CSRFProtect, generate_csrf, same_origin, validate_csrf
from itsdangerous import BadSignature, TimestampSigner
from wtforms import ValidationError

from lms.kernel import clock

#: How many sessions' cookies and tokens a process keeps.
KEPT = 1024
#: Where a script sends the token of its page.
HEADER = "X-CSRFToken"


class Signer(TimestampSigner):
    """Signs as its parent does, but works the key of a secret out once."""

    def derive_key(self, secret_key=None):
        """The key of the secret."""
        return _key_of(secret_key or self.secret_keys[-1], self.salt)


@cache
def _key_of(secret, salt):
    return hmac.digest(secret, salt, "sha1")


class Sessions(SecureCookieSessionInterface):
    """Sessions in a signed cookie, as Flask keeps them; who signs them is made once, and a cookie
    that comes again and again is looked at once.
    """

    def __init__(self):
        self.signing = {}

    def get_signing_serializer(self, app):
        """Who signs the cookies of ``app``."""
        secret = app.secret_key
        if secret not in self.signing:
            self.signing[secret] = super().get_signing_serializer(app)
            self.signing[secret].signer = Signer
        return self.signing[secret]

    def open_session(self, app, request):
        """The session that the cookie of the ``request`` tells of; a new one where it tells none,
        where it was not signed here, or too long ago.
        """
        with suppress(BadSignature):
            cookie = request.cookies.get(self.get_cookie_name(app))
            told, signed_at = _told(self.get_signing_serializer(app), cookie or "")
            if clock.now() - signed_at <= app.permanent_session_lifetime:
                return self.session_class(deepcopy(told))
        return self.session_class()

    def save_session(self, app, session, response):
        """Send the cookie where the session is another one now; most answers leave it as it is."""
        if session.modified or session.permanent:
            super().save_session(app, session, response)
        elif session.accessed:
            vary = response.headers.get("Vary")
            response.headers["Vary"] = f"{vary}, Cookie" if vary else "Cookie"


@lru_cache(maxsize=KEPT)
def _told(signing, cookie):
    """What a cookie tells and when it was signed; raises BadSignature, which is not kept."""
    return signing.loads(cookie, return_timestamp=True)


class Guard(CSRFProtect):
    """Lets nothing in from the forms and scripts of other sites, as Flask-WTF does; a token that a
    script sends again and again is looked at once, for it is good as long as its session is.
    """

    def protect(self, apply_exemptions=False):
        """Refuse a request that may change something and has no good token."""
        sent = request.headers.get(HEADER)
        if sent and (not request.is_secure
                     or same_origin(request.referrer or "", request.host_url)):
            with suppress(ValidationError):
                _insist_on(sent, session.get("csrf_token"))
                g.csrf_valid = True
                return
        super().protect(apply_exemptions)


@lru_cache(maxsize=KEPT)
def _insist_on(sent, _own):
    """Raise ValidationError, which is not kept, where ``sent`` is no token of the session."""
    validate_csrf(sent)


def token():
    """The token of the viewer's session, signed.

    Every page shows it, in the form that signs out; it is signed once, for it is good as long as
    the session is.
    """
    own = session.get("csrf_token")
    return _signed(own) if own else generate_csrf()


@lru_cache(maxsize=KEPT)
def _signed(_own):
    return generate_csrf()
