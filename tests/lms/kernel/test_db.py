"""Statements that many pages ask, and what is asked of intervals of days."""
import json
from datetime import date

import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import aliased, joinedload

from lms.kernel.db import Written, db, prepared
from lms.kernel.jobs import Job
from lms.kernel.locks import lock_row
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

    lock_row(held)

    assert held.title == "Biên tập viên"


def test_what_was_written_out_beforehand_is_read_as_any_json(world):
    kept = {"words": "Đáp án “A”", "keys": ["A", None, 1.5]}
    job = Job(name="try", arguments={}, result=Written(json.dumps(kept)))
    db.session.add_all([job, Job(name="text", arguments={}, result="[1]")])
    db.session.flush()
    db.session.expire_all()

    assert job.result == kept
    assert db.session.scalars(select(Job.result).filter_by(name="text")).one() == "[1]"


def test_what_is_asked_of_intervals_in_sql_is_what_their_records_answer(world):
    days = [date(2026, 11, day) for day in (1, 2, 3, 4)]
    posts = [Posting(person=world.lan, unit=world.newspaper, title="Phóng viên",
                     valid_from=first, valid_to=end)
             for first in days for end in (*days, None) if end is None or first <= end]
    db.session.add_all(posts)
    db.session.flush()
    ids = {post.id for post in posts}
    one, other = aliased(Posting), aliased(Posting)

    def found(*conditions):
        return set(db.session.scalars(select(Posting.id).where(
            Posting.id.in_(ids), *conditions)))

    for day in (date(2026, 10, 31), date(2026, 11, 2), date(2026, 11, 4), date(2026, 11, 5)):
        assert found(Posting.valid_on(day)) == {post.id for post in posts if post.holds(day)}
        assert found(Posting.ends_after(day)) == {
            post.id for post in posts if not post.is_over(day)}
    assert found(Posting.some_day()) == {post.id for post in posts if post.holds_some_day()}
    assert set(map(tuple, db.session.execute(select(one.id, other.id).where(
        one.id.in_(ids), other.id.in_(ids), one.meets(other))))) == {
            (a.id, b.id) for a in posts for b in posts if a.overlaps(b)}


def test_intervals_that_touch_share_no_day():
    earlier, later = (Posting(valid_from=date(2026, 11, day), valid_to=date(2026, 11, day + 2))
                      for day in (1, 3))

    assert not earlier.overlaps(later) and not later.overlaps(earlier)
    assert earlier.overlaps(Posting(valid_from=date(2026, 11, 2), valid_to=None))
