"""What the forms of classes offer to choose from."""
from sqlalchemy import func, select

from lms.kernel import clock
from lms.kernel.db import db
from lms.kernel.forms import choices
from lms.kernel.i18n import named
from lms.organisations.queries import units_on
from lms.people.policies import is_officer, units_answered
from lms.people.queries import units_of

from courses.catalogue.models import Course
from courses.classes.models import CourseClass


def fill_choices(form, person, course_class=None):
    """Give the form the courses and the units ``person`` may choose; the form itself comes back."""
    if "course_id" in form:
        offered = db.session.scalars(
            select(Course).where(Course.withdrawn_at.is_(None)).order_by(Course.key))
        form.course_id.choices = choices(
            (course.id, f"{course.key} – {named(course)}") for course in offered)
    if "organiser_id" in form:
        form.organiser_id.choices = choices(
            (unit.id, named(unit)) for unit in organisers(person, course_class))
    if "unit_id" in form:
        form.unit_id.choices = choices(
            (unit.id, named(unit)) for unit in units_on(clock.today()))
    return form


def organisers(person, course_class=None):
    """The units in whose name ``person`` may hold a class."""
    units = units_on(clock.today())
    if is_officer(person):
        return units
    own = set(units_answered(person)) | units_of(person.id, clock.today())
    if course_class:
        own.add(course_class.organiser_id)
    return [unit for unit in units if unit.id in own]


def proposed_code(day):
    """A code for the next class of the year: L2026-07."""
    count = db.session.scalar(select(func.count(CourseClass.id)).where(
        CourseClass.code.startswith(f"L{day.year}-")))
    return f"L{day.year}-{count + 1:02d}"


