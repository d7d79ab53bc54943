"""The periods that reports are made for.  Plain values, no database."""
from dataclasses import dataclass
from datetime import date, timedelta

from courses.completions.validity import months_after

A_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Rule:
    """Periods of ``months`` months, one of which begins on the given day of a year.

    Periodic figures close on the 14th (Decree 09/2019/NĐ-CP); ``stems`` name the periods of a
    year in their order, each in Vietnamese and in English.
    """

    key: str
    month: int
    day: int
    months: tuple[int, ...]
    stems: tuple[tuple[str, str], ...]


#: The periods of a year: each rule divides the year that begins on its day into its months.
RULES = (
    Rule("reporting-year", 12, 15, (12,), (("năm {year}", "Year {year}"),)),
    Rule("half-year", 12, 15, (6, 6), (("6 tháng đầu năm {year}", "First half of {year}"),
                                       ("6 tháng cuối năm {year}", "Second half of {year}"))),
    Rule("quarter", 12, 15, (3, 3, 3, 3), tuple(
        (f"quý {numeral} năm {{year}}", f"{words} quarter of {{year}}") for numeral, words in (
            ("I", "First"), ("II", "Second"), ("III", "Third"), ("IV", "Fourth")))),
    Rule("calendar-year", 1, 1, (12,), (("năm dương lịch {year}", "Calendar year {year}"),)),
    Rule("calendar-half", 1, 1, (6, 6), (
        ("nửa đầu năm dương lịch {year}", "First half of the calendar year {year}"),
        ("nửa cuối năm dương lịch {year}", "Second half of the calendar year {year}"))),
)


@dataclass(frozen=True)
class Period:
    """A period to report on, both days included; ``rule`` is the key of where it comes from."""

    rule: str
    title_vi: str
    title_en: str
    first: date
    last: date


def periods_of(rule, year):
    """The periods of ``rule`` that make up the year ``year``."""
    start = date(year - 1 if rule.month == 12 else year, rule.month, rule.day)
    found = []
    for months, stem in zip(rule.months, rule.stems, strict=True):
        following = months_after(start, months)
        found.append(Period(rule.key, *(one.format(year=year) for one in stem), start,
                            following - A_DAY))
        start = following
    return found


def ended_by(today, years=2):
    """The periods of every rule that end up to the end of this year's, the newest first.

    A period that still runs is among them, for reports whose figures close before its end.
    """
    found = [period for rule in RULES for year in range(today.year + 1, today.year - years, -1)
             for period in reversed(periods_of(rule, year)) if period.first <= today]
    return found


def of_programmes(goals, today):
    """The years of each programme: for goals of one basis and interval, all of it up to an end.

    ``goals`` have ``basis``, ``valid_from`` and ``valid_to``; a programme without an end, or one
    that goes on, is reported up to today.
    """
    spans = {}
    for goal in goals:
        programme = goal.basis.split(",")[0].strip()
        first, last = spans.get(programme, (date.max, date.min))
        end = goal.valid_to - A_DAY if goal.valid_to else date.max
        spans[programme] = min(first, goal.valid_from), max(last, end)
    return [Period("programme", *[f"{name}: {first.year} - {min(last, today).year}"] * 2,
                   first, min(last, today))
            for name, (first, last) in sorted(spans.items()) if name and first <= today]


def before(first, last):
    """The same period a year before; of one longer than a year, the years before it."""
    following = last + A_DAY
    years = max(1, round((following - first).days / 365.25))
    return months_after(first, -12 * years), months_after(following, -12 * years) - A_DAY
