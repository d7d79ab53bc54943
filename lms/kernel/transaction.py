"""The one place where a transaction ends: a view, a job and a command all pass here."""
from contextlib import contextmanager

from flask import has_request_context, request
from sqlalchemy import Connection, event

from lms.kernel.db import db
from lms.kernel.postgresql import stand_alone
from lms.kernel.sqlite import write_intent

#: The methods of requests that only read.
SAFE = ("GET", "HEAD", "OPTIONS")


@contextmanager
def transaction():
    """Commit what was done when the block ends; undo all of it when the block raises."""
    try:
        yield
        db.session.commit()
    except BaseException:
        db.session.rollback()
        raise


@contextmanager
def transaction_apart():
    """A connection with a transaction of its own, without a session: its changes are committed
    when the block ends, and undone when it raises.

    Where the database is bound to one connection, it ends in a part of that one's transaction.
    """
    bind = db.engine
    if isinstance(bind, Connection):
        with bind.begin_nested():
            yield bind
    else:
        with bind.begin() as connection:
            yield connection


@contextmanager
def statements_apart():
    """A connection without a session, on which each statement is a transaction of its own.

    On SQLite it only reads: there ``lms.kernel.group_commit`` has what writes.  Elsewhere nobody
    waits for a lock while this process is busy with something else, and no statement needs the
    two others that begin a transaction and end it.
    """
    bind = db.engine
    if isinstance(bind, Connection):
        yield bind
        return
    with bind.connect() as connection:
        if bind.dialect.name != "sqlite":
            stand_alone(connection)
        connection.begin()  # Said so, its first statement goes straight to the driver as well.
        yield connection


@contextmanager
def reading():
    """A block that only reads; writing in it is a fault of the program.

    A reading request holds no place in SQLite's queue of writers, so a write in it
    could fail at any time; better that it fails always, in the tests.
    """
    session = db.session()
    session.info["reading"] = True
    try:
        yield
    finally:
        del session.info["reading"]


@contextmanager
def looking():
    """A block, the first of its work, that only reads; what follows may write.

    On SQLite nobody who wants to write waits for it, however long it takes.
    """
    before = write_intent.set(False)
    try:
        with reading():
            yield
    except BaseException:
        db.session.rollback()
        write_intent.reset(before)
        raise
    db.session.commit()  # What follows sees what came in meanwhile, and waits for its turn.
    write_intent.set(True)


@contextmanager
def glance():
    """A request that only reads: there is nothing to keep, and what was read is let go of.

    On PostgreSQL it has no transaction; on SQLite it ends as any other.  No record is marked as
    out of date for it, only to be thrown away next; and what the page changed of one, for itself,
    is not written.
    """
    with reading():
        session = db.session()
        session.expire_on_commit = False
        try:
            yield
            if not (session.new or session.dirty or session.deleted):
                session.commit()
        except BaseException:
            session.rollback()
            raise
        finally:
            session.expire_on_commit = True
        session.close()


@event.listens_for(db.session, "after_flush")
def _refuse_while_reading(session, _context):
    if "reading" in session.info:
        raise RuntimeError("A page that only reads wrote to the database.")


@event.listens_for(db.session, "after_begin")
def _read_without_a_transaction(_session, _transaction, connection):
    """A request that only reads needs none on PostgreSQL; where the database is bound to one
    connection, it is in that one's.
    """
    if (connection.dialect.name == "postgresql" and has_request_context()
            and request.method in SAFE and not isinstance(db.engine, Connection)):
        stand_alone(connection)
