"""What a report would say now, and what a locked one says."""
import json
from datetime import UTC

from sqlalchemy import select

from lms.kernel import clock
from lms.kernel.db import db
from lms.kernel.i18n import day
from lms.organisations.models import Unit
from lms.organisations.naming import PLACES, agency
from lms.organisations.queries import tree
from lms.organisations.words import BLOCK
from lms.people.queries import main_unit

from courses.coverage.queries import Figure, whole
from courses.coverage.reckoning import below
from courses.reports.matter import Matter, goal_from_json, plain, unit_from_json
from courses.reports.models import LockedFigure, LockedPerson
from courses.reports.periods import ended_by
from courses.reports.queries.statistics import numbers_of


def measured(unit_id, days, known, heading=None, title="", recast=False):
    """The matter of a report of a unit for ``days`` (the first, the last), known at ``known``;
    ``recast`` counts under today's units.

    A class that a unit outside organised is not among its classes; a unit that was dissolved
    meanwhile is, under its old name.
    """
    first, on = days
    read = whole(unit_id, on, known, recast=recast)
    numbers = {**numbers_of(read, unit_id, first, known), "tree": tree_of(read, unit_id)}
    numbers = json.loads(json.dumps(numbers, default=plain))
    return Matter(
        first=first, on=on, known=known, unit_id=unit_id, goals=read.goals, units=read.units,
        figures=tuple(read.figures), people={goal.id: read.people(goal) for goal in read.goals},
        numbers=numbers, heading=heading or {}, title=title, recast=recast)


def tree_of(read, unit_id):
    """(unit, parent) for all that stood below the unit, in force or not: people may be posted in
    a unit that was dissolved."""
    scope = below({unit_id}, read.day.parents)
    return sorted((unit, parent) for unit, parent in read.day.parents.items()
                  if unit in scope and unit != unit_id)


def matter_of(report):
    """The matter of a locked report, from nothing but its own rows."""
    goals = {row["id"]: goal_from_json(row) for row in report.goals}
    units = {row["id"]: unit_from_json(row) for row in report.units}
    rows = {(row.goal_id, row.unit_id): row for row in db.session.scalars(
        select(LockedFigure).where(LockedFigure.report_id == report.id))}
    figures = tuple(
        Figure(goal, unit, report.on, row.members, row.exempt, row.met, row.overdue,
               row.within_time)
        for goal in goals.values() for unit in units.values()
        if (row := rows.get((goal.id, unit.id))))
    return Matter(
        first=report.begins_on, on=report.on, known=report.known_at.astimezone(UTC),
        unit_id=report.unit_id, goals=tuple(goals.values()), units=tuple(units.values()),
        figures=figures, people=locked_people(report, goals), numbers=report.numbers,
        heading=report.heading, title=report.title, code=report.code, sha256=report.sha256)


def locked_people(report, goals):
    """goal id → person id → (status, ids of units), as it was locked."""
    people = {goal: {} for goal in goals}
    for row in db.session.execute(
            select(LockedPerson.goal_id, LockedPerson.person_id, LockedPerson.status,
                   LockedPerson.units).where(LockedPerson.report_id == report.id)):
        people[row.goal_id][row.person_id] = row.status, tuple(row.units)
    return people


def proposed_heading(person, unit):
    """Who reports, as the head of a paper names it: the unit of ``person`` and what it is under."""
    issuer = main_unit(person, clock.today()) or unit
    above = tree().path(issuer.id)[1:]
    names = {one.id: one for one in db.session.scalars(select(Unit).where(Unit.id.in_(above)))}
    superior = next((agency(names[key]) for key in above if names[key].kind != BLOCK), "")
    sign, title = signing(issuer)
    return {"superior": superior, "issuer": agency(issuer), "sign": sign, "place": "Cao Bằng",
            "to": superior or agency(unit), "signer_title": title, "signer": ""}


def signing(unit):
    """What stands behind the number of a paper of ``unit``, and as what its head signs."""
    return (("UBND", "TM. Ủy ban nhân dân - Chủ tịch") if unit.kind in PLACES
            else (unit.short_name, "Thủ trưởng"))


def proposed_title(first, on):
    """The subject of a report for these days: a usual period by its name."""
    usual = next((one.title_vi for one in ended_by(on) if (one.first, one.last) == (first, on)),
                 f"(từ ngày {day(first)} đến ngày {day(on)})")
    return f"Kết quả tập huấn, bồi dưỡng kiến thức về quyền con người {usual}"
