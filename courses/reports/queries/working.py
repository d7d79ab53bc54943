"""What the working papers of a unit say: who is still to be trained, and where they may go."""
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import select

from lms.kernel import clock
from lms.kernel.db import db
from lms.people.models import AUDITOR, OFFICER, Person, Role
from lms.people.policies import is_officer

from courses.classes.queries import classes_open_for
from courses.coverage.queries import figures, standings, with_evidence
from courses.coverage.reckoning import OWING


@dataclass
class Missing:
    """Somebody of a unit who still owes something, whatever the goals that ask for it."""

    person: object
    units: tuple
    overdue: bool = False
    due_on: date | None = None
    #: id of a course → its title
    courses: dict = field(default_factory=dict)
    under_way: list = field(default_factory=list)
    phone: str = ""


def unit_figures(unit, on):
    """The figures of the goals that mean somebody of ``unit`` on ``on``."""
    return [figure for figure in figures(units=[unit], on=on) if figure.members]


def missing_in(unit, found, on):
    """Everybody of ``unit`` still to be trained for the goals of the figures ``found``.

    Each person once; those overdue first, then by the day they are due, then by name.
    """
    people = {}
    for figure in found:
        rows = standings(figure.goal, unit, on, statuses=OWING)
        for row in with_evidence(rows, figure.goal, on):
            _add(people.setdefault(row.person.id, Missing(row.person, row.units)), row)
    return sorted(people.values(), key=lambda one: (
        not one.overdue, one.due_on or date.max, one.person.sort_key, one.person.key))


def _add(one, row):
    one.overdue = one.overdue or row.status == "overdue"
    one.due_on = min((day for day in (one.due_on, row.due_on) if day), default=None)
    one.courses |= {state.course.id: state.course.title_vi for state in row.courses
                    if state.completion is None}
    one.under_way += [step for step in row.under_way if step not in one.under_way]


def give_phones(missing, viewer):
    """Add the phone numbers that ``viewer`` may see.

    Nobody but an officer sees the number of somebody whose role is above theirs, as nobody
    but an officer changes it.
    """
    ids = [one.person.id for one in missing]
    statement = select(Person.id, Person.phone).where(Person.id.in_(ids))
    if not is_officer(viewer):
        above = select(Role.person_id).where(
            Role.kind.in_((OFFICER, AUDITOR)), Role.valid_on(clock.today()))
        statement = statement.where(Person.id.not_in(above))
    phones = dict(db.session.execute(statement).all())
    for one in missing:
        one.phone = phones.get(one.person.id, "")
    return missing


def next_classes(missing, viewer):
    """course id → the next class of it that takes people, for the courses somebody is missing.

    One that has begun is named only where none is to come.
    """
    courses = {course for one in missing for course in one.courses}
    found = {}
    today = clock.today()
    open_now = classes_open_for(courses, today, viewer) if courses else ()
    for course_class in sorted(open_now, key=lambda one: one.starts_on < today):
        found.setdefault(course_class.course_id, course_class)
    return found
