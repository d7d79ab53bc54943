"""PostgreSQL as the house needs it: no work on the way to it that a page does without."""
import psycopg
from sqlalchemy import event


class Columns:
    """What the columns of an answer are called and are, found out when somebody looks.

    SQLAlchemy asks for it after each statement, and looks only where the statement is new to it.
    """

    def __init__(self, described):
        self._described = described

    def __len__(self):
        return len(self._described())

    def __iter__(self):
        return iter(self._described())

    def __getitem__(self, place):
        return self._described()[place]


class Cursor(psycopg.Cursor):
    """A cursor that describes the columns of its answer only to whoever looks; to describe a dozen
    takes as long as to ask for a row.
    """

    @property
    def description(self):
        """The Columns of the answer, or None where it has none."""
        answer = self.pgresult
        return Columns(self._described) if answer and answer.nfields else None

    def _described(self):
        return super().description


def server_cursor(connection, *name, **options):
    """A cursor that the server keeps: it lives in a transaction, so it has one begun."""
    if connection.autocommit:  # In a transaction nobody may say so again.
        connection.autocommit = False
    return psycopg.ServerCursor(connection, *name, **options)


def prepare(engine):
    """Teach ``engine`` the cursors; whoever takes a connection begins a transaction, as is usual.
    """
    @event.listens_for(engine, "connect")
    def give_cursors(connection, _record):
        connection.cursor_factory, connection.server_cursor_factory = Cursor, server_cursor

    @event.listens_for(engine, "checkin")
    def begin_again(connection, _record):
        if connection is not None and connection.autocommit:
            connection.autocommit = False


def stand_alone(connection):
    """Let each statement of ``connection``, on which nothing was asked yet, stand by itself.

    A statement sees what is committed when it begins, in a transaction as without one: so to
    readers nothing changes but that the two trips are spared that begin a transaction and end it,
    and that no session stands idle in one while a page is made.
    """
    connection.connection.dbapi_connection.autocommit = True
