"""Locking a report, and ending one that holds no more."""
from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from lms.kernel import audit, clock
from lms.kernel.codes import new_code
from lms.kernel.db import db
from lms.kernel.errors import Refusal
from lms.kernel.i18n import _, day
from lms.kernel.locks import lock_row
from lms.kernel.naming import take_out

from courses.reports.matter import row_to_json
from courses.reports.models import LockedFigure, LockedPerson, Report
from courses.reports.queries.finding import by_code
from courses.reports.queries.measuring import measured

#: The facts that a lock reads; nobody may be in the middle of writing one.
FACTS = "placement, posting, membership, completion, exemption"


def lock(unit, first, on, values, by):
    """Lock the figures of ``unit`` for the days from ``first`` to ``on``, as known this moment.

    ``values`` are ``title`` and the heading of the paper.  Refuses a day to come, and a unit
    in which no goal is in force on the day.
    """
    _refuse_a_wrong_period(first, on)
    _wait_for_writers()
    matter = measured(unit.id, (first, on), clock.now())
    if not matter.goals or unit.id not in {one.id for one in matter.units}:
        raise Refusal(_("On %(day)s no goal is in force in this unit, so there is nothing to "
                        "lock. Choose another day.", day=day(on)))
    report = Report(
        code=new_code(), title=values["title"], begins_on=first, on=on, known_at=matter.known,
        unit=unit, locked_by=by, numbers=matter.numbers, sha256=matter.digest(),
        heading={name: value for name, value in values.items() if name != "title"},
        goals=[row_to_json(goal) for goal in matter.goals],
        units=[row_to_json(one) for one in matter.units])
    db.session.add(report)
    db.session.flush()
    db.session.add_all(_figures(report, matter))
    db.session.add_all(_people(report, matter))
    db.session.flush()
    audit.record(by, "report locked", report, on=on.isoformat(), unit=unit.id,
                 sha256=report.sha256)
    return report


def _refuse_a_wrong_period(first, on):
    if on > clock.today():
        raise Refusal(_("The figures of a day to come cannot be locked. Choose today or an "
                        "earlier day."))
    if first > on:
        raise Refusal(_("The period ends before it begins. Choose its first and last day again."))


def _wait_for_writers():
    """Let nobody be in the middle of recording facts while K is taken.

    SQLite has one writer at a time as it is.  In PostgreSQL a fact that was recorded before K
    and committed after it would be known at K and yet missing in the figures.
    """
    if db.session.get_bind().dialect.name != "postgresql":
        return
    try:
        db.session.execute(text("SET LOCAL lock_timeout = '10s'"))
        db.session.execute(text(f"LOCK TABLE {FACTS} IN SHARE MODE"))
        db.session.execute(text("SET LOCAL lock_timeout = 0"))
    except OperationalError:
        raise Refusal(_("Facts are being recorded this moment, perhaps a long list. "
                        "Lock the report again in a minute.")) from None


def _figures(report, matter):
    return [LockedFigure(report_id=report.id, goal_id=f.goal.id, unit_id=f.unit.id,
                         members=f.members, exempt=f.exempt, met=f.met, overdue=f.overdue,
                         within_time=f.within_time) for f in matter.figures]


def _people(report, matter):
    return [LockedPerson(report_id=report.id, goal_id=goal, person_id=person, status=status,
                         units=list(units))
            for goal, rows in matter.people.items() for person, (status, units) in rows.items()]


def end(report, reason, successor_code, by):
    """Withdraw ``report``, or say which report (by its code) takes its place; it stays readable."""
    lock_row(report)
    if report.ended_at is not None:
        raise Refusal(_("This report was withdrawn or replaced already."))
    if not reason:
        raise Refusal(_("Say why: the reason stands on the report from now on."))
    report.replaced_by = _successor(report, successor_code) if successor_code else None
    report.ended_at, report.ended_by, report.reason = clock.now(), by, reason
    db.session.flush()
    audit.record(by, "report ended", report, reason=reason,
                 replaced_by=report.replaced_by_id)
    return report


def forget_name(person, naming, **_former):
    """Take the name of ``person``, who is erased, out of why reports were withdrawn."""
    take_out((Report.reason,), naming, person.full_name)


def _successor(report, code):
    successor = by_code(code)
    if successor is None or successor.id == report.id or successor.ended_at is not None:
        raise Refusal(_("There is no other report in force with the code “%(code)s”. Look at the "
                        "code again, or leave it empty to withdraw the report.", code=code))
    return successor
