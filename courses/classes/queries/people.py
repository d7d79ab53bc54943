"""Who is in a class, as far as the reader may see, and the seats that are left."""
from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from lms.kernel import clock
from lms.kernel.db import db
from lms.organisations.models import Unit
from lms.organisations.queries import tree
from lms.people.models import Person, Posting
from lms.people.policies import scope_of
from lms.people.queries import posted_in

from courses.classes.models import Enrolment, Quota
from courses.classes.policies import teaches

#: Fewer strangers than this in a class are not even counted to a manager: a number of one or two
#: tells who they are.
ENOUGH_TO_COUNT = 5


def enrolments_in(course_class):
    """The people in the class, in the order of a clerk's list."""
    return db.session.scalars(
        select(Enrolment).join(Person, Person.id == Enrolment.person_id)
        .options(joinedload(Enrolment.person), joinedload(Enrolment.unit))
        .where(Enrolment.class_id == course_class.id, Enrolment.withdrawn_at.is_(None))
        .order_by(Person.sort_key, Person.birth, Person.id)).all()


def passed_enrolments(course_class):
    """The enrolments of those who passed the class, in the order of names."""
    return [enrolment for enrolment in enrolments_in(course_class) if enrolment.passed]


def people_inside(course_class):
    """The ids of the people who are in the class."""
    return set(db.session.scalars(select(Enrolment.person_id).where(
        Enrolment.class_id == course_class.id, Enrolment.withdrawn_at.is_(None))))


def roster(course_class, viewer):
    """The people of the class ``viewer`` may see, and how many more there are.

    Whoever does not teach the class sees their own people; of the others they learn the
    number, and only where it is large enough to tell nothing about one of them.
    """
    everybody = enrolments_in(course_class)
    scope = scope_of(viewer)
    if scope is None or teaches(viewer, course_class):
        return everybody, 0
    own = set(db.session.scalars(posted_in(scope, clock.today())))
    seen = [enrolment for enrolment in everybody if enrolment.person_id in own]
    others = len(everybody) - len(seen)
    return seen, others if others >= ENOUGH_TO_COUNT else 0


def titles_on(person_ids, day):
    """person → the title of their main post on ``day``, or of another one they hold then."""
    rows = db.session.execute(
        select(Posting.person_id, Posting.title)
        .where(Posting.person_id.in_(person_ids), Posting.valid_on(day), Posting.known_at())
        .order_by(Posting.main, Posting.id.desc()))
    return dict(rows.all())


def seats_taken(course_class, unit_ids=None):
    """How many people are in the class, of these units where given."""
    statement = select(func.count(Enrolment.id)).where(
        Enrolment.class_id == course_class.id, Enrolment.withdrawn_at.is_(None))
    if unit_ids is not None:
        statement = statement.where(Enrolment.unit_id.in_(unit_ids))
    return db.session.scalar(statement)


def seats_left(course_class):
    """How many seats of the class remain; None where nothing limits them."""
    return None if course_class.seats is None else max(
        0, course_class.seats - seats_taken(course_class))


def seats_left_in(classes, unit):
    """class → the seats that remain for ``unit``, or None; three statements for any number.

    They are what is left of the class and of the seats set for ``unit`` and each unit above.
    """
    keys, whole = [one.id for one in classes], tree()
    taken = db.session.execute(
        select(Enrolment.class_id, Enrolment.unit_id, func.count(Enrolment.id))
        .where(Enrolment.class_id.in_(keys), Enrolment.withdrawn_at.is_(None))
        .group_by(Enrolment.class_id, Enrolment.unit_id)).all()
    free = {one.id: [] if one.seats is None else [
        one.seats - sum(count for key, _unit, count in taken if key == one.id)]
        for one in classes}
    above = set(whole.path(unit.id))
    for quota in db.session.scalars(select(Quota).where(
            Quota.class_id.in_(keys), Quota.unit_id.in_(above))):
        inside = whole.below(quota.unit_id)
        free[quota.class_id].append(quota.seats - sum(
            count for key, sender, count in taken
            if key == quota.class_id and sender in inside))
    return {key: max(0, min(seats)) if seats else None for key, seats in free.items()}


def quotas_of(course_class):
    """How many seats single units may fill, in order of precedence."""
    return db.session.scalars(
        select(Quota).join(Quota.unit).options(joinedload(Quota.unit))
        .where(Quota.class_id == course_class.id).order_by(Unit.precedence, Unit.id)).all()


def quota_of(course_class, unit):
    """How many seats ``unit`` may fill, or None without a limit."""
    return db.session.get(Quota, (course_class.id, unit.id))
