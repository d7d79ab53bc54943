"""Many rows at once: made ready while nobody waits, then entered by the driver alone.

Whoever writes on SQLite keeps all others from writing until the commit.  Of the time in which
thousands of rows are entered, nine tenths go into making values ready for the driver: texts of
JSON, moments, defaults.  All of that can be done before anything is locked.
"""
from sqlalchemy import bindparam, insert

from lms.kernel.db import db


class Bulk:
    """Rows of a ``table`` in the making; ``names`` are the columns of which each row has its own
    value.  What no row names gets the default of its column.
    """

    def __init__(self, table, *names):
        self.dialect = db.engine.dialect
        others = [column.name for column in table.columns
                  if column.default is not None and column.name not in names]
        self.names = (*names, *others)
        self.columns = [table.c[name] for name in self.names]
        self.processors = [_processor(column, self.dialect) for column in self.columns]
        self.defaults = [_default(table.c[name]) for name in others]
        self.statement = insert(table).values({name: bindparam(name) for name in self.names})

    def ready(self, *values):
        """The row with the ``values``, in the order of the names, as the driver takes it."""
        whole = (*values, *(default() for default in self.defaults))
        return tuple(value if process is None else process(value)
                     for process, value in zip(self.processors, whole, strict=True))

    def enter(self, rows):
        """Enter the ``rows`` that are ready, in this transaction."""
        session = db.session()
        if "reading" in session.info:
            raise RuntimeError("A page that only reads wrote to the database.")
        if not rows:
            return
        session.flush()
        compiled = self.statement.compile(dialect=self.dialect)
        if self.dialect.positional:
            places = [self.names.index(name) for name in compiled.positiontup]
            told = [tuple(row[place] for place in places) for row in rows]
        else:
            told = [dict(zip(self.names, row, strict=True)) for row in rows]
        session.connection().exec_driver_sql(str(compiled), told)


def _processor(column, dialect):
    return column.type.dialect_impl(dialect).bind_processor(dialect)


def _default(column):
    """What gives the default of ``column``."""
    default = column.default
    return (lambda: default.arg(None)) if default.is_callable else (lambda: default.arg)
