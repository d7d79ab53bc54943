"""Counting the SQL statements of a block, to hold a page to a constant number."""
from contextlib import contextmanager

from sqlalchemy import Engine, event


@contextmanager
def counted():
    """The list of the statements that run inside the block (savepoints left out)."""
    statements = []

    def note(_connection, _cursor, statement, *_rest):
        if "SAVEPOINT" not in statement:
            statements.append(statement)

    event.listen(Engine, "before_cursor_execute", note)
    try:
        yield statements
    finally:
        event.remove(Engine, "before_cursor_execute", note)
