"""How long a completion counts."""
from datetime import date
from itertools import product

import pytest
from sqlalchemy import select

from lms.kernel.db import db

from courses.completions.models import Completion
from courses.completions.validity import counts, months_after, valid_until
from tests.courses.books import published


@pytest.mark.parametrize(("day", "months", "until"), [
    (date(2024, 2, 5), 36, date(2027, 2, 5)),
    (date(2026, 2, 5), 12, date(2027, 2, 5)),
    (date(2026, 1, 31), 1, date(2026, 2, 28)),
    (date(2024, 1, 31), 1, date(2024, 2, 29)),
    (date(2024, 2, 29), 12, date(2025, 2, 28)),
    (date(2026, 11, 30), 3, date(2027, 2, 28)),
    (date(2026, 12, 31), 6, date(2027, 6, 30)),
    (date(2026, 12, 1), 1, date(2027, 1, 1)),
])
def test_the_last_day_is_the_same_day_of_the_month_or_the_months_last(day, months, until):
    assert months_after(day, months) == until


def test_without_months_it_counts_for_good():
    assert valid_until(date(2026, 2, 5), None) is None


def test_the_database_counts_a_completion_on_the_days_on_which_a_row_says_it_counts(world):
    book = published(world.minh)
    days = [date(2026, 2, number) for number in range(1, 6)]
    maybe = [None, *days]
    db.session.add_all(
        Completion(person=world.lan, course=book, learned_on=learned, valid_until=until,
                   revoked_on=revoked, source="online", evidence="")
        for learned, until, revoked in product(days, maybe, maybe))
    db.session.flush()

    for day in days:
        asked = set(db.session.scalars(select(Completion.id).where(Completion.counts_on(day))))
        told = {one.id for one in db.session.scalars(select(Completion)) if counts(one, day)}
        assert asked == told != set()
