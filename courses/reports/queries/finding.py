"""Looking reports up."""
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from lms.kernel.codes import tidy
from lms.kernel.db import db
from lms.people.policies import past_scope_of

from courses.coverage.queries import figures
from courses.reports.models import LockedFigure, Report


def by_code(code):
    """The report with this code, or None."""
    return db.session.scalar(select(Report).where(Report.code == tidy(code)))


def reports_seen_by(person):
    """The statement of the locked reports ``person`` may read, the newest first."""
    statement = select(Report).options(
        joinedload(Report.unit), joinedload(Report.locked_by), joinedload(Report.replaced_by)
    ).order_by(Report.known_at.desc(), Report.id.desc())
    scope = past_scope_of(person)
    return statement if scope is None else statement.where(Report.unit_id.in_(scope))


def last_lock(unit_id):
    """The newest report of the unit that is in force, or None."""
    return db.session.scalar(
        select(Report).where(Report.unit_id == unit_id, Report.ended_at.is_(None))
        .order_by(Report.known_at.desc(), Report.id.desc()).limit(1))


def since_last_lock(report):
    """(locked figure or None, today's) of the unit for each goal in force today.

    Today's come from one plain reading of all facts: for the whole that costs less than
    asking for the people of its units.
    """
    then = {row.goal_id: row for row in db.session.scalars(
        select(LockedFigure).where(LockedFigure.report_id == report.id,
                                   LockedFigure.unit_id == report.unit_id))}
    return [(then.get(figure.goal.id), figure) for figure in figures()
            if figure.unit.id == report.unit_id]
