"""People who complete courses, for the tests of certificates."""
from datetime import date

from sqlalchemy import select

from lms.kernel.db import db
from lms.people.models import Person, Posting

from certificates.models import Certificate
from certificates.queries import certificate_of
from courses.completions.actions import complete

LEARNED = date(2026, 11, 24)


def certified(person, course, on=LEARNED, **given):
    """The certificate ``person`` earns by completing ``course``."""
    return certificate_of(complete(person, course, on, None, **given))


def graduates(unit, count, course, name="Lục Thị"):
    """``count`` new people of ``unit`` with a certificate of ``course`` each, by number."""
    people = [Person(key=f"{name}-{n}", full_name=f"{name} {n}", birth="1985")
              for n in range(1, count + 1)]
    db.session.add_all(people)
    db.session.add_all([Posting(person=person, unit=unit, main=True, title="Chuyên viên",
                                valid_from=date(2020, 1, 1)) for person in people])
    db.session.flush()
    return [certified(person, course) for person in people]


def numbers():
    """The printed numbers of all certificates in the order in which they were issued."""
    return db.session.scalars(select(Certificate.printed_number).order_by(Certificate.id)).all()
