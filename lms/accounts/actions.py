"""Everything that can be done to an account."""
from secrets import token_urlsafe

from lms.kernel import audit
from lms.kernel.db import db

from lms.accounts.models import SignIn
from lms.accounts.queries import hash_of


def open_session(account, shared=False, address="", device=""):
    """Open a session of ``account`` on a device and return its token, which only the device keeps."""
    token = token_urlsafe(32)
    sign_in = SignIn(account=account, token_hash=hash_of(token), shared=shared,
                     address=address, device=device[:200])
    db.session.add(sign_in)
    db.session.flush()
    audit.record(account.person, "signed in", sign_in)
    return token
