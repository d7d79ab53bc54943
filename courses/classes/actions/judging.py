"""Attendance is marked, marks are entered, and the class is closed."""
from dataclasses import dataclass
from datetime import datetime

from lms.kernel import audit, clock
from lms.kernel.db import db
from lms.kernel.errors import Refusal
from lms.kernel.i18n import _, day
from lms.people.models import Person
from lms.people.policies import is_officer

from courses.classes.actions.turn import take_class
from courses.classes.models import MARKS, PRESENT, Attendance, Enrolment, Session
from courses.classes.queries import attendance_rows, enrolments_in, results
from courses.classes.rule import read_mark
from courses.classes.signals import class_closed


def mark_attendance(session, marks, by, reason=""):
    """Mark who was there: an enrolment's id → one of MARKS, or None to take the mark away.

    Gives how many people it marked; whoever has left the class meanwhile is passed over.
    """
    if not set(marks.values()) <= {*MARKS, None}:
        raise Refusal(_("Attendance is present, late, excused or absent. Nothing was saved."))
    take_class(session.course_class)
    known = {enrolment.id for enrolment in enrolments_in(session.course_class)}
    return _mark(session, {key: mark for key, mark in marks.items() if key in known},
                 attendance_rows(session), by, reason)


def _mark(session, marks, rows, by, reason):
    _refuse_the_time(session, reason, by)
    for key, mark in marks.items():
        _set_mark(rows.get(key), session, key, mark, by)
    db.session.flush()
    audit.record(by, "attendance marked", session, people=len(marks), reason=reason)
    return len(marks)


@dataclass(frozen=True)
class Clash:
    """Somebody was marked by two people: ``mine`` was not saved, ``theirs`` stands.

    Both are one of MARKS, or empty for no mark; ``by`` and ``at`` tell who entered theirs and
    when, None where it was taken away.
    """

    session: Session
    enrolment: Enrolment
    mine: str
    theirs: str
    by: Person | None
    at: datetime | None


def mark_what_stands(course_class, choices, by, reason=""):
    """Mark who was there, except where somebody else did so since the page was opened.

    ``choices``: a session's id → an enrolment's id → (the mark that the page showed, the mark
    chosen there), each one of MARKS or None.  Gives how many marks it changed, and the clashes by
    session and in the order of names.  What was chosen may have lain on a device without a line
    for hours.
    """
    take_class(course_class)
    # What was read before this turn came may be over.
    db.session.expire_all()
    people, count, clashes = enrolments_in(course_class), 0, []
    for session in course_class.sessions:
        if session.id in choices:
            rows = attendance_rows(session)
            changed, clashing = _compared(session, people, choices[session.id], rows)
            count += _mark(session, changed, rows, by, reason) if changed else 0
            clashes += clashing
    return count, clashes


def _compared(session, people, choices, rows):
    """What to change, an enrolment's id → the mark, and the clashes."""
    changed, clashes = {}, []
    for enrolment in people:
        shown, mine = choices.get(enrolment.id, (None, None))
        row = rows.get(enrolment.id)
        theirs = row.mark if row else None
        if enrolment.id not in choices or mine == theirs:
            continue
        if theirs == shown:
            changed[enrolment.id] = mine
        else:
            clashes.append(_clash(session, enrolment, mine, row))
    return changed, clashes


def _clash(session, enrolment, mine, row):
    by = db.session.get(Person, row.marked_by_id) if row and row.marked_by_id else None
    return Clash(session, enrolment, mine or "", row.mark if row else "", by,
                 row.marked_at if row else None)


def _refuse_the_time(session, reason, by):
    if session.on > clock.today():
        raise Refusal(_("This session has not been yet; mark it on %(day)s.", day=day(session.on)))
    if by is None or not session.late_on(clock.today()):
        return
    if not is_officer(by):
        raise Refusal(_("More than seven days have passed since this session. Ask a training "
                        "officer, who can still change it with a reason."))
    if not reason.strip():
        raise Refusal(_("More than seven days have passed since this session. Give the reason "
                        "for the late entry, then save again."))


def _set_mark(row, session, enrolment_id, mark, by):
    if mark is None:
        if row is not None:
            db.session.delete(row)
        return
    # Asked before the row is there: whoever it is may have to be read again, and before anything is
    # read, what is new goes to the database.
    marked = {"mark": mark, "marked_at": clock.now(), "marked_by_id": by.id if by else None}
    if row is None:
        db.session.add(Attendance(session_id=session.id, enrolment_id=enrolment_id, **marked))
        return
    for name, value in marked.items():
        setattr(row, name, value)


def all_present(session, by, reason=""):
    """Mark everybody not yet marked in the session as present; gives how many."""
    everybody = {one.id: (None, PRESENT) for one in enrolments_in(session.course_class)}
    return mark_what_stands(session.course_class, {session.id: everybody}, by, reason)[0]


def enter_marks(course_class, marks, by, seen=None):
    """Enter marks out of 100: an enrolment's id → the mark, as a number or typed; None for none.

    ``seen`` are the marks that the page showed; refused where somebody entered another one since.
    """
    take_class(course_class)
    # What was read before this turn came may be over.
    db.session.expire_all()
    given, faults = {}, []
    for enrolment in [e for e in enrolments_in(course_class) if e.id in marks]:
        try:
            given[enrolment] = read_mark(marks[enrolment.id])
        except ValueError:
            faults.append(enrolment.person.full_name)
    if faults:
        raise Refusal(_("A mark is a number from 0 to 100 with two decimals at most. Look again "
                        "at: %(names)s. Nothing was saved.", names=", ".join(faults)))
    _refuse_overwriting(given, seen or {})
    for enrolment, mark in given.items():
        enrolment.mark = mark
    db.session.flush()
    audit.record(by, "marks entered", course_class, people=len(given))
    return len(given)


def _refuse_overwriting(given, seen):
    names = [enrolment.person.full_name for enrolment, mark in given.items()
             if enrolment.id in seen and enrolment.mark not in (seen[enrolment.id], mark)]
    if names:
        raise Refusal(_("Somebody else entered a mark after you opened the page, for: %(names)s. "
                        "Nothing was saved; agree on one, then save again: yours then replaces "
                        "it.", names=", ".join(names)))


def close_class(course_class, by):
    """Give everybody their result by the rule of the class; what is missing is named first."""
    take_class(course_class)
    found = results(course_class)
    _refuse_too_early(course_class, found)
    _refuse_unsettled(found)
    for one in found.rows:
        one.enrolment.passed = one.outlook.passed
    course_class.closed_at = clock.now()
    db.session.flush()
    audit.record(by, "class closed", course_class, people=len(found.rows), passed=found.passed)
    class_closed.send(course_class, by=by)
    return course_class


def _refuse_too_early(course_class, found):
    last = course_class.last_session_on
    if last is None:
        raise Refusal(_("The class has no sessions, so nobody can have attended. Add them first."))
    if last > clock.today():
        raise Refusal(_("The last session is on %(day)s; the class can be closed from then on.",
                        day=day(last)))
    if not found.rows:
        raise Refusal(_("Nobody takes part in this class, so there is no result to record. "
                        "Cancel it instead."))


def _refuse_unsettled(found):
    sentences = []
    if found.unattended:
        sentences.append(_("Attendance is missing for: %(names)s.",
                           names=names_of(found.unattended)))
    if found.unmarked:
        sentences.append(_("The mark is missing for: %(names)s.", names=names_of(found.unmarked)))
    if sentences:
        raise Refusal(" ".join([*sentences, _("Enter what is missing, then close the class.")]))


def names_of(rows):
    """The names of these results, in their order, with commas."""
    return ", ".join(one.enrolment.person.full_name for one in rows)
