"""Facts told in one line each, for the tests of coverage."""
from datetime import date

from lms.kernel.db import db
from lms.people.models import Membership, Person, Posting

from courses.completions.models import Completion
from courses.coverage.models import Exemption
from courses.coverage.queries import figures

TODAY = date(2026, 11, 25)


def told(fact):
    """Record ``fact``."""
    db.session.add(fact)
    db.session.flush()
    return fact


def learned(person, course, on, until=None, **more):
    """``person`` learned ``course`` on the day ``on``."""
    return told(Completion(person=person, course=course, learned_on=on, valid_until=until, **more))


def excused(person, goal, start, end=None, **more):
    """``person`` is on leave."""
    return told(Exemption(person=person, goal=goal, kind="leave", reason="Nghỉ thai sản",
                          valid_from=start, valid_to=end, **more))


def newcomers(count, unit, group, since=date(2026, 1, 1)):
    """So many people in ``unit`` who belong to ``group``."""
    people = [Person(key=f"N{n:03}", full_name=f"Hoàng Văn {chr(65 + n % 26)}{n}")
              for n in range(count)]
    for person in people:
        db.session.add_all([Posting(person=person, unit=unit, valid_from=since),
                            Membership(person=person, group=group, valid_from=since)])
    db.session.flush()
    return people


def figure(goal, unit, on=TODAY, known=None):
    """The one figure of a goal in a unit."""
    (only,) = figures([goal], [unit], on, known)
    return only


def numbers(goal, unit, on=TODAY, known=None):
    """The figure as (members, exempt, met, overdue, within time)."""
    one = figure(goal, unit, on, known)
    return one.members, one.exempt, one.met, one.overdue, one.within_time
