"""Memberships that come of a rule follow the posts: facts like any other, written in time.

They are written by whatever changes posts, units or rules, and keep both clocks; so a figure
for a day, as believed at a moment, stays what it was.
"""
from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from sqlalchemy import insert, select

from lms.kernel import clock
from lms.kernel.db import ask, db
from lms.kernel.facts import AT_ONCE, close
from lms.kernel.text import fold
from lms.organisations.models import Placement, Succession, Unit
from lms.organisations.queries import LIVES_ON
from lms.people.models import GroupRule, Membership, Posting
from lms.people.rule import Structure, Terms, folded, joined, meant, split, without


class Held(NamedTuple):
    """A membership as now believed."""

    id: int
    valid_from: date
    valid_to: date | None


@dataclass(frozen=True)
class Difference:
    """The memberships somebody has in a group, and the days they should cover."""

    group: int
    person: int
    held: list
    wanted: list


def follow_rules(people=None, also=()):
    """Let the memberships of groups by rule follow what is now known of posts and units.

    ``people`` (ids; None: everybody) narrows whose; ``also`` are stretches (group, from, to)
    in which a rule has just ceased to hold.  Gives how many people's memberships changed.
    """
    if people is not None and len(people) > AT_ONCE:
        people = None  # Everybody is looked at instead of naming so many.
    found = differences(people, also)
    _write(found)
    return len(found)


def differences(people=None, also=()):
    """Where memberships are not what the rules ask; seven statements, one without any rule."""
    db.session.flush()
    rules = believed_rules()
    areas = defaultdict(list)
    for group, start, end in [*((r.group_id, r.valid_from, r.valid_to) for r in rules), *also]:
        areas[group].append((start, end or date.max))
    if not areas:
        return []
    wanted, held = _wanted(rules, people), _held(areas, people)
    found = []
    for group, whose in areas.items():
        for person in sorted(held[group].keys() | wanted[group].keys()):
            rows = held[group][person]
            has = [(row.valid_from, row.valid_to or date.max) for row in rows]
            days = joined([*without(has, whose), *wanted[group][person]])
            if days != joined(has):
                found.append(Difference(group, person, rows, days))
    return found


def believed_rules(group=None):
    """The rules as now known, of one group or of all, by group and day."""
    statement = select(GroupRule).where(GroupRule.known_at()).order_by(
        GroupRule.group_id, GroupRule.valid_from, GroupRule.id)
    if group is not None:
        statement = statement.where(GroupRule.group_id == group.id)
    return db.session.scalars(statement).all()


def _wanted(rules, people):
    """group → person → the days that the rules ask for."""
    found = defaultdict(lambda: defaultdict(list))
    if rules:
        structure, posts, keys = structure_of_units(), _posts(people), unit_keys()
        for rule in rules:
            for person, days in meant(terms_of(rule, keys), structure, posts).items():
                found[rule.group_id][person].extend(days)
    return found


def terms_of(rule, keys):
    """The rule as plain values; ``keys`` are the ids of units by their keys."""
    # A unit that is not there is below nothing: it must not turn into "any unit".
    return Terms(rule.group_id, folded(split(rule.titles)), frozenset(split(rule.kinds)),
                 frozenset(keys.get(key, 0) for key in split(rule.units)),
                 rule.valid_from, rule.valid_to or date.max)


def unit_keys():
    """key → id of every unit, as ``terms_of`` takes them."""
    return dict(db.session.execute(select(Unit.key, Unit.id)).all())


def structure_of_units():
    """Where units stood and what became of them, as now known, as rules ask it."""
    placements = db.session.execute(select(
        Placement.unit_id, Placement.parent_id, Placement.valid_from, Placement.valid_to)
        .where(Placement.known_at()))
    heirs = db.session.execute(select(
        Succession.from_unit_id, Succession.to_unit_id, Succession.on)
        .where(Succession.kind.in_(LIVES_ON), Succession.to_unit_id.is_not(None))
        .order_by(Succession.on, Succession.id))
    return Structure(
        tuple((unit, parent, start, end or date.max) for unit, parent, start, end in placements),
        tuple(map(tuple, heirs)), dict(db.session.execute(select(Unit.id, Unit.kind)).all()))


def _posts(people):
    statement = select(Posting.person_id, Posting.unit_id, Posting.title, Posting.valid_from,
                       Posting.valid_to).where(Posting.known_at())
    if people is not None:
        statement = statement.where(Posting.person_id.in_(people))
    return [(person, unit, fold(title), start, end or date.max)
            for person, unit, title, start, end in db.session.execute(statement)]


def _held(groups, people):
    """group → person → the memberships now believed."""
    statement = select(
        Membership.group_id, Membership.person_id,
        *(getattr(Membership, name) for name in Held._fields)).where(
        Membership.known_at(), Membership.group_id.in_(groups)).order_by(
        Membership.valid_from, Membership.id)
    if people is not None:
        statement = statement.where(Membership.person_id.in_(people))
    found = defaultdict(lambda: defaultdict(list))
    for group, person, *held in ask(statement):
        found[group][person].append(Held(*held))
    return found


def _write(found):
    """Correct only what is otherwise: a membership that begins the same day is superseded."""
    closed, added, moment = [], [], clock.now()
    for one in found:
        ahead = dict(one.wanted)
        for held in one.held:
            if ahead.get(held.valid_from) == (held.valid_to or date.max):
                del ahead[held.valid_from]
            else:
                closed.append(held.id)
        added += [{"person_id": one.person, "group_id": one.group, "valid_from": start,
                   "valid_to": _open(end), "recorded_at": moment} for start, end in ahead.items()]
    close(Membership, closed, moment)
    if added:
        db.session.execute(insert(Membership), added)


def _open(end):
    return None if end == date.max else end
