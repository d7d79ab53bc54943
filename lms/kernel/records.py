"""Records made of the rows of a plain question, for the pages that most people open.

SQLAlchemy's own way from a row to a record takes two to four times as long as the question: it
works out anew, each time, how records of that kind are made.  Its way from a record to a row takes
four times as long as the row; ``enter`` and ``change`` write one at once.
"""
from functools import cache
from typing import NamedTuple

from sqlalchemy import bindparam, insert, inspect, select, update
from sqlalchemy.orm import aliased
from sqlalchemy.orm.attributes import instance_state, set_committed_value

from lms.kernel.db import ask, db, kept, write


class Part(NamedTuple):
    """One of the records that rows tell of: where its columns begin and end, and what is
    ``related`` to it, as (relationship, number of the part, whether each row tells of another).
    """

    model: type
    columns: slice
    related: list


def whole(model, key, *along):
    """The record ``key`` of ``model``, or None; one of several kinds with all that its kind adds.

    Asking the kind first costs less than coming back for what the kind adds.  Along come the
    records that are always joined, and those that the relationships ``along`` lead to; one of
    these may lead to several records.
    """
    mapper = inspect(model)
    if mapper.polymorphic_on is not None and mapper is mapper.base_mapper:
        kind = ask(_kind_in(model), {"key": key}).scalar()
        return kind and whole(mapper.polymorphic_map[kind].class_, key, *along)
    if mapper.identity_key_from_primary_key((key,)) in db.session.identity_map:
        return db.session.get(model, key)
    statement, parts = _question(model, along)
    rows = ask(statement, {"key": key}).all()
    return _told(parts, rows) if rows else None


@cache
def _kind_in(model):
    return kept(select(inspect(model).polymorphic_on).where(model.id == bindparam("key")))


@cache
def fields_of(model):
    """The names of the fields of ``model`` that are columns, in a fixed order."""
    return tuple(inspect(model).column_attrs.keys())


def columns_of(model):
    """The columns of ``model``, for a question whose answer ``record`` makes a record of."""
    return [getattr(model, name) for name in fields_of(model)]


def record(model, values, **related):
    """The record of ``model`` with the ``values`` of its columns, as if the session had loaded
    it, and with what is ``related`` to it; one that the session holds stays as it is.

    None where the ``values`` are those of an outer join that found nothing.
    """
    key = tuple(values[place] for place in _places_of_key(model))
    if None in key:
        return None
    mapper, session = inspect(model), db.session()
    known = mapper.identity_key_from_primary_key(key)
    found = session.identity_map.get(known)
    if found is None:
        found = mapper.class_manager.new_instance()
        found.__dict__.update(zip(fields_of(model), values, strict=True))
        # As SQLAlchemy does with what it loads.  To add it to the session would look for what is
        # to be added with it, and mark all that was not loaded: ten times as long.
        state = instance_state(found)
        state.key, state.session_id = known, session.hash_key
        session.identity_map.add(state)
    for name, value in related.items():
        if name not in found.__dict__:
            set_committed_value(found, name, value)
    return found


@cache
def _places_of_key(model):
    """Where the columns that tell records of ``model`` apart stand among its fields."""
    mapper = inspect(model)
    return [fields_of(model).index(mapper.get_property_by_column(column).key)
            for column in mapper.primary_key]


@cache
def _question(model, along):
    """The statement for one record of ``model``, and the parts of its row."""
    parts, columns, joins, order = [], [], [], []
    wanted = [relationship.property for relationship in along]

    def take(entity, kind, back=None):
        asked = [getattr(entity, name) for name in fields_of(kind)]
        part = Part(kind, slice(len(columns), len(columns) + len(asked)), [])
        parts.append(part)
        columns.extend(asked)
        for relation in inspect(kind).relationships:
            if (relation.lazy == "joined" or relation in wanted) and relation.key != back:
                part.related.append((relation.key, len(parts), relation.uselist))
                other = aliased(relation.mapper.class_)
                order.extend(getattr(other, column.key) for column in relation.order_by or ())
                joins.append(getattr(entity, relation.key).of_type(other))
                take(other, relation.mapper.class_, relation.back_populates)

    take(model, model)
    statement = select(*columns).select_from(model).where(model.id == bindparam("key"))
    for join in joins:
        statement = statement.outerjoin(join)
    return kept(statement.order_by(*order)), parts


def _told(parts, rows, number=0):
    part = parts[number]
    related = {name: _several(parts, rows, other) if several else _told(parts, rows, other)
               for name, other, several in part.related}
    return record(part.model, rows[0][part.columns], **related)


def _several(parts, rows, number):
    found = [_told(parts, [row], number) for row in rows]
    return [one for one in found if one]


def enter(model, **values):
    """Enter a row of ``model`` with the ``values`` of columns, and give its record, as if the
    session had loaded it; a column without a value gets its default.

    Not for a model that works some of its columns out from others when it is made.
    """
    values = {**_defaults(model), **values}
    key = write(_entering(model, tuple(values)), values).one()
    made = {**values, **dict(zip(key._fields, key, strict=True))}
    return record(model, [made.get(name) for name in fields_of(model)])


def _defaults(model):
    """What the columns of a new row of ``model`` hold where nobody says so."""
    return {name: default.arg(None) if default.is_callable else default.arg
            for name, default in _defaulting(model)}


@cache
def _defaulting(model):
    return [(column.name, column.default) for column in model.__table__.columns if column.default]


@cache
def _entering(model, _names):
    """The statement of a row with values of these names: what it is compiled to depends on them."""
    return kept(insert(model.__table__).returning(*inspect(model).primary_key))


def lock(one):
    """Lock the row of the record ``one`` until the transaction ends, and bring the record up to
    date with it; who locks it or changes it otherwise is waited for.
    """
    mapper = inspect(type(one))
    row = ask(_locking(type(one)), {
        f"of_{column.name}": getattr(one, column.name) for column in mapper.primary_key}).one()
    for name, value in zip(fields_of(type(one)), row, strict=True):
        set_committed_value(one, name, value)


@cache
def _locking(model):
    return kept(select(*columns_of(model)).where(
        *(column == bindparam(f"of_{column.name}") for column in model.__table__.primary_key))
        .with_for_update())


def change(one, **values):
    """Write the ``values`` of columns of the record ``one`` into its row at once."""
    mapper = inspect(type(one))
    key = {f"of_{column.name}": getattr(one, column.name) for column in mapper.primary_key}
    write(_changing(type(one), tuple(values)), {**values, **key})
    for name, value in values.items():
        set_committed_value(one, name, value)


@cache
def _changing(model, names):
    table = model.__table__
    return kept(update(table).values({name: bindparam(name) for name in names}).where(
        *(column == bindparam(f"of_{column.name}") for column in table.primary_key)))
