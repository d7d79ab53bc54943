"""People are sent to a class, leave it, and are replaced."""
from sqlalchemy import select

from lms.kernel import audit, clock
from lms.kernel.db import db
from lms.kernel.errors import Refusal
from lms.kernel.i18n import _, named, ngettext
from lms.organisations.queries import tree

from courses.classes.actions.turn import take_class
from courses.classes.models import Enrolment
from courses.classes.queries import enrolments_in, quotas_of, seats_left, seats_taken
from courses.classes.tidings import tell_sent


def nominate(course_class, people, unit, by):
    """Send ``people`` of ``unit`` to the class: all of them, or nobody where one does not fit."""
    take_class(course_class)
    people = list(dict.fromkeys(people))
    _refuse_who_is_in(course_class, people)
    _refuse_strangers(course_class, unit)
    _refuse_beyond_the_seats(course_class, unit, len(people))
    before = {e.person_id: e for e in db.session.scalars(select(Enrolment).where(
        Enrolment.class_id == course_class.id,
        Enrolment.person_id.in_([person.id for person in people])))}
    sent = [_enrol(course_class, person, before.get(person.id)) for person in people]
    for enrolment in sent:
        enrolment.unit, enrolment.nominated_by_id = unit, by.id if by else None
    db.session.flush()
    tell_sent(course_class, sent, by)
    audit.record(by, "people nominated", course_class, people=[person.id for person in people],
                 unit=unit.id if unit else None)
    return sent


def _enrol(course_class, person, enrolment):
    # Somebody who left comes back into the same row, with what was marked before.
    if enrolment is None:
        enrolment = Enrolment(course_class=course_class, person=person)
        db.session.add(enrolment)
    enrolment.withdrawn_at, enrolment.nominated_at = None, clock.now()
    return enrolment


def _refuse_who_is_in(course_class, people):
    if not people:
        raise Refusal(_("Nobody was chosen. Tick the people to send, then press the button."))
    inside = {enrolment.person_id for enrolment in enrolments_in(course_class)}
    teaching = {trainer.person_id for trainer in course_class.trainers}
    names = [person.full_name for person in people if person.id in inside]
    if names:
        raise Refusal(_("Already in this class: %(names)s. Nobody was sent; "
                        "take the tick off and try again.", names=", ".join(names)))
    names = [person.full_name for person in people if person.id in teaching]
    if names:
        raise Refusal(_("Who teaches this class cannot take part in it: %(names)s. Nobody was "
                        "sent; take the tick off and try again.", names=", ".join(names)))


def _refuse_strangers(course_class, unit):
    if course_class.internal and (
            unit is None or course_class.organiser_id not in tree().path(unit.id)):
        raise Refusal(_("This class is internal to %(unit)s; only its own people take part.",
                        unit=named(course_class.organiser)))


def _refuse_beyond_the_seats(course_class, unit, count):
    left = seats_left(course_class)
    if left is not None and count > left:
        raise Refusal(_("This class is full. Nobody was sent.") if left <= 0 else ngettext(
            "Only %(num)s seat is left in this class. Nobody was sent; choose fewer people.",
            "Only %(num)s seats are left in this class. Nobody was sent; choose fewer people.",
            left))
    path = tree().path(unit.id) if unit else []
    for quota in [one for one in quotas_of(course_class) if one.unit_id in path]:
        free = max(0, quota.seats - seats_taken(course_class, tree().below(quota.unit_id)))
        if count > free:
            raise Refusal(ngettext(
                "%(unit)s has %(num)s seat left in this class. Nobody was sent; choose fewer "
                "people or ask the organiser.",
                "%(unit)s has %(num)s seats left in this class. Nobody was sent; choose fewer "
                "people or ask the organiser.", free, unit=named(quota.unit)))


def withdraw(enrolment, reason, by):
    """Take somebody out of a class that is not over; their seat is free again."""
    take_class(enrolment.course_class)
    if enrolment.withdrawn_at is not None:
        raise Refusal(_("%(name)s is already out of this class.", name=enrolment.person.full_name))
    enrolment.withdrawn_at = clock.now()
    db.session.flush()
    audit.record(by, "enrolment withdrawn", enrolment, person=enrolment.person_id, reason=reason)
    return enrolment


def bring_back(enrolment, by):
    """Undo a withdrawal, where there is still a seat."""
    nominate(enrolment.course_class, [enrolment.person], enrolment.unit, by)
    return enrolment


def replace(enrolment, person, reason, by):
    """Send ``person`` in the place of somebody who leaves, on the seat of the same unit."""
    withdraw(enrolment, reason, by)
    return nominate(enrolment.course_class, [person], enrolment.unit, by)[0]
