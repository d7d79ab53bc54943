"""A statement that many pages ask is built once and asked with other values."""
from datetime import date

import pytest
from sqlalchemy import select

from lms.kernel.db import db, prepared
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
