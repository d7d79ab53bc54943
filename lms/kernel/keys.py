"""Lists of keys in statements that are kept: handed over as one value, whatever their length.

As a value each, they would make another statement for each length, which is written out anew,
prepared anew, and takes longer to hand over than what it finds.
"""
import json

from sqlalchemy import ARRAY, BindParameter, Integer, String, bindparam
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import FunctionElement
from sqlalchemy.types import TypeDecorator


class Keys(TypeDecorator):
    """A list of keys, as the database takes it in one piece."""

    impl = ARRAY(Integer)
    cache_ok = True

    def load_dialect_impl(self, dialect):
        """SQLite has no lists; it reads JSON."""
        return String() if dialect.name == "sqlite" else self.impl

    def process_bind_param(self, value, dialect):
        keys = list(value)
        return json.dumps(keys) if dialect.name == "sqlite" else keys


class OneOf(FunctionElement):
    """That a column is one of the keys."""

    name = "one_of"
    inherit_cache = True


def one_of(column, keys):
    """The SQL condition that ``column`` is one of ``keys``: some numbers, or the parameter of a
    ``db.prepared``.
    """
    given = (bindparam(keys.key, type_=Keys()) if isinstance(keys, BindParameter)
             else bindparam(None, list(keys), Keys()))
    return OneOf(column, given)


@compiles(OneOf)
def _as_list(condition, compiler, **options):
    column, keys = (compiler.process(part, **options) for part in condition.clauses)
    return f"{column} = ANY ({keys})"


@compiles(OneOf, "sqlite")
def _as_json(condition, compiler, **options):
    column, keys = (compiler.process(part, **options) for part in condition.clauses)
    return f"{column} IN (SELECT value FROM json_each({keys}))"  # noqa: S608 - both compiled
