"""What the forms of classes offer to choose from."""
from datetime import timedelta

from sqlalchemy import or_, select

from lms.kernel import clock
from lms.kernel.db import db
from lms.kernel.forms import choices
from lms.kernel.i18n import _, named
from lms.organisations.queries import tree, units_on
from lms.people.models import Person
from lms.people.policies import is_officer, units_answered
from lms.people.queries import people_seen_by, posted_in

from courses.catalogue.models import Course
from courses.catalogue.queries import trainers_on
from courses.classes.models import HALVES, Enrolment

#: A longer list is not read to its end: one looks for a name instead.
MOST_OFFERED = 50


def fill_choices(form, person, course_class=None):
    """Give the form the courses and the units ``person`` may choose; the form itself comes back."""
    if "course_id" in form:
        offered = db.session.scalars(
            select(Course).where(or_(
                Course.withdrawn_at.is_(None),
                Course.id == (course_class.course_id if course_class else None)))
            .order_by(Course.key))
        form.course_id.choices = choices(
            (course.id, f"{course.key} – {named(course)}") for course in offered)
    if "organiser_id" in form:
        form.organiser_id.choices = choices(
            (unit.id, named(unit)) for unit in organisers(person, course_class))
    if "unit_id" in form:
        form.unit_id.choices = choices(
            (unit.id, named(unit)) for unit in units_on(clock.today()))
    return form


def offer_costs(form, course_class, costs):
    """Give the form of a cost who may pay: first whoever organises the class, then the units there
    are today, and those that pay already; the form itself comes back.
    """
    units = {unit.id: unit for unit in (
        course_class.organiser, *units_on(clock.today()), *(cost.payer for cost in costs))}
    form.payer_id.choices = choices((unit.id, named(unit)) for unit in units.values())
    return form


def organisers(person, course_class=None):
    """The units in whose name ``person`` may hold a class, and the one that holds it now."""
    units = units_on(clock.today())
    if is_officer(person):
        return units
    own = tree().below(*units_answered(person))
    if course_class:
        own.add(course_class.organiser_id)
    return [unit for unit in units if unit.id in own]


def offer_trainers(form, course_class):
    """Give the form of a session the trainers of the class; the form itself comes back."""
    form.trainer_id.choices = choices([(0, _("– not said –")), *(
        (trainer.person_id, trainer.person.full_name) for trainer in course_class.trainers)])
    return form


def next_slot(course_class):
    """The day and half-day after the last session, as far as the class is held; as a proposal."""
    last = course_class.sessions[-1] if course_class.sessions else None
    if last is None:
        return course_class.starts_on, HALVES[0]
    if last.half == HALVES[0]:
        return last.on, HALVES[1]
    return min(last.on + timedelta(days=1), course_class.ends_on), HALVES[0]


def trainers_offered(course_class, person, search):
    """Who may be chosen to teach: trainers, or whom ``person`` follows and looks for by name."""
    teaching = [trainer.person_id for trainer in course_class.trainers]
    statement = people_seen_by(person, search) if search else trainers_on(clock.today())
    return db.session.scalars(
        statement.where(Person.id.not_in(teaching)).limit(MOST_OFFERED)).all()


def trainer_offered(person, key):
    """The one with the id ``key`` whom ``person`` may choose to teach, or None."""
    trainers, known = trainers_on(clock.today()), people_seen_by(person)
    return (db.session.scalar(trainers.where(Person.id == key))
            or db.session.scalar(known.where(Person.id == key)))


def _replacements(enrolment, person):
    units = tree().below(enrolment.unit_id) if enrolment.unit_id else None
    inside = select(Enrolment.person_id).where(
        Enrolment.class_id == enrolment.class_id, Enrolment.withdrawn_at.is_(None))
    return people_seen_by(person).where(
        Person.id.in_(posted_in(units, clock.today())), Person.id.not_in(inside))


def offer_replacements(form, enrolment, person):
    """Give the form the people of the unit who are not in the class; the form comes back."""
    form.person_id.choices = choices(
        (one.id, f"{one.full_name} ({one.birth_year})" if one.birth else one.full_name)
        for one in db.session.scalars(_replacements(enrolment, person)))
    return form


def replacement_offered(enrolment, person, key):
    """The one with the id ``key`` who may come instead, or None."""
    return db.session.scalar(_replacements(enrolment, person).where(Person.id == key))
