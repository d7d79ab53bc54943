"""Groups with their rules and numbers; units and what they confirmed."""
from collections import defaultdict
from typing import NamedTuple

from sqlalchemy import exists, false, func, or_, select
from sqlalchemy.orm import joinedload

from lms.kernel import clock
from lms.kernel.db import db
from lms.organisations.models import Unit
from lms.people.following import believed_rules
from lms.people.models import GroupRule, Membership, Person, Posting, TargetGroup
from lms.people.policies import scope_of
from lms.people.queries import people_seen_by

from courses.coverage.models import Goal
from courses.coverage.queries.rows import among
from courses.groups.models import Confirmation, ConfirmationRound


class Listed(NamedTuple):
    """Somebody of a unit whom a group holds: the membership and the job title there."""

    membership: Membership
    title: str


class UnitAsked(NamedTuple):
    """A unit that is asked to confirm, by its id, and whether it has."""

    id: int
    confirmed: bool


class Standing(NamedTuple):
    """How a unit stands in a round: how many people its groups hold, and what was confirmed."""

    unit: Unit
    people: int
    confirmation: Confirmation | None


def rules_on(day):
    """group id → the rule in force on ``day``, as now known."""
    return {rule.group_id: rule for rule in believed_rules() if rule.holds(day)}


def groups_on(day):
    """(group, how many belong to it on ``day``, its rule or None, its goals), by code."""
    counts = dict(db.session.execute(
        select(Membership.group_id, func.count(func.distinct(Membership.person_id)))
        .where(Membership.valid_on(day), Membership.known_at())
        .group_by(Membership.group_id)).all())
    goals = defaultdict(list)
    for goal in db.session.scalars(select(Goal).where(Goal.valid_on(day)).order_by(Goal.key)):
        goals[goal.group_id].append(goal)
    rules = rules_on(day)
    return [(group, counts.get(group.id, 0), rules.get(group.id), goals[group.id])
            for group in db.session.scalars(select(TargetGroup).order_by(TargetGroup.key))]


def members_on(group, day):
    """The ids of the people of ``group`` on ``day``, as now known."""
    return set(db.session.scalars(select(Membership.person_id).where(
        Membership.group_id == group.id, Membership.valid_on(day), Membership.known_at())))


def members_seen_by(viewer, group, day):
    """The statement of who belongs to ``group`` on ``day`` and whom ``viewer`` may follow, by
    (Person, the day since which they belong), in the order of a clerk's list."""
    return people_seen_by(viewer).join(Membership, Membership.person_id == Person.id).where(
        Membership.group_id == group.id, Membership.valid_on(day), Membership.known_at()
    ).add_columns(Membership.valid_from)


def goals_of(group, day):
    """The goals that mean ``group`` and are in force on ``day``."""
    return db.session.scalars(select(Goal).where(
        Goal.group_id == group.id, Goal.valid_on(day)).order_by(Goal.key)).all()


def people_by_name(ids):
    """The people with these ids in the order of a clerk's list, each with their posts today."""
    return db.session.scalars(select(Person).where(Person.id.in_(ids)).order_by(
        Person.sort_key, Person.birth, Person.id)).all()


def titles_held(day):
    """The job titles of posts on ``day`` with their numbers, the most frequent first."""
    return db.session.execute(
        select(Posting.title, func.count()).where(
            Posting.valid_on(day), Posting.known_at(), Posting.title != "")
        .group_by(Posting.title).order_by(func.count().desc(), Posting.title).limit(60)).all()


def kinds_of_units(day):
    """The kinds of the units of ``day``."""
    return db.session.scalars(select(Unit.kind).where(Unit.valid_on(day), Unit.kind != "")
                              .distinct().order_by(Unit.kind)).all()


def last_round():
    """The newest round, or None."""
    return db.session.scalar(
        select(ConfirmationRound).order_by(ConfirmationRound.year.desc()).limit(1))


def _stated(day):
    """The SQL conditions that a membership is by hand and holds on ``day``."""
    ruled = select(GroupRule.group_id).where(GroupRule.valid_on(day), GroupRule.known_at())
    return Membership.valid_on(day), Membership.known_at(), Membership.group_id.not_in(ruled)


def _posted(day):
    return Posting.valid_on(day), Posting.known_at()


def _stated_people():
    """The condition that who holds a post belongs to a stated group, today.

    Asked of each post by itself: of a few units, and of whether a unit has anybody, that leaves
    most of all memberships unread.
    """
    return exists(select(Membership.id).where(
        Membership.person_id == Posting.person_id, *_stated(clock.today())))


def units_asked(viewer, asked):
    """The UnitAsked of each unit that has people in stated groups, or confirmed in the round
    ``asked`` (or None): those that ``viewer`` may follow, in the order of precedence.
    """
    scope = scope_of(viewer)
    there = exists(select(Posting.id).where(
        Posting.unit_id == Unit.id, *_posted(clock.today()), _stated_people()))
    confirmed = false() if asked is None else exists(select(Confirmation.id).where(
        Confirmation.unit_id == Unit.id, Confirmation.round_id == asked.id))
    found = db.session.execute(select(Unit.id, confirmed).where(or_(there, confirmed))
                               .order_by(Unit.precedence, Unit.id))
    return [one for one in map(UnitAsked._make, found) if scope is None or one.id in scope]


def standings(units, asked):
    """How each of the ``units`` (UnitAsked) stands in the round ``asked`` (or None), in order."""
    units = [one.id for one in units]
    # The posts are read in the order of their index, in which people count without being sorted.
    counts = dict(db.session.execute(
        select(Posting.unit_id, func.count(func.distinct(Posting.person_id)))
        .where(among(Posting.unit_id, units), *_posted(clock.today()), _stated_people())
        .group_by(Posting.unit_id)).all())
    done = _confirmations_in(asked, units)
    known = {unit.id: unit for unit in db.session.scalars(
        select(Unit).where(among(Unit.id, units)))}
    return [Standing(known[key], counts.get(key, 0), done.get(key)) for key in units]


def _confirmations_in(asked, units):
    """unit id → its newest confirmation in the round ``asked`` (None: none)."""
    if asked is None:
        return {}
    return {one.unit_id: one for one in db.session.scalars(
        select(Confirmation).options(joinedload(Confirmation.by))
        .where(Confirmation.round_id == asked.id, among(Confirmation.unit_id, units))
        .order_by(Confirmation.id))}


def confirmations_of(unit):
    """What ``unit`` confirmed so far, the newest first."""
    return db.session.scalars(
        select(Confirmation).options(joinedload(Confirmation.by), joinedload(Confirmation.round))
        .where(Confirmation.unit_id == unit.id).order_by(Confirmation.id.desc())).all()


def stated_in(unit):
    """(group, [Listed]) of each stated group today: those who hold a post in ``unit`` itself."""
    found, today = defaultdict(dict), clock.today()
    rows = db.session.execute(
        select(Membership, Posting.title).join(Posting, Posting.person_id == Membership.person_id)
        .join(Membership.person).options(joinedload(Membership.person).joinedload(Person.roles))
        .where(Posting.unit_id == unit.id, *_posted(today), *_stated(today))
        .order_by(Person.sort_key, Person.id, Posting.main.desc())).unique()
    for membership, title in rows:
        found[membership.group_id].setdefault(membership.id, Listed(membership, title))
    return [(group, list(found[group.id].values())) for group in stated_groups()]


def stated_groups():
    """The groups that no rule fills today, by code."""
    return db.session.scalars(select(TargetGroup).where(
        TargetGroup.id.not_in(rules_on(clock.today()))).order_by(TargetGroup.key)).all()


def colleagues(unit):
    """Those who hold a post in ``unit`` itself today, by name."""
    return people_by_name(select(Posting.person_id).where(
        Posting.unit_id == unit.id, Posting.valid_on(clock.today()), Posting.known_at()))
