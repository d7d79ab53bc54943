"""Small writes of several requests in one transaction, each answered once it is committed.

SQLite lets one writer in at a time, and each commit waits for the disk.  So whoever wants to
write joins a group: while one transaction is committed the next group gathers, and the first
of it does the work of all.  Nobody is told anything before the commit; a work that fails is
left out, and the others are done again without it.  PostgreSQL commits several transactions
at once by itself: there each request writes for itself.

Whoever cannot be served for long is told so (``lms.kernel.trouble``).
"""
import threading
from contextlib import contextmanager
from functools import partial

from flask import current_app

from lms.kernel.db import db, run
from lms.kernel.sqlite import PATIENCE, Busy, write_intent
from lms.kernel.transaction import statements_apart, transaction_apart

__all__ = ["Busy", "at_once", "commit_together", "init_app", "line", "one_statement",
           "one_statement_at_once"]


class Place:
    """One work in a group, and what became of it."""

    def __init__(self, work):
        self.work = work
        self.ticket = threading.Lock()
        self.ticket.acquire()
        self.called = self.committed = False
        self.result = self.error = None

    @property
    def settled(self):
        """Whether it is known what became of the work."""
        return self.committed or self.error is not None


class Group:
    """The works of one process that wait for the next transaction; the first to come leads."""

    def __init__(self):
        self.mutex = threading.Lock()
        self.waiting = []
        self.led = False

    def do(self, work):
        """Have ``work(connection)`` done in a transaction with others; gives what it gave."""
        place = Place(work)
        with self.mutex:
            self.waiting.append(place)
            leads, self.led = not self.led, True
        if not leads:
            self._wait(place)
        if not place.settled:
            self._lead()
        if place.error is not None:
            raise place.error
        return place.result

    def _wait(self, place):
        """Wait until the work of ``place`` is settled, or until it has to lead the next group."""
        if place.ticket.acquire(timeout=PATIENCE):
            return
        with self.mutex:
            if place in self.waiting and not place.called:
                self.waiting.remove(place)
                raise Busy
        place.ticket.acquire()  # Its turn came in the instant the patience ended.

    def _lead(self):
        """Do the works of all who have gathered when the turn to write comes."""
        group = []
        try:
            while not self._is_done(group):
                pass
        finally:
            self._hand_on(group)

    def _is_done(self, group):
        """Whether all of ``group`` is settled after this transaction; an empty one gathers."""
        place = None
        try:
            with transaction_apart() as connection:  # Here SQLite's turn is waited for.
                group += [] if group else self._gather()
                for place in _unsettled(group):
                    place.result = place.work(connection)
                place = None
        except Exception as error:
            group += [] if group else self._gather()
            for lost in [place] if place else _unsettled(group):
                lost.error = error
            return not _unsettled(group)
        for done in _unsettled(group):
            done.committed = True
        return True

    def _gather(self):
        with self.mutex:
            gathered, self.waiting = self.waiting, []
        return gathered

    def _hand_on(self, group):
        """Wake those of ``group``, and the first of those who came since: it leads them."""
        for place in _unsettled(group):
            place.error = Busy()
        with self.mutex:
            following = self.waiting[:1]
            self.led = bool(following)
            for place in following:
                place.called = True
        for place in group + following:
            place.ticket.release()


def _unsettled(group):
    return [place for place in group if not place.settled]


def init_app(app):
    """Give ``app`` the group in which its requests write together."""
    app.extensions["commit_together"] = Group()


def at_once(work):
    """Have ``work(connection)`` done in the transaction of the request, for who is in one."""
    return work(db.session.connection())


def commit_together(work):
    """Have ``work(connection)`` done and committed; on SQLite in one transaction with others.

    ``work`` gets the connection, may run in the thread of another request, asks nothing about
    its own and gives plain values.  Raises what it raised, and Busy where nobody could write
    for long.  For views that are ``by_itself``: no other transaction is around it.
    """
    if db.engine.dialect.name != "sqlite":
        with transaction_apart() as connection:
            return work(connection)
    if db.session.registry.has():
        db.session.rollback()  # Nobody waits for the turn with an old view of the database.
    intent = write_intent.set(True)
    try:
        return current_app.extensions["commit_together"].do(work)
    finally:
        write_intent.reset(intent)


def one_statement(statement, values):
    """As ``commit_together``, for a work of one statement: gives how many rows it changed."""
    if db.engine.dialect.name != "sqlite":
        with statements_apart() as connection:
            return _changed(connection, statement, values)
    return commit_together(lambda connection: _changed(connection, statement, values))


@contextmanager
def line():
    """What a view that is ``by_itself`` reads and writes with: ``read(work)`` gives what
    ``work(connection)`` gives, ``write`` is as ``one_statement``.

    On PostgreSQL both use one connection.  On SQLite each takes its own: whoever waits for the
    turn to write holds no old view of the database.
    """
    if db.engine.dialect.name == "sqlite":
        yield _read, one_statement
        return
    with statements_apart() as connection:
        yield lambda work: work(connection), partial(_changed, connection)


def _read(work):
    with statements_apart() as connection:
        return work(connection)


def one_statement_at_once(statement, values):
    """As ``one_statement``, in the transaction of the request."""
    return at_once(lambda connection: _changed(connection, statement, values))


def _changed(connection, statement, values):
    # Of an insert SQLAlchemy keeps the number only when asked to; else it may say -1.
    return run(connection, statement, values, preserve_rowcount=True).rowcount
