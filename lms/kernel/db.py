"""The database session, the base of every model, and dated facts."""
from datetime import UTC, date, datetime
from functools import cache, wraps
from inspect import signature
from json import JSONDecoder, dumps

from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import DateTime, Index, MetaData, and_, bindparam, event, or_, text
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, registry
from sqlalchemy.types import TypeDecorator

from lms.kernel import clock
from lms.kernel.straight import can_go_straight, learnt


class Moment(TypeDecorator):
    """A moment in UTC; naive values are refused, and what is read is aware."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value, dialect):
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("A moment needs its time zone.")
        value = value.astimezone(UTC)
        return value.replace(tzinfo=None) if dialect.name == "sqlite" else value

    def process_result_value(self, value, dialect):
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Base(DeclarativeBase):
    """The base of every model."""

    registry = registry(type_annotation_map={datetime: Moment}, metadata=MetaData(
        naming_convention={
            "ix": "ix_%(column_0_label)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }))


class Interval:
    """From when to when something is true in the world: ``[valid_from, valid_to)``."""

    valid_from: Mapped[date]
    valid_to: Mapped[date | None]

    @classmethod
    def valid_on(cls, day):
        """The SQL condition that the interval holds ``day``."""
        return and_(cls.valid_from <= day, or_(cls.valid_to.is_(None), cls.valid_to > day))

    @classmethod
    def some_day(cls):
        """The SQL condition that the interval holds some day: what ends as it begins holds none."""
        return or_(cls.valid_to.is_(None), cls.valid_to > cls.valid_from)

    @classmethod
    def ends_after(cls, day):
        """The SQL condition that the interval is not over on ``day``: it holds that day, or is
        still to come.
        """
        return or_(cls.valid_to.is_(None), cls.valid_to > day)

    @classmethod
    def meets(cls, other):
        """The SQL condition that the interval and that of ``other``, a model or an alias, share a
        day, where each of them holds some day.
        """
        return and_(cls.ends_after(other.valid_from), other.ends_after(cls.valid_from))

    # Rows that are no records take over the methods below: ``holds = Interval.holds``.

    def holds(self, day):
        """Whether the interval holds ``day``."""
        return self.valid_from <= day and (self.valid_to is None or day < self.valid_to)

    def holds_some_day(self):
        """Whether the interval holds some day; as ``some_day``."""
        return self.valid_to is None or self.valid_to > self.valid_from

    def is_over(self, day):
        """Whether the interval holds neither ``day`` nor a later one; the opposite of
        ``ends_after``.
        """
        return self.valid_to is not None and self.valid_to <= day

    def overlaps(self, other):
        """Whether the interval shares a day with ``other``, where each holds some; as ``meets``."""
        return not self.is_over(other.valid_from) and not other.is_over(self.valid_from)


class Recorded:
    """From when to when we believed a fact: a correction closes a row and writes a new one."""

    recorded_at: Mapped[datetime] = mapped_column(default=clock.now)
    superseded_at: Mapped[datetime | None]

    @classmethod
    def changed_since(cls, moment):
        """The two SQL conditions, of which one holds where the fact was recorded, the other where
        it was corrected after ``moment``.
        """
        return cls.recorded_at > moment, cls.superseded_at > moment

    @classmethod
    def known_at(cls, moment=None):
        """The SQL condition that we believed the fact at ``moment`` (None: now)."""
        if moment is None:
            return cls.superseded_at.is_(None)
        return and_(cls.recorded_at <= moment,
                    or_(cls.superseded_at.is_(None), cls.superseded_at > moment))


def found_by_change(table):
    """The indexes by which the facts of ``table`` are found that were recorded or corrected since
    a moment.
    """
    corrected = text("superseded_at IS NOT NULL")
    return (Index(f"ix_{table}_recorded_at", "recorded_at"),
            Index(f"ix_{table}_superseded_at", "superseded_at", sqlite_where=corrected,
                  postgresql_where=corrected))


class Compiled(dict):
    """What one statement was compiled to, by dialect.

    SQLAlchemy looks such things up by all that a statement is made of, which takes a tenth of
    the time of asking it.
    """

    def get(self, key, default=None):
        """What the statement was compiled to for the dialect of ``key``."""
        return super().get(key[0], default)

    def __setitem__(self, key, compiled):
        super().__setitem__(key[0], compiled)


class Kept:
    """What is known of a statement that is kept: the options with which SQLAlchemy is asked, and
    how it goes straight to the driver of each dialect, once that is learnt (None: it cannot).
    """

    def __init__(self):
        self.options = {"compiled_cache": Compiled()}
        self.straight = {}


#: The statements that are kept.
_kept = {}


def kept(statement):
    """``statement``, which is kept and asked again and again, without being looked up each time.
    """
    _kept[statement] = Kept()
    return statement


def prepared(build):
    """Make the statement of ``build`` once, for a question that many pages ask.

    ``build`` takes stand-ins and returns a statement; the function it becomes takes the values
    and gives (statement, values), which the session executes.  Building a statement costs two
    to four times what asking it does.
    """
    names = tuple(signature(build).parameters)

    @cache
    def statement():
        return kept(build(*(bindparam(name) for name in names)))

    @wraps(build)
    def asked(*values):
        return statement(), dict(zip(names, values, strict=True))
    return asked


def read_json(text):
    """What a column of JSON holds; ``text`` comes as the database keeps it, as text or in UTF-8.

    The function of the standard library asks at each text what it is, in which encoding, and what
    stands behind it, which takes as long as reading most of ours: they are short, many hold
    nothing, and a column holds one thing.
    """
    if type(text) is not str:
        text = bytes(text).decode()
    return [] if text == "[]" else {} if text == "{}" else DECODER.raw_decode(text)[0]


DECODER = JSONDecoder()


class Written(str):
    """What a column of JSON shall hold, written out already: of megabytes that takes so long that
    nobody should wait for it to write.
    """

    __slots__ = ()


def write_json(value):
    """``value`` as a column of JSON keeps it."""
    return str(value) if type(value) is Written else dumps(value)


class Database(SQLAlchemy):
    """Flask-SQLAlchemy, whose engines read JSON by ``read_json`` and write it by ``write_json``."""

    def _make_engine(self, bind_key, options, app):
        return super()._make_engine(bind_key, {
            "json_deserializer": read_json, "json_serializer": write_json, **options}, app)


db = Database(model_class=Base, disable_autonaming=True,
              session_options={"join_transaction_mode": "create_savepoint"})


def ask(statement, values=None):
    """The rows that answer a question about columns, never about whole records.

    They come past the machinery that loads records, which takes two to four times as long; what
    the session has not yet written is written first, as it would be there.
    """
    session = db.session()
    if session.autoflush:
        session.flush()
    return run(_connection_of(session), statement, values)


def run(connection, statement, values=None, **options):
    """What ``connection`` answers to ``statement``, which may be one that is kept; ``options`` are
    those of its execution.
    """
    known = _kept.get(statement)
    if known is None:
        return connection.execute(statement, values, execution_options=options)
    dialect = connection.dialect.name
    straight = known.straight.get(dialect)
    if straight and type(values) is dict and can_go_straight(connection):
        return straight.ask(connection, values)
    answer = connection.execute(
        statement, values, execution_options={**known.options, **options})
    if dialect not in known.straight:
        known.straight[dialect] = learnt(answer)
    return answer


def write(statement, values):
    """What the database answers to ``statement``, one that is kept and writes, in the transaction
    of the session; not in a block that only reads.
    """
    session = db.session()
    if "reading" in session.info:
        raise RuntimeError("A page that only reads wrote to the database.")
    return run(_connection_of(session), statement, values, preserve_rowcount=True)


def _connection_of(session):
    """The connection of the transaction of ``session``, which is asked for it once."""
    return session.info.get("connection") or session.connection()


@event.listens_for(db.session, "after_begin")
def _keep_connection(session, _transaction, connection):
    session.info["connection"] = connection


# A part of a transaction (``begin_nested``) sets its mark in the database when it is asked for its
# connection: whoever writes past it would write what the part does not undo.
@event.listens_for(db.session, "after_transaction_create")
@event.listens_for(db.session, "after_rollback")
@event.listens_for(db.session, "after_transaction_end")
def _let_go_of_connection(session, _transaction=None):
    session.info.pop("connection", None)
