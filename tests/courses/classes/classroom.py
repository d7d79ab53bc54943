"""What the tests of classes need besides the world: another day, more learners, a filled class."""
from datetime import UTC, date, datetime

from lms.kernel import clock
from lms.kernel.db import db
from lms.people.models import Person, Posting

from courses.classes.actions import all_present, enter_marks, nominate
from courses.classes.models import PRESENT, Session
from courses.classes.queries import enrolments_in

FIRST, SECOND = date(2026, 12, 1), date(2026, 12, 2)
AFTERWARDS = date(2026, 12, 3)


def it_is(monkeypatch, day):
    """From here on it is ten in the morning of ``day`` in Cao Bằng."""
    moment = datetime(day.year, day.month, day.day, 3, 0, tzinfo=UTC)
    monkeypatch.setattr(clock, "source", lambda: moment)


def newcomers(unit, count, name="Nông Văn"):
    """``count`` more people of ``unit``: Nông Văn 1, Nông Văn 2 …"""
    people = [Person(key=f"{unit.key}-{name}-{n}", full_name=f"{name} {n}", birth="1990")
              for n in range(1, count + 1)]
    db.session.add_all(people)
    db.session.add_all([Posting(person=one, unit=unit, main=True, valid_from=date(2020, 1, 1))
                        for one in people])
    db.session.flush()
    return people


def values(world, **given):
    """What a class of press law is opened with."""
    return {"course_id": world.press_law.id, "organiser_id": world.department.id, "code": "L1",
            "title_vi": "Lớp thử", "starts_on": FIRST, "ends_on": SECOND, **given}


def seat_of(course_class, person):
    """The enrolment of ``person`` in the class."""
    return next(one for one in enrolments_in(course_class) if one.person_id == person.id)


def held(course_class, by, mark="80"):
    """Everybody was there at every session and has a mark: the class can be closed."""
    for session in course_class.sessions:
        all_present(session, by=by)
    enter_marks(course_class, {one.id: mark for one in enrolments_in(course_class)}, by=by)


def filled(world, count):
    """The class of December with Lan and ``count`` more people of the newspaper."""
    course_class = world.december_class
    course_class.seats = None
    nominate(course_class, newcomers(world.newspaper, count), world.newspaper, by=world.an)
    return course_class


def with_sessions(course_class, count):
    """The class with ``count`` sessions instead of its own, one a day and half-day of December."""
    for session in list(course_class.sessions):
        course_class.sessions.remove(session)
        db.session.delete(session)
    db.session.flush()
    course_class.ends_on = date(2026, 12, 31)
    for n in range(count):
        db.session.add(Session(course_class=course_class, on=date(2026, 12, 1 + n // 2),
                               half=("morning", "afternoon")[n % 2], half_order=n % 2))
    db.session.flush()
    db.session.refresh(course_class)
    return course_class


def there(course_class, enrolment, count):
    """The marks by session of somebody who was there ``count`` times and absent otherwise."""
    return {session: {enrolment.id: PRESENT if n < count else "absent"}
            for n, session in enumerate(course_class.sessions)}


def reads(statements):
    """Those of ``statements`` that ask; each row written is one of its own on SQLite."""
    return [statement for statement in statements if statement.startswith("SELECT")]


def address(world, part=""):
    """The address of the class of December, or of a part of its page."""
    return f"/classes/{world.december_class.id}{part}"
