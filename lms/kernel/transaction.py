"""The one place where a transaction ends: a view, a job and a command all pass here."""
from contextlib import contextmanager

from sqlalchemy import event

from lms.kernel.db import db


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
def reading():
    """A block that only reads; writing in it is a fault of the program.

    A reading request holds no place in SQLite's queue of writers, so a write in it
    could fail at any time; better that it fails always, in the tests.
    """
    def refuse(_session, _context):
        raise RuntimeError("A page that only reads wrote to the database.")

    session = db.session()
    event.listen(session, "after_flush", refuse)
    try:
        yield
    finally:
        event.remove(session, "after_flush", refuse)
