"""Questions about goals and the people behind the figures."""
from courses.coverage.queries.beforehand import figures
from courses.coverage.queries.change import Account, accounted, people_of
from courses.coverage.queries.corrected import corrected
from courses.coverage.queries.figures import Figure
from courses.coverage.queries.overview import overview
from courses.coverage.queries.owed import Owed, is_asked, owed_by
from courses.coverage.queries.people import (
    Behind,
    Owing,
    counted_twice,
    expiring,
    owing,
    people_behind,
    roll_of,
    standings,
    with_evidence,
)
from courses.coverage.queries.rows import ById
from courses.coverage.queries.trend import recast_trend, trend
from courses.coverage.queries.whole import Whole, whole

__all__ = [
    "Account", "Behind", "ById", "Figure", "Owed", "Owing", "Whole", "accounted", "corrected",
    "counted_twice", "expiring", "figures", "is_asked", "overview", "owed_by", "owing",
    "people_behind", "people_of", "recast_trend", "roll_of", "standings", "trend", "whole",
    "with_evidence",
]
