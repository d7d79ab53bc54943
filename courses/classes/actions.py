"""Everything that can be done to a class."""
from datetime import timedelta

from sqlalchemy import select

from lms.kernel import audit, clock
from lms.kernel.db import db
from lms.kernel.errors import Refusal
from lms.kernel.i18n import _
from lms.kernel.turns import take_turn
from lms.organisations.queries import tree
from lms.people.policies import is_officer

from courses.classes.models import (
    HALVES,
    MARKS,
    Attendance,
    ClassTrainer,
    CourseClass,
    Enrolment,
    Quota,
    Session,
)
from courses.classes.queries import (
    attendance_of,
    enrolments_in,
    outlooks,
    quotas_of,
    seats_left,
    seats_taken,
)
from courses.classes.signals import class_closed

#: How long after a session its trainer may still mark it; later an officer does, with a reason.
MARKING_DAYS = timedelta(days=7)


def open_class(values, by):
    """Open a class of a course; its trainer is whoever opens it where they teach."""
    if db.session.scalar(select(CourseClass.id).filter_by(code=values["code"])):
        raise Refusal(_("There is already a class with the code %(code)s. Choose another.",
                        code=values["code"]))
    course_class = CourseClass(**values, opened_at=clock.now())
    db.session.add(course_class)
    db.session.flush()
    audit.record(by, "class opened", course_class, code=course_class.code)
    return course_class


def change_class(course_class, values, by):
    """Change the dates, place, seats or rule of a class that is not closed."""
    _refuse_if_over(course_class)
    for field, value in values.items():
        setattr(course_class, field, value)
    db.session.flush()
    audit.record(by, "class changed", course_class, fields=sorted(values))
    return course_class


def _refuse_if_over(course_class):
    if course_class.closed_at is not None:
        raise Refusal(_("This class is closed; its results stand and no longer change."))
    if course_class.cancelled_at is not None:
        raise Refusal(_("This class is cancelled."))


def cancel_class(course_class, reason, by):
    """Call a class off; the people in it keep what they learned elsewhere."""
    _refuse_if_over(course_class)
    course_class.cancelled_at = clock.now()
    db.session.flush()
    audit.record(by, "class cancelled", course_class, reason=reason)


def add_session(course_class, values, by):
    """Add a half-day to a class; there is one of a kind each day."""
    _refuse_if_over(course_class)
    taken = any(s.on == values["on"] and s.half == values["half"] for s in course_class.sessions)
    if taken:
        raise Refusal(_("The class already has a session at that time. Choose another half-day."))
    session = Session(course_class=course_class, half_order=HALVES.index(values["half"]), **values)
    db.session.add(session)
    db.session.flush()
    audit.record(by, "session added", session, on=session.on.isoformat(), half=session.half)
    return session


def remove_session(session, by):
    """Take a half-day out of a class, while nobody is marked in it."""
    _refuse_if_over(session.course_class)
    if db.session.scalar(select(Attendance.session_id).filter_by(session_id=session.id).limit(1)):
        raise Refusal(_("Attendance is already marked in this session; it stays."))
    audit.record(by, "session removed", session, on=session.on.isoformat())
    db.session.delete(session)
    db.session.flush()


def add_trainer(course_class, person, by):
    """Have ``person`` teach in the class."""
    if any(trainer.person_id == person.id for trainer in course_class.trainers):
        raise Refusal(_("%(name)s already teaches this class.", name=person.full_name))
    if any(e.person_id == person.id for e in enrolments_in(course_class)):
        raise Refusal(_("%(name)s takes part in this class and cannot teach it as well.",
                        name=person.full_name))
    db.session.add(ClassTrainer(course_class=course_class, person=person))
    db.session.flush()
    audit.record(by, "trainer added", course_class, person=person.id)


def remove_trainer(course_class, person, by):
    """Have ``person`` teach in the class no more."""
    for trainer in course_class.trainers:
        if trainer.person_id == person.id:
            db.session.delete(trainer)
    db.session.flush()
    audit.record(by, "trainer removed", course_class, person=person.id)


def set_quota(course_class, unit, seats, by):
    """Set ``seats`` of the class aside for ``unit``; none lifts the limit of the unit."""
    _refuse_if_over(course_class)
    quota = db.session.get(Quota, (course_class.id, unit.id))
    if seats is None:
        if quota:
            db.session.delete(quota)
    elif quota:
        quota.seats = seats
    else:
        db.session.add(Quota(class_id=course_class.id, unit_id=unit.id, seats=seats))
    db.session.flush()
    audit.record(by, "quota set", course_class, unit=unit.id, seats=seats)


def nominate(course_class, people, unit, by):
    """Send ``people`` of ``unit`` to the class: all of them, or nobody where one does not fit."""
    _refuse_if_over(course_class)
    take_turn(f"class {course_class.id}")
    _refuse_who_is_in(course_class, people)
    _refuse_beyond_the_seats(course_class, unit, len(people))
    withdrawn = {e.person_id: e for e in db.session.scalars(select(Enrolment).where(
        Enrolment.class_id == course_class.id, Enrolment.withdrawn_at.is_not(None)))}
    for person in people:
        enrolment = withdrawn.get(person.id) or Enrolment(
            course_class=course_class, person=person)
        enrolment.withdrawn_at = None
        enrolment.unit, enrolment.nominated_at = unit, clock.now()
        enrolment.nominated_by_id = by.id if by else None
        db.session.add(enrolment)
    db.session.flush()
    audit.record(by, "people nominated", course_class, people=[p.id for p in people])


def _refuse_who_is_in(course_class, people):
    if not people:
        raise Refusal(_("Nobody was chosen. Tick the people to send, then press the button."))
    inside = {enrolment.person_id for enrolment in enrolments_in(course_class)}
    inside |= {trainer.person_id for trainer in course_class.trainers}
    names = [person.full_name for person in people if person.id in inside]
    if names:
        raise Refusal(_("Already in this class, as participants or trainers: %(names)s. "
                        "Nobody was sent; take them off and try again.", names=", ".join(names)))


def _refuse_beyond_the_seats(course_class, unit, count):
    left = seats_left(course_class)
    if left is not None and count > left:
        raise Refusal(_("Only %(left)s seats are left in this class. Nobody was sent; choose "
                        "fewer.", left=max(0, left)))
    if unit is None:
        return
    path = tree().path(unit.id)
    for quota in quotas_of(course_class):
        if quota.unit_id in path:
            free = quota.seats - seats_taken(course_class, tree().below(quota.unit_id))
            if count > free:
                raise Refusal(_("%(unit)s has %(free)s seats left in this class. Nobody was sent; "
                                "choose fewer or ask the organiser.",
                                unit=quota.unit.name_vi, free=max(0, free)))


def withdraw(enrolment, by):
    """Take somebody out of a class that is not closed; their seat is free again."""
    _refuse_if_over(enrolment.course_class)
    enrolment.withdrawn_at = clock.now()
    db.session.flush()
    audit.record(by, "enrolment withdrawn", enrolment, person=enrolment.person_id)
    return enrolment


def bring_back(enrolment, by):
    """Undo a withdrawal, where there is still a seat."""
    nominate(enrolment.course_class, [enrolment.person], enrolment.unit, by)
    return enrolment


def mark_attendance(session, marks, by, reason=""):
    """Mark who was there: ``marks`` maps an enrolment's id to one of MARKS."""
    _refuse_if_over(session.course_class)
    if session.on > clock.today():
        raise Refusal(_("This session has not been yet; mark it on %(day)s.",
                        day=session.on.strftime("%d/%m/%Y")))
    late = clock.today() > session.on + MARKING_DAYS
    if late and not (is_officer(by) and reason):
        raise Refusal(_("More than seven days have passed since this session. A training officer "
                        "can still change it, giving a reason."))
    known = {e.id for e in enrolments_in(session.course_class)}
    for enrolment_id, mark in marks.items():
        if enrolment_id in known and mark in MARKS:
            db.session.merge(Attendance(session_id=session.id, enrolment_id=enrolment_id,
                                        mark=mark, marked_at=clock.now(), marked_by_id=by.id))
    db.session.flush()
    audit.record(by, "attendance marked", session, people=len(marks), reason=reason)


def enter_marks(course_class, marks, by):
    """Enter the marks of participants: an enrolment's id → a mark out of 100, or None."""
    _refuse_if_over(course_class)
    for enrolment in enrolments_in(course_class):
        if enrolment.id in marks:
            enrolment.mark = marks[enrolment.id]
    db.session.flush()
    audit.record(by, "marks entered", course_class, people=len(marks))


def close_class(course_class, by):
    """Give everybody their result by the rule of the class; what is missing is named first."""
    _refuse_if_over(course_class)
    enrolments = enrolments_in(course_class)
    standing = outlooks(course_class, enrolments)
    _refuse_unsettled(course_class, enrolments, standing)
    for enrolment in enrolments:
        enrolment.passed = standing[enrolment.id].passed
    course_class.closed_at = clock.now()
    db.session.flush()
    audit.record(by, "class closed", course_class, passed=sum(e.passed for e in enrolments),
                 people=len(enrolments))
    class_closed.send(course_class, by=by)
    return course_class


def _refuse_unsettled(course_class, enrolments, standing):
    if not course_class.sessions:
        raise Refusal(_("The class has no sessions, so nobody can have attended. Add them first."))
    last = max(session.on for session in course_class.sessions)
    if last > clock.today():
        raise Refusal(_("The last session is on %(day)s; the class can be closed from then on.",
                        day=last.strftime("%d/%m/%Y")))
    missing = [e.person.full_name for e in enrolments if not standing[e.id].settled]
    if missing:
        raise Refusal(_("Attendance or marks are missing for: %(names)s. "
                        "Enter them, then close the class.", names=", ".join(missing)))


def all_present(session, by):
    """Mark everybody not yet marked in the session as present."""
    marked = {enrolment for (s, enrolment) in attendance_of(session.course_class)
              if s == session.id}
    everybody = {e.id: "present" for e in enrolments_in(session.course_class)
                 if e.id not in marked}
    mark_attendance(session, everybody, by)
