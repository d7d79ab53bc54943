"""A statement that is kept goes straight to the driver, and answers and fails as any other."""
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import Engine, event, insert, select
from sqlalchemy.exc import IntegrityError

from lms.kernel import db as house
from lms.kernel.audit import AuditEntry
from lms.kernel.db import ask, db, kept, prepared, write
from lms.kernel.keys import one_of
from lms.kernel.records import enter
from lms.organisations.models import Unit
from lms.people.models import Posting

#: Two statements that are asked here alone.
TRACE = kept(insert(AuditEntry.__table__).inline())
KINDS = ("school", "market")


@prepared
def not_of_kinds(before):
    """The units, those of two kinds left out, that began before a day."""
    return select(Unit.id, Unit.short_name, Unit.valid_from).where(
        Unit.kind.not_in(KINDS), Unit.valid_from < before).order_by(Unit.id)


@prepared
def posted_in(units):
    """The titles of the posts in some units."""
    return select(Posting.title).where(one_of(Posting.unit_id, units)).order_by(Posting.id)


def is_straight(statement):
    """Whether it was learnt how the statement goes to the driver of this database."""
    return house._kept[statement].straight.get(db.engine.dialect.name) is not None


def test_it_gives_the_same_rows_again_with_other_values_too(world):
    days = date(2026, 11, 25), date(1900, 1, 1)
    statement, _values = not_of_kinds(days[0])

    first, again, none = (ask(*not_of_kinds(day)).all() for day in (days[0], *days))

    assert is_straight(statement)
    assert first == again != []
    assert none == []
    assert again[0].valid_from == db.session.get(Unit, again[0].id).valid_from


def test_a_list_of_any_length_is_one_value(world):
    statement, _values = posted_in([])
    one = world.newspaper.id

    found = [ask(*posted_in(units)).scalars().all()
             for units in ([one], [], [one, world.province.id], {one})]

    assert is_straight(statement)
    assert found[0] == found[3] == list(db.session.scalars(
        select(Posting.title).where(Posting.unit_id == one).order_by(Posting.id)))
    assert found[1] == []
    assert len(found[2]) >= len(found[0]) > 0


def test_a_value_that_nobody_gives_is_missed(world):
    statement, values = not_of_kinds(date(2026, 11, 25))
    ask(statement, values).all()

    with pytest.raises(KeyError):
        ask(statement, {})


def trace(verb):
    """The values of an entry of the trail."""
    return {"at": datetime(2026, 11, 25, tzinfo=UTC), "by_id": None, "verb": verb,
            "subject": "x:1", "details": {"a": ["ă"]}}


def test_what_was_written_is_counted_and_stands_as_it_was_given(world):
    counts = [write(TRACE, trace(verb)).rowcount for verb in ("once", "twice")]

    kept_ones = db.session.scalars(
        select(AuditEntry).where(AuditEntry.subject == "x:1").order_by(AuditEntry.id)).all()
    assert is_straight(TRACE)
    assert counts == [1, 1]
    assert [(one.verb, one.details, one.at) for one in kept_ones] == [
        (verb, {"a": ["ă"]}, datetime(2026, 11, 25, tzinfo=UTC)) for verb in ("once", "twice")]


def test_what_the_database_refuses_is_told_as_ever_and_undone(world):
    write(TRACE, trace("before"))
    part = db.session.begin_nested()
    write(TRACE, trace("undone"))

    with pytest.raises(IntegrityError):
        write(TRACE, trace(None))
    part.rollback()
    write(TRACE, trace("after"))

    assert list(db.session.scalars(
        select(AuditEntry.verb).where(AuditEntry.subject == "x:1").order_by(AuditEntry.id))) == [
            "before", "after"]


def test_whoever_listens_hears_it(world):
    heard = []

    def hear(_connection, _cursor, statement, *_rest):
        heard.append(statement)
    ask(*not_of_kinds(date(2026, 11, 25)))

    event.listen(Engine, "before_cursor_execute", hear)
    try:
        ask(*not_of_kinds(date(2026, 11, 25)))
    finally:
        event.remove(Engine, "before_cursor_execute", hear)

    assert [statement.split()[0] for statement in heard] == ["SELECT"]


def test_a_new_row_has_its_number_and_what_nobody_said(world):
    one, other = (enter(Posting, person_id=world.lan.id, unit_id=world.province.id,
                        title="Phóng viên", valid_from=date(2026, 1, day)) for day in (1, 2))

    db.session.expire(other)

    assert one.id < other.id
    assert (other.title, other.valid_from) == ("Phóng viên", date(2026, 1, 2))
    assert one.recorded_at <= other.recorded_at
