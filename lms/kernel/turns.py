"""One at a time: what two transactions must not do side by side."""
from zlib import crc32

from sqlalchemy import text

from lms.kernel.db import db


def take_turn(name):
    """Wait until no other transaction holds the turn ``name``; the commit gives it back.

    SQLite lets one writer in at a time as it is; PostgreSQL is asked for a lock of that name.
    """
    if db.session.get_bind().dialect.name == "postgresql":
        db.session.execute(text("SELECT pg_advisory_xact_lock(:key)"),
                           {"key": crc32(name.encode())})
