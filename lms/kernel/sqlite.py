"""SQLite as the house needs it: WAL, full durability, writers served in order of arrival."""
import collections
import contextlib
import contextvars
import fcntl
import itertools
import os
import threading
import time
from pathlib import Path

from sqlalchemy import event

try:  # The wheel bundles a SQLite free of the WAL-reset bug (fixed in 3.51.3).
    import pysqlite3.dbapi2 as sqlite3
except ImportError:  # No wheel for this machine: the standard library's SQLite serves.
    import sqlite3

#: Seconds a writer waits for its turn before it is told to come back.
PATIENCE = 10.0

#: What ``PRAGMA synchronous`` answers when an acknowledged write survives a power cut.
FULL = 2

#: So many bytes of the file are read where the system keeps them, for all processes together;
#: copying the pages of a large province took half of the time of its figures.
MAPPED = 1 << 30

PRAGMAS = {
    "journal_mode": "WAL", "synchronous": "FULL", "busy_timeout": int(PATIENCE * 1000),
    "foreign_keys": "ON", "cache_size": -4096, "temp_store": "MEMORY", "trusted_schema": "OFF",
    "mmap_size": MAPPED,
}

#: How the files of the locks between processes are opened.
OPENED = os.O_RDWR | os.O_CREAT | os.O_CLOEXEC

#: Whether the work at hand may write; a reading request never takes the writers' queue.
write_intent = contextvars.ContextVar("write_intent", default=True)


#: Seconds between two looks whether another process has left: at first, and after so many looks.
GLANCE, LOOK, GLANCES = 0.0005, 0.01, 100


class Busy(Exception):
    """The turn to write did not come for so long that whoever waits is told so."""


class Queue:
    """Writers of one process, first come first served; a file lock joins the processes.

    SQLite's own busy handler lets a late comer overtake: waits of seconds were measured
    under load.  A ticket in order of arrival bounds them.
    """

    def __init__(self):
        self.mutex = threading.Lock()
        self.waiting = collections.deque()
        self.busy = False

    def enter(self, timeout=PATIENCE):
        """Wait for the turn; false where it did not come within ``timeout`` seconds."""
        with self.mutex:
            if not self.busy:
                self.busy = True
                return True
            ticket = threading.Lock()
            ticket.acquire()
            self.waiting.append(ticket)
        if ticket.acquire(timeout=timeout):
            return True
        with self.mutex:
            if ticket in self.waiting:
                self.waiting.remove(ticket)
                return False
        return True  # The turn came in the instant the patience ended.

    def leave(self):
        """Hand the turn to the next in line."""
        with self.mutex:
            if self.waiting:
                self.waiting.popleft().release()
            else:
                self.busy = False


queue = Queue()


class Connection(sqlite3.Connection):
    """A connection that takes a ticket before it writes and gives it back afterwards."""

    lock_path = None
    _holds_turn = False
    _door = _room = None

    def begin(self, writing):
        """Open a transaction; one that writes waits for its turn first."""
        if not writing:
            self.execute("BEGIN")
            return
        until = time.monotonic() + PATIENCE
        if not queue.enter():
            raise Busy
        self._holds_turn = True
        try:
            self._lock_processes(until)
            self._begin_immediate()
        except BaseException:
            self._give_back()
            raise

    def _begin_immediate(self):
        try:
            self.execute("BEGIN IMMEDIATE")
        except sqlite3.OperationalError as error:
            # Another program writes, one that does not know of the queue.
            if error.sqlite_errorcode != sqlite3.SQLITE_BUSY:
                raise
            raise Busy from None

    def _lock_processes(self, until):
        """Take the turn of this process: first the door, then the room, and leave the door.

        Whoever has just left the room cannot be back in it before the one at the door: with one
        lock the process that gave it up would mostly be the next to get it, and the others
        starve.  The system ends the locks of a process that is killed; one that hangs is waited
        for ``until`` a moment of the steady clock.
        """
        if self.lock_path is None:
            return
        self._door = os.open(f"{self.lock_path}.door", OPENED)
        lock(self._door, until)
        self._room = os.open(self.lock_path, OPENED)
        lock(self._room, until)
        self._close("_door")

    def _close(self, name):
        descriptor = getattr(self, name)
        if descriptor is not None:
            setattr(self, name, None)
            os.close(descriptor)

    def _give_back(self):
        self._close("_door")
        self._close("_room")
        if self._holds_turn:
            self._holds_turn = False
            queue.leave()

    def commit(self):
        """Commit, then let the next writer in; a failed commit keeps the turn for the rollback."""
        super().commit()
        self._give_back()

    def rollback(self):
        """Roll back, then let the next writer in."""
        try:
            super().rollback()
        finally:
            self._give_back()

    def close(self):
        """Close, giving back a turn that is still held."""
        try:
            super().close()
        finally:
            self._give_back()


def lock(descriptor, until):
    """Take the lock of an open file; raises Busy where another process has it ``until`` then.

    The system has no wait that ends, so one looks again and again.
    """
    for pause in itertools.chain(itertools.repeat(GLANCE, GLANCES), itertools.repeat(LOOK)):
        with contextlib.suppress(BlockingIOError):
            return fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        if time.monotonic() >= until:
            raise Busy
        time.sleep(pause)


def engine_options(url):
    """The options of SQLAlchemy's engine for the SQLite database at ``url``."""
    return {"module": sqlite3, "connect_args": {"factory": Connection, "timeout": PATIENCE}}


def in_memory(database):
    """Whether the ``database`` of an address is no file: one connection has it all."""
    return not database or database == ":memory:"


def prepare(engine):
    """Teach ``engine`` the pragmas and the two kinds of BEGIN."""
    database = engine.url.database

    @event.listens_for(engine, "connect")
    def set_pragmas(connection, _record):
        connection.isolation_level = None
        connection.lock_path = None if in_memory(database) else f"{database}.lock"
        with contextlib.closing(connection.cursor()) as cursor:
            for name, value in PRAGMAS.items():
                cursor.execute(f"PRAGMA {name}={value}")

    # Not the event "begin": an engine with one asks every statement who listens.
    def begin(connection):
        connection.dbapi_connection.begin(write_intent.get())

    engine.dialect.do_begin = begin


def insist(engine):
    """Refuse to start where a file cannot keep the promises: durable, related, journalled."""
    database = engine.url.database
    if in_memory(database):
        return
    Path(database).parent.mkdir(parents=True, exist_ok=True)
    with engine.connect() as connection:
        kept = [connection.exec_driver_sql(f"PRAGMA {name}").scalar()
                for name in ("journal_mode", "synchronous", "foreign_keys")]
    if kept != ["wal", FULL, 1]:
        raise SystemExit(f"{database}: SQLite answers {kept} for journal_mode, synchronous and "
                         "foreign_keys. Put the database on a local disk that allows WAL.")
