"""Statements that are kept, straight to the driver.

SQLAlchemy finds out at every statement what it was compiled to, how its values are handed over and
what its columns mean: that takes four times as long as SQLite takes to answer about a row, and as
long as the way to PostgreSQL and back.  Of a statement that is kept it is the same every time, so
it is learnt from the first answer.
"""
from typing import NamedTuple

from sqlalchemy import IteratorResult


class Changed(NamedTuple):
    """What is told of a statement that wrote and gives no rows."""

    rowcount: int


class Straight(NamedTuple):
    """A statement as the driver takes it."""

    text: str
    #: Of each value, in their order, the name and what makes it one that the driver takes (None:
    #: it is one).
    values: list
    #: The values that the statement brings along, by their names.
    own: dict
    positional: bool
    #: What SQLAlchemy knows of the columns of its answer; None where it gives no rows.
    columns: object

    def ask(self, connection, values):
        """What ``connection`` answers with the ``values``, as SQLAlchemy would give it."""
        known, cursor = {**self.own, **values}, None
        if self.positional:
            given = [known[name] if made is None else made(known[name])
                     for name, made in self.values]
        else:
            given = {name: known[name] if made is None else made(known[name])
                     for name, made in self.values}
        try:
            cursor = connection.connection.cursor()
            cursor.execute(self.text, given)
            if self.columns is None:
                answer = Changed(cursor.rowcount)
            else:
                answer = IteratorResult(self.columns, iter(cursor.fetchall()))
            cursor.close()
        except BaseException as error:
            # Its own way to say what went wrong, and to part with a line that is dead.
            connection._handle_dbapi_exception(error, self.text, given, cursor, None)
        return answer


def can_go_straight(connection):
    """Whether ``connection`` is in the midst of a sound transaction, and nobody listens to what is
    asked on it.
    """
    part, listeners = connection.get_nested_transaction(), connection.engine.dispatch
    return (connection.in_transaction() and (part is None or part.is_active)
            and not listeners.before_cursor_execute and not listeners.after_cursor_execute)


def learnt(result):
    """The Straight of the statement that gave ``result``, SQLAlchemy's own; None where there is
    more to do at each time: to write out a list that is given, to make defaults, to fetch the key
    of a new row.
    """
    context, compiled = result.context, result.context.compiled
    binds = compiled.bind_names
    if (context.executemany or compiled.insert_prefetch or compiled.update_prefetch
            or compiled.implicit_returning or compiled.escaped_bind_names
            or any(bind.callable or (bind.required and (bind.expanding or bind.key != name))
                   for bind, name in binds.items())):
        return None
    # With the lists that the statement brings along written out.
    whole = compiled.construct_expanded_state(context.compiled_parameters[0])
    given = {name for bind, name in binds.items() if bind.required}
    makers = {**compiled._bind_processors, **whole.processors}
    return Straight(
        whole.statement, [(name, makers.get(name)) for name in whole.positiontup
                          or whole.parameters],
        {name: value for name, value in whole.parameters.items() if name not in given},
        compiled.positional, result._metadata if result.returns_rows else None)
