"""The figures of months gone by that were reckoned beforehand, brought up to this moment."""
from sqlalchemy import select

from lms.kernel import clock
from lms.kernel.db import ask

from courses.coverage.models import Reckoned, ReckonedFigure
from courses.coverage.queries.beforehand import NOBODY, asked, concerned, kept_of, together
from courses.coverage.queries.figures import PARTS, Figure, figure_of_all
from courses.coverage.queries.history import History


def gone_by(goal, unit, days):
    """The figure of ``goal``, a row, in ``unit``, a row, on each of ``days`` as known now.

    A list of (day, figure), the figure None where the goal was not in force.  None where not all
    of them were reckoned as known at one moment, or what was no longer serves.
    """
    asked_on = [day for day in days if goal.in_force(day)]
    kept = kept_of(Reckoned.on.in_(days), Reckoned.ready)
    known = together(kept, days)
    kept = {one.on: one for one in kept if one.known == known}
    if known is None or any(asked(goal) not in kept[day].goals for day in asked_on):
        return None
    people = concerned(known, days[-1])
    if people is None:
        return None
    told = _told(goal, unit, [one.id for one in kept.values()])
    more = _changes(goal, unit, days, known, people)
    return [(day, _figure(goal, unit, day, told.get(kept[day].id, NOBODY), more.get(day, NOBODY))
             if goal.in_force(day) else None) for day in days]


def _told(goal, unit, kept):
    """What was reckoned, by its id → the parts of the figure."""
    rows = ask(select(ReckonedFigure.reckoned_id,
                      *(getattr(ReckonedFigure, part) for part in PARTS)).where(
        ReckonedFigure.reckoned_id.in_(kept), ReckonedFigure.unit_id == unit.id,
        ReckonedFigure.goal_id == goal.id)).all()
    return {key: parts for key, *parts in rows}


def _changes(goal, unit, days, known, people):
    """day → what ``people`` add to each part now beyond what they did as known at ``known``."""
    if not people:
        return {}
    then, now = (_parts(History(goal, unit.id, days, moment, people), unit)
                 for moment in (known, clock.now()))
    return {day: [after - before for before, after in zip(less, more, strict=True)]
            for day, less, more in zip(days, then, now, strict=True)}


def _parts(history, unit):
    return [figure_of_all(history.goal, unit, day)[-len(PARTS):] for day in history.passing()]


def _figure(goal, unit, day, told, more):
    parts = [number + change for number, change in zip(told, more, strict=True)]
    return Figure(goal, unit, day, sum(parts), *parts)
