"""One at a time: what two transactions must not do side by side."""
from functools import cache
from zlib import crc32

from sqlalchemy import BigInteger, bindparam, func, select

from lms.kernel.db import db, kept, run


def take_turn(name):
    """Wait until no other transaction holds the turn ``name``; the commit gives it back.

    SQLite lets one writer in at a time as it is; PostgreSQL is asked for a lock of that name.
    """
    _lock("pg_advisory_xact_lock", name)


def share_turn(name):
    """Wait until nobody holds the turn ``name`` alone; others may share it.  Whoever takes the
    turn alone waits for all who share it.
    """
    _lock("pg_advisory_xact_lock_shared", name)


def _lock(function, name):
    if db.session.get_bind().dialect.name == "postgresql":
        run(db.session.connection(), _locking(function), {"key": crc32(name.encode())})


@cache
def _locking(function):
    return kept(select(getattr(func, function)(bindparam("key", type_=BigInteger))))
