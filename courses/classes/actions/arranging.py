"""A class is opened, changed, called off; its sessions, trainers and seats are set."""
from sqlalchemy import select

from lms.kernel import audit, clock
from lms.kernel.db import db
from lms.kernel.errors import Refusal
from lms.kernel.i18n import _, day, named
from lms.kernel.locks import advisory_lock
from lms.kernel.naming import take_out
from lms.organisations.models import Unit
from lms.people.overtaking import refuse_overtaken
from lms.people.policies import is_officer, may_answer

from courses.catalogue.models import Course
from courses.classes.actions.turn import take_class
from courses.classes.models import (
    HALVES,
    ClassAnnouncement,
    ClassCost,
    ClassTrainer,
    CourseClass,
    Quota,
    Session,
)
from courses.classes.queries import (
    class_by_code,
    is_marked,
    people_inside,
    quota_of,
    seats_taken,
)
from courses.classes.tidings import (
    CONCERNS_ALL,
    tell_cancelled,
    tell_moved,
    tell_session_moved,
)


def open_class(values, by):
    """Open a class of a course; one that is not opened by an officer is internal to its unit."""
    advisory_lock("class codes")
    _refuse_code(values["code"])
    _refuse_dates(values["starts_on"], values["ends_on"])
    course = values.get("course") or db.session.get(Course, values["course_id"])
    if course.withdrawn_at is not None:
        raise Refusal(_("The course “%(course)s” is withdrawn. Choose another.",
                        course=named(course)))
    internal = by is not None and not is_officer(by)
    organiser = values.get("organiser") or db.session.get(Unit, values["organiser_id"])
    if internal and not may_answer(by, organiser):
        raise Refusal(_("You can open a class for your own unit only. Choose it as the organiser."))
    course_class = CourseClass(**values, internal=internal, opened_at=clock.now())
    db.session.add(course_class)
    db.session.flush()
    audit.record(by, "class opened", course_class, code=course_class.code, internal=internal)
    return course_class


def _refuse_code(code, besides=None):
    found = class_by_code(code)
    if found is not None and found is not besides:
        raise Refusal(_("There is already a class with the code %(code)s. Choose another.",
                        code=code))


def _refuse_dates(starts_on, ends_on):
    if ends_on < starts_on:
        raise Refusal(_("The last day is before the first day."))


def change_class(course_class, values, by, seen=""):
    """Change the title, dates, place, seats or rule of a class that is not over.

    ``seen`` is its fingerprint when it was opened to be changed (``lms.people.overtaking``).
    """
    take_class(course_class)
    refuse_overtaken(course_class, seen, "class changed")
    if "code" in values:
        advisory_lock("class codes")
        _refuse_code(values["code"], course_class)
    _refuse_narrower_dates(course_class, values)
    _refuse_another_course(course_class, values)
    taken = seats_taken(course_class)
    if values.get("seats") is not None and values["seats"] < taken:
        raise Refusal(_("%(taken)s people are in this class already, so it cannot have fewer "
                        "seats than that.", taken=taken))
    changed = sorted(name for name, value in values.items()
                     if getattr(course_class, name) != value)
    for name in changed:
        setattr(course_class, name, values[name])
    db.session.flush()
    if CONCERNS_ALL.intersection(changed):
        tell_moved(course_class, by)
    audit.record(by, "class changed", course_class, fields=changed)
    return course_class


def _refuse_narrower_dates(course_class, values):
    starts_on = values.get("starts_on", course_class.starts_on)
    ends_on = values.get("ends_on", course_class.ends_on)
    _refuse_dates(starts_on, ends_on)
    outside = [day(session.on) for session in course_class.sessions
               if not starts_on <= session.on <= ends_on]
    if outside:
        raise Refusal(_("There are sessions outside these days: %(days)s. "
                        "Move or remove them first.", days=", ".join(outside)))


def _refuse_another_course(course_class, values):
    course_id = values.get("course_id", course_class.course_id)
    if course_id != course_class.course_id and people_inside(course_class):
        raise Refusal(_("People were sent to this class for its course. "
                        "Open another class for another course."))


def cancel_class(course_class, reason, by):
    """Call a class off; the people in it keep what they learned elsewhere."""
    take_class(course_class)
    course_class.cancelled_at, course_class.cancel_reason = clock.now(), reason
    db.session.flush()
    tell_cancelled(course_class, by)
    audit.record(by, "class cancelled", course_class, reason=reason)
    return course_class


def forget_name(person, naming, **_former):
    """Take the name of ``person``, who is erased, out of why classes were called off, and of what
    was announced in them.
    """
    take_out((CourseClass.cancel_reason, ClassAnnouncement.text), naming, person.full_name)


def add_session(course_class, values, by):
    """Add a half-day to a class, on one of its days; there is one of a kind each day."""
    take_class(course_class)
    _refuse_time(course_class, values["on"], values["half"])
    session = Session(course_class=course_class, half_order=HALVES.index(values["half"]), **values)
    db.session.add(session)
    db.session.flush()
    audit.record(by, "session added", session, on=session.on.isoformat(), half=session.half)
    return session


def _refuse_time(course_class, on, half, besides=None):
    if not course_class.starts_on <= on <= course_class.ends_on:
        raise Refusal(_("The class is held from %(first)s to %(last)s. Choose a day between them, "
                        "or change the days of the class first.",
                        first=day(course_class.starts_on), last=day(course_class.ends_on)))
    if any(session.on == on and session.half == half and session is not besides
           for session in course_class.sessions):
        raise Refusal(_("The class already has a session at that time. Choose another half-day."))


def change_session(session, values, by, seen=""):
    """Change a half-day of a class; once somebody is marked in it, its day and half stay.

    ``seen`` is its fingerprint when it was opened to be changed.
    """
    take_class(session.course_class)
    refuse_overtaken(session, seen, "session changed")
    on, half = values.get("on", session.on), values.get("half", session.half)
    moved = (on, half) != (session.on, session.half)
    if moved:
        if is_marked(session):
            raise Refusal(_("Attendance is already marked in this session, so its day and "
                            "half-day stay. The rest can be changed."))
        _refuse_time(session.course_class, on, half, besides=session)
    for name, value in values.items():
        setattr(session, name, value)
    session.half_order = HALVES.index(session.half)
    db.session.flush()
    if moved:
        tell_session_moved(session, by)
    audit.record(by, "session changed", session, on=session.on.isoformat(), half=session.half)
    return session


def remove_session(session, by):
    """Take a half-day out of a class, while nobody is marked in it."""
    take_class(session.course_class)
    if is_marked(session):
        raise Refusal(_("Attendance is already marked in this session; it stays."))
    audit.record(by, "session removed", session, on=session.on.isoformat(), half=session.half)
    session.course_class.sessions.remove(session)
    db.session.delete(session)
    db.session.flush()


def add_trainer(course_class, person, by):
    """Have ``person`` teach in the class."""
    take_class(course_class)
    if any(trainer.person_id == person.id for trainer in course_class.trainers):
        raise Refusal(_("%(name)s already teaches this class.", name=person.full_name))
    if person.id in people_inside(course_class):
        raise Refusal(_("%(name)s takes part in this class and cannot teach it as well.",
                        name=person.full_name))
    db.session.add(ClassTrainer(course_class=course_class, person=person))
    db.session.flush()
    audit.record(by, "trainer added", course_class, person=person.id)


def remove_trainer(course_class, person, by):
    """Have ``person`` teach in the class no more; they keep nothing of it."""
    take_class(course_class)
    led = [day(session.on) for session in course_class.sessions if session.trainer_id == person.id]
    if led:
        raise Refusal(_("%(name)s still leads the sessions of %(days)s. "
                        "Give them to somebody else first.",
                        name=person.full_name, days=", ".join(led)))
    for trainer in [one for one in course_class.trainers if one.person_id == person.id]:
        course_class.trainers.remove(trainer)
        db.session.delete(trainer)
    db.session.flush()
    audit.record(by, "trainer removed", course_class, person=person.id)


def set_cost(course_class, values, by):
    """Enter what the class costs under a ``heading``, of a ``source``, paid by ``payer``: the
    ``planned`` and the ``actual`` amount in đồng, either of them None; both None: nothing.

    Also of a class that is closed: bills come later.
    """
    advisory_lock(f"class {course_class.id}")
    place = {"class_id": course_class.id, "heading": values["heading"],
             "source": values["source"], "payer_id": values["payer"].id}
    cost = db.session.scalar(select(ClassCost).filter_by(**place))
    if cost is None:
        cost = ClassCost(**place)
        db.session.add(cost)
    cost.planned, cost.actual = values["planned"], values["actual"]
    db.session.flush()
    if cost.planned is None and cost.actual is None:
        db.session.delete(cost)
        db.session.flush()
    audit.record(by, "costs entered", course_class, heading=values["heading"],
                 source=values["source"], payer=values["payer"].id, planned=values["planned"],
                 actual=values["actual"])


def set_quota(course_class, unit, seats, by):
    """Let ``unit`` and those below it fill at most ``seats``; None lifts the limit."""
    take_class(course_class)
    quota = quota_of(course_class, unit)
    if seats is None and quota is not None:
        db.session.delete(quota)
    elif seats is not None:
        db.session.merge(Quota(class_id=course_class.id, unit_id=unit.id, seats=seats))
    db.session.flush()
    audit.record(by, "quota set", course_class, unit=unit.id, seats=seats)
