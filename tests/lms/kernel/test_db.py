"""A statement that many pages ask is built once and asked with other values."""
import json
from datetime import date

import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import joinedload

from lms.kernel.db import Written, db, prepared
from lms.kernel.jobs import Job
from lms.kernel.turns import hold
from lms.people.models import Person, Posting

BUILT = []


@prepared
def posted(unit, day):
    """The people posted in a unit on a day."""
    BUILT.append((unit, day))
    return (select(Person).join(Posting, Posting.person_id == Person.id)
            .where(Posting.unit_id == unit, Posting.valid_on(day)).order_by(Person.id))


def people(unit, day):
    """Their names."""
    return [person.full_name for person in db.session.scalars(*posted(unit.id, day))]


def test_a_prepared_statement_is_built_once_and_answers_each_question(world):
    day = date(2026, 11, 25)

    asked = [people(world.newspaper, day), people(world.province, day),
             people(world.newspaper, date(1990, 1, 1))]

    assert world.lan.full_name in asked[0]
    assert asked[1:] == [people(world.province, day), []]
    assert len(BUILT) == 1


def test_a_prepared_statement_insists_on_all_its_values(world):
    with pytest.raises(ValueError):
        posted(world.newspaper.id)


def test_a_row_that_came_with_what_it_belongs_to_is_held_and_seen_as_it_stands(world):
    held = db.session.scalars(select(Posting).options(joinedload(Posting.unit)).execution_options(
        populate_existing=True)).first()
    db.session.connection().execute(update(Posting.__table__).where(
        Posting.id == held.id).values(title="Biên tập viên"))

    hold(held)

    assert held.title == "Biên tập viên"


def test_what_was_written_out_beforehand_is_read_as_any_json(world):
    kept = {"words": "Đáp án “A”", "keys": ["A", None, 1.5]}
    job = Job(name="try", arguments={}, result=Written(json.dumps(kept)))
    db.session.add_all([job, Job(name="text", arguments={}, result="[1]")])
    db.session.flush()
    db.session.expire_all()

    assert job.result == kept
    assert db.session.scalars(select(Job.result).filter_by(name="text")).one() == "[1]"
