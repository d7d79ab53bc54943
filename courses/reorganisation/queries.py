"""What a unit holds that a reorganisation touches."""
from sqlalchemy import or_, select
from sqlalchemy.orm import joinedload

from lms.kernel.db import db
from lms.organisations.models import Placement, Unit
from lms.organisations.queries import tree
from lms.people.models import WAITING, Person, Posting, Role
from lms.transfers.models import TransferRequest

from courses.catalogue.models import Course
from courses.classes.models import CourseClass, Quota
from courses.reorganisation.models import MOVE, Reorganisation, ReorganisationEffect
from courses.reorganisation.plan import Ahead


def ahead_of(day):
    """What stands already from ``day`` on: the tree then and whenever it changes, and who moves."""
    later = db.session.execute(
        select(Placement.unit_id, Placement.valid_from)
        .where(Placement.valid_from > day, Placement.known_at())
        .order_by(Placement.valid_from.desc())).all()
    days = sorted({moment for _unit, moment in later})
    return Ahead([tree(moment) for moment in (day, *days)], dict(map(tuple, later)))


def posts_in(units, day):
    """The posts in these units that last beyond ``day`` or begin later, by the names of people."""
    return db.session.scalars(
        select(Posting).join(Posting.person).options(joinedload(Posting.person))
        .where(Posting.unit_id.in_(_ids(units)), Posting.known_at(), Posting.ends_after(day))
        .order_by(Person.sort_key, Person.id, Posting.id)).unique().all()


def posts_held(person_id, unit, days):
    """The posts of a person in ``unit`` that hold on some of ``days``: (first, day after the last).
    """
    first, last = days
    begins_in_time = () if last is None else (Posting.valid_from < last,)
    return db.session.scalars(select(Posting).where(
        Posting.person_id == person_id, Posting.unit_id == unit.id, Posting.known_at(),
        Posting.ends_after(first), Posting.some_day(), *begins_in_time)
        .order_by(Posting.valid_from, Posting.id)).all()


def roles_in(units, day):
    """The roles in these units that last beyond ``day``, by the names of people."""
    return db.session.scalars(
        select(Role).join(Role.person).options(joinedload(Role.person))
        .where(Role.unit_id.in_(_ids(units)), Role.ends_after(day))
        .order_by(Person.sort_key, Role.id)).unique().all()


def placements_under(units, day):
    """Where units stand below these beyond ``day``, with the unit, by precedence."""
    return db.session.scalars(
        select(Placement).join(Placement.unit).options(joinedload(Placement.unit))
        .where(Placement.parent_id.in_(_ids(units)), Placement.known_at(),
               Placement.ends_after(day))
        .order_by(Unit.precedence, Unit.id)).all()


def placements_of(unit, day):
    """Where ``unit`` stands beyond ``day``."""
    return db.session.scalars(select(Placement).where(
        Placement.unit_id == unit.id, Placement.known_at(), Placement.ends_after(day))).all()


def classes_of(units):
    """The classes that these units organise and that are neither closed nor called off."""
    return db.session.scalars(
        select(CourseClass).where(CourseClass.organiser_id.in_(_ids(units)),
                                  CourseClass.not_over())
        .order_by(CourseClass.starts_on, CourseClass.id)).all()


def courses_of(units):
    """The courses these units are responsible for."""
    return db.session.scalars(
        select(Course).where(Course.owner_id.in_(_ids(units))).order_by(Course.key)).all()


def moves_waiting(units):
    """The requests for moves from or to these units that nobody has answered."""
    ids = _ids(units)
    return db.session.scalars(
        select(TransferRequest).where(
            TransferRequest.states()[WAITING],
            or_(TransferRequest.from_unit_id.in_(ids), TransferRequest.unit_id.in_(ids)))
        .options(joinedload(TransferRequest.person), joinedload(TransferRequest.from_unit),
                 joinedload(TransferRequest.unit), joinedload(TransferRequest.asked_of))
        .order_by(TransferRequest.id)).all()


def quotas_of(units):
    """The seats of these units in classes that still take people."""
    return db.session.scalars(
        select(Quota).join(CourseClass, CourseClass.id == Quota.class_id)
        .where(Quota.unit_id.in_(_ids(units)), CourseClass.not_over())
        .order_by(Quota.class_id, Quota.unit_id)).all()


def _ids(units):
    return [unit.id for unit in units]


def reorganisations():
    """The statement of all reorganisations, the latest first."""
    return (select(Reorganisation).options(joinedload(Reorganisation.by))
            .order_by(Reorganisation.on.desc(), Reorganisation.id.desc()))


def waiting_acts(until=None):
    """The acts that wait for their day, in the order in which they will be done; with ``until``
    those due by that day, without those that something stands in the way of."""
    statement = (select(Reorganisation).where(Reorganisation.waiting())
                 .order_by(Reorganisation.on, Reorganisation.id))
    if until is not None:
        statement = statement.where(
            Reorganisation.on <= until,
            or_(Reorganisation.failed_at.is_(None), Reorganisation.tries_again))
    return db.session.scalars(statement).all()


def effects_of(reorganisation):
    """What it did, the last first."""
    return db.session.scalars(
        select(ReorganisationEffect).filter_by(reorganisation_id=reorganisation.id)
        .order_by(ReorganisationEffect.id.desc())).all()


def acts_of_moves(unit):
    """day → the act by which ``unit`` came to stand under another unit on it."""
    rows = db.session.execute(
        select(Reorganisation.on, Reorganisation.act, Reorganisation.units)
        .where(Reorganisation.kind == MOVE, Reorganisation.done_at.is_not(None),
               Reorganisation.undone_at.is_(None)))
    return {on: act for on, act, units in rows if unit.id in units["sources"]}


def authors_of(keys):
    """(table, id) → who entered the act that wrote the fact, and its number, for the facts among
    ``keys``, a set of (table, id), that an act wrote.
    """
    rows = db.session.execute(
        select(ReorganisationEffect.table, ReorganisationEffect.row_id, Person.full_name,
               Reorganisation.act)
        .join(Reorganisation, Reorganisation.id == ReorganisationEffect.reorganisation_id)
        .outerjoin(Person, Person.id == Reorganisation.by_id)
        .where(ReorganisationEffect.row_id.in_({key for _table, key in keys}),
               ReorganisationEffect.table.in_({table for table, _key in keys})))
    return {(table, key): ", ".join(filter(None, (name, act)))
            for table, key, name, act in rows if (table, key) in keys}


def units_named(ids):
    """The units with these ids, by id."""
    return {unit.id: unit for unit in db.session.scalars(select(Unit).where(Unit.id.in_(ids)))}
