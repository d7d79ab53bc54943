"""What is signed: the cookie of a session, and the token that every form sends along."""
import hmac
from functools import cache, lru_cache

from flask import g, session
from flask.sessions import SecureCookieSessionInterface
from flask_wtf.csrf import generate_csrf
from itsdangerous import TimestampSigner

#: How many sessions' tokens a process keeps.
KEPT = 512


class Signer(TimestampSigner):
    """Signs as its parent does, but works the key of a secret out once."""

    def derive_key(self, secret_key=None):
        """The key of the secret."""
        return _key_of(secret_key or self.secret_keys[-1], self.salt)


@cache
def _key_of(secret, salt):
    return hmac.digest(secret, salt, "sha1")


class Sessions(SecureCookieSessionInterface):
    """Sessions in a signed cookie, as Flask keeps them; who signs them is made once."""

    def __init__(self):
        self.signing = {}

    def get_signing_serializer(self, app):
        """Who signs the cookies of ``app``."""
        secret = app.secret_key
        if secret not in self.signing:
            self.signing[secret] = super().get_signing_serializer(app)
            self.signing[secret].signer = Signer
        return self.signing[secret]


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
