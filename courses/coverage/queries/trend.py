"""How a figure went, month by month."""
from lms.kernel import clock

from courses.coverage.queries.beforehand import figures
from courses.coverage.queries.figures import figure_of_all
from courses.coverage.queries.history import History, RecastHistory, month_ends
from courses.coverage.queries.months import gone_by
from courses.coverage.queries.rows import all_goals, units_of_day


def trend(goal, unit_id, months=24, until=None, known=None, last=None):
    """The figure of ``goal`` in a unit at the end of each of ``months`` months.

    A list of (day, figure), oldest first; the last is the day ``until`` (today) itself, whose
    figure is ``last`` where it is known already.  The figure is None where the goal was not in
    force.  As many statements for any number of months.
    """
    until, moment = until or clock.today(), known or clock.now()
    row, unit = _asked(goal, unit_id, until, moment)
    days = month_ends(until, months)
    told = None if known else gone_by(row, unit, days[:-1])
    if told is not None:
        return [*told, (until, last or next(iter(figures([goal], [unit], until)), None))]
    return _told(row, unit, History(row, unit_id, days, moment))


def recast_trend(goal, unit_id, months=24, until=None, known=None):
    """As ``trend``, under today's structure."""
    until, moment = until or clock.today(), known or clock.now()
    row, unit = _asked(goal, unit_id, until, moment)
    return _told(row, unit, RecastHistory(row, unit_id, month_ends(until, months), moment))


def _asked(goal, unit_id, until, moment):
    (row,) = all_goals({goal.id})
    (unit,) = units_of_day(until, moment, {unit_id})
    return row, unit


def _told(goal, unit, history):
    return [(day.on, figure_of_all(goal, unit, day) if goal.in_force(day.on) else None)
            for day in history.passing()]
