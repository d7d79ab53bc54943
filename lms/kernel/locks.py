"""One at a time: what two transactions must not do side by side."""
from functools import cache
from zlib import crc32

from sqlalchemy import BigInteger, bindparam, func, inspect, select

from lms.kernel.db import db, kept, run


def advisory_lock(name):
    """Wait until no other transaction holds the lock ``name``; the commit gives it back.

    SQLite lets one writer in at a time as it is; PostgreSQL is asked for a lock of that name.
    """
    _lock("pg_advisory_xact_lock", name)


def shared_advisory_lock(name):
    """Wait until nobody holds the lock ``name`` alone; others may share it.  Whoever takes it
    alone waits for all who share it.
    """
    _lock("pg_advisory_xact_lock_shared", name)


def lock_row(record, **how):
    """Wait until no other transaction holds the row of ``record``, and see it as it then stands;
    ``how`` is what ``with_for_update`` takes.

    Its own columns only: PostgreSQL locks no row of a table that is joined from outside, as those
    are with which a record was loaded.
    """
    columns = [column.key for column in inspect(type(record)).column_attrs]
    db.session.refresh(record, columns, with_for_update=how or True)


def _lock(function, name):
    if db.session.get_bind().dialect.name == "postgresql":
        run(db.session.connection(), _locking(function), {"key": crc32(name.encode())})


@cache
def _locking(function):
    return kept(select(getattr(func, function)(bindparam("key", type_=BigInteger))))
