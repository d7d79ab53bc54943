"""A dated fact is corrected by closing its row and writing another."""
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from lms.kernel import clock
from lms.kernel.db import db
from lms.kernel.errors import Refusal
from lms.kernel.facts import supersede
from lms.people.models import Posting


def test_at_every_moment_exactly_one_of_the_two_rows_is_believed(world, monkeypatch):
    lan = world.lan
    old = db.session.scalars(select(Posting).filter_by(person_id=lan.id)).one()
    before = clock.now()
    now = before + timedelta(hours=1)
    monkeypatch.setattr(clock, "source", lambda: now)

    new = supersede(old, title="Biên tập viên", valid_to=date(2026, 7, 1))

    assert (new.title, new.valid_to, new.unit_id, new.valid_from) == (
        "Biên tập viên", date(2026, 7, 1), old.unit_id, old.valid_from)
    for moment, believed in ((before, old), (now - timedelta(microseconds=1), old), (now, new),
                             (None, new)):
        assert db.session.scalars(select(Posting).where(
            Posting.person_id == lan.id, Posting.known_at(moment))).all() == [believed]


def test_a_row_that_somebody_corrected_meanwhile_is_not_corrected_again(world):
    old = db.session.scalars(select(Posting)).first()
    supersede(old, title="Biên tập viên")

    with pytest.raises(Refusal):
        supersede(old, title="Phóng viên")
