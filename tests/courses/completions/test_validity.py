"""How long a completion counts."""
from datetime import date

import pytest

from courses.completions.validity import months_after, valid_until


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
