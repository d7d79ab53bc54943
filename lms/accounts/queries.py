"""Who is signed in."""
from hashlib import sha256

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from lms.kernel.db import db

from lms.accounts.models import Account, SignIn


def hash_of(token):
    """What the database keeps of a session's token: nobody can sign in with a copy of it."""
    return sha256(token.encode()).hexdigest()


def signed_in(token):
    """The open session of ``token`` with its account and person, or None."""
    return db.session.scalar(
        select(SignIn).options(joinedload(SignIn.account).joinedload(Account.person))
        .join(SignIn.account)
        .where(SignIn.token_hash == hash_of(token), SignIn.ended_at.is_(None),
               Account.closed_at.is_(None)))
