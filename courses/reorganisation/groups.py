"""Who comes into a group or drops out of one by an act, because a rule goes by units and posts."""
from collections import defaultdict
from typing import NamedTuple

from sqlalchemy import select

from lms.kernel.db import db
from lms.people.models import Membership, Person, TargetGroup


class Turned(NamedTuple):
    """A group whose people become others: their names, in the order of a clerk's list."""

    group: TargetGroup
    joining: list
    leaving: list


def belonging(day):
    """group id → the ids of those who belong to it on ``day``, as now known."""
    found = defaultdict(set)
    for group, person in db.session.execute(select(
            Membership.group_id, Membership.person_id).where(
                Membership.valid_on(day), Membership.known_at())):
        found[group].add(person)
    return found


def turned(before, after):
    """The groups that hold other people ``after`` than ``before``, both as ``belonging`` gives
    them, by code.
    """
    others = {group: (after[group] - before[group], before[group] - after[group])
              for group in before.keys() | after.keys() if before[group] != after[group]}
    names = _names({person for sides in others.values() for side in sides for person in side})
    groups = db.session.scalars(select(TargetGroup).where(
        TargetGroup.id.in_(others)).order_by(TargetGroup.key)) if others else ()
    return [Turned(group, *([name for person, name in names if person in side]
                            for side in others[group.id])) for group in groups]


def _names(ids):
    """(id, name) of the people with these ids, in the order of a clerk's list."""
    return db.session.execute(
        select(Person.id, Person.full_name).where(Person.id.in_(ids))
        .order_by(Person.sort_key, Person.birth, Person.id)).all() if ids else []
