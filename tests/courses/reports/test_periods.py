"""The periods reports are made for."""
from dataclasses import dataclass
from datetime import date

import pytest

from courses.reports.periods import RULES, before, ended_by, of_programmes, periods_of

RULE = {rule.key: rule for rule in RULES}


def spans(key, year):
    """The periods of a rule in a year as pairs of days."""
    return [(period.first, period.last) for period in periods_of(RULE[key], year)]


def test_the_reporting_year_closes_on_14_december():
    assert spans("reporting-year", 2026) == [(date(2025, 12, 15), date(2026, 12, 14))]


def test_halves_and_quarters_divide_the_reporting_year_without_a_gap():
    assert spans("half-year", 2026) == [(date(2025, 12, 15), date(2026, 6, 14)),
                                        (date(2026, 6, 15), date(2026, 12, 14))]
    assert spans("quarter", 2026) == [
        (date(2025, 12, 15), date(2026, 3, 14)), (date(2026, 3, 15), date(2026, 6, 14)),
        (date(2026, 6, 15), date(2026, 9, 14)), (date(2026, 9, 15), date(2026, 12, 14))]


def test_calendar_years_and_halves_are_offered_too():
    assert spans("calendar-year", 2024) == [(date(2024, 1, 1), date(2024, 12, 31))]
    assert spans("calendar-half", 2026) == [(date(2026, 1, 1), date(2026, 6, 30)),
                                            (date(2026, 7, 1), date(2026, 12, 31))]


def test_no_period_is_offered_that_has_not_begun():
    offered = ended_by(date(2026, 11, 25))

    assert all(period.first <= date(2026, 11, 25) for period in offered)
    assert (offered[0].title_vi, offered[0].title_en) == ("năm 2026", "Year 2026")


@pytest.mark.parametrize("first, last, earlier", [
    (date(2025, 12, 15), date(2026, 12, 14), (date(2024, 12, 15), date(2025, 12, 14))),
    (date(2026, 1, 1), date(2026, 6, 30), (date(2025, 1, 1), date(2025, 6, 30))),
    (date(2025, 1, 1), date(2025, 2, 28), (date(2024, 1, 1), date(2024, 2, 29))),
    (date(2024, 2, 29), date(2024, 2, 29), (date(2023, 2, 28), date(2023, 2, 28))),
    (date(2023, 1, 1), date(2025, 12, 31), (date(2020, 1, 1), date(2022, 12, 31))),
])
def test_the_same_period_before(first, last, earlier):
    assert before(first, last) == earlier


@dataclass(frozen=True)
class Asked:
    """What of a goal tells its programme."""

    basis: str
    valid_from: date
    valid_to: date | None


def test_the_years_of_a_programme_come_from_its_goals():
    goals = [Asked("Quyết định 1079/QĐ-TTg, mục I", date(2023, 1, 1), date(2029, 1, 1)),
             Asked("Quyết định 1079/QĐ-TTg, mục II", date(2024, 1, 1), date(2026, 1, 1)),
             Asked("Kế hoạch 3432/KH-UBND", date(2018, 10, 25), date(2021, 1, 1)),
             Asked("", date(2020, 1, 1), None)]

    found = of_programmes(goals, date(2026, 6, 30))
    assert [(one.title_vi, one.first, one.last) for one in found] \
        == [("Kế hoạch 3432/KH-UBND: 2018 - 2020", date(2018, 10, 25), date(2020, 12, 31)),
            ("Quyết định 1079/QĐ-TTg: 2023 - 2026", date(2023, 1, 1), date(2026, 6, 30))]
