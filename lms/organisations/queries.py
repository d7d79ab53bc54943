"""The tree of units as it stood on a day."""
from collections import defaultdict
from datetime import date
from functools import cached_property
from itertools import pairwise
from typing import NamedTuple

from sqlalchemy import select, union
from sqlalchemy.orm import joinedload

from lms.kernel import clock
from lms.kernel.db import ask, db
from lms.organisations.models import Placement, Succession, Unit
from lms.organisations.walking import below, path


class Tree:
    """Which unit stood under which, on one day and as known at one moment.

    Made of plain numbers (ids of units), so that a tree of a thousand units costs
    one statement and no objects.
    """

    def __init__(self, parents):
        self.parents = parents

    @cached_property
    def children(self):
        """The units directly under each unit."""
        children = {}
        for unit, parent in self.parents.items():
            children.setdefault(parent, []).append(unit)
        return children

    def below(self, *units):
        """The units given and all that stand under them, as a set of ids."""
        return below(units, self.children)

    def path(self, unit):
        """The unit and all it stands under, nearest first."""
        return path(unit, self.parents)


def tree(on=None, known=None):
    """The tree as it stood on the day ``on`` (today), as known at ``known`` (now)."""
    return Tree(dict(ask(
        select(Placement.unit_id, Placement.parent_id)
        .where(Placement.valid_on(on or clock.today()), Placement.known_at(known))).all()))


def units_on(day):
    """The units there were on ``day``, in the official order of precedence."""
    return db.session.scalars(
        select(Unit).where(Unit.valid_on(day)).order_by(Unit.precedence, Unit.id)).all()


def root_on(day):
    """The unit that stands under no other on ``day``: the whole.  The first by precedence."""
    placed = select(Placement.unit_id).where(Placement.valid_on(day), Placement.known_at())
    return db.session.scalar(
        select(Unit).where(Unit.valid_on(day), Unit.id.not_in(placed))
        .order_by(Unit.precedence, Unit.id).limit(1))


def days_of_change(most):
    """The days, ``most`` of them and the latest, on which the organisation became another, in
    their order: by an act, or by a unit that came to stand elsewhere.
    """
    moved = (select(Placement.valid_from).join(Unit, Unit.id == Placement.unit_id)
             .where(Placement.known_at(), Placement.some_day(),
                    Placement.valid_from > Unit.valid_from))
    days = union(select(Succession.on.label("day")), moved).subquery()
    return sorted(db.session.scalars(select(days.c.day).order_by(days.c.day.desc()).limit(most)))


def outline(standing, units):
    """The units as an outline: (depth, unit), each under its parent, by precedence."""
    by_parent = {}
    known = {unit.id for unit in units}
    for unit in units:
        parent = standing.parents.get(unit.id)
        by_parent.setdefault(parent if parent in known else None, []).append(unit)
    lines, ahead = [], [(0, unit) for unit in reversed(by_parent.get(None, []))]
    while ahead:
        depth, unit = ahead.pop()
        lines.append((depth, unit))
        ahead.extend((depth + 1, child) for child in reversed(by_parent.get(unit.id, [])))
    return lines


#: By these a unit lives on in another.
LIVES_ON = ("rename", "merge", "split")


def become(unit, day):
    """What ``unit`` has become by ``day``: itself while it is there, else what follows it, of
    several heirs the first the act names; a unit that ended without one stays itself."""
    while unit.valid_to is not None and unit.valid_to <= day:
        heir = db.session.scalar(
            select(Unit).join(Succession, Succession.to_unit_id == Unit.id)
            .where(Succession.from_unit_id == unit.id, Succession.kind.in_(LIVES_ON),
                   Succession.on <= day).order_by(Succession.on, Succession.id).limit(1))
        if heir is None:
            break
        unit = heir
    return unit


def heirs_of(unit):
    """The units in which ``unit`` went on when it ended, in the order in which the act names them;
    nobody asks where it has not ended.
    """
    if unit.valid_to is None:
        return []
    return db.session.scalars(
        select(Unit).join(Succession, Succession.to_unit_id == Unit.id)
        .where(Succession.from_unit_id == unit.id, Succession.on == unit.valid_to,
               Succession.kind.in_(LIVES_ON)).order_by(Succession.id)).all()


def with_past(units):
    """The ids ``units`` and those of the units before them that went on in these alone, through
    any number of acts: the past of all of them together."""
    heirs = defaultdict(set)
    for unit, heir in ask(select(Succession.from_unit_id, Succession.to_unit_id).where(
            Succession.kind.in_(LIVES_ON), Succession.to_unit_id.is_not(None))):
        heirs[unit].add(heir)
    found, ahead = set(units), True
    while ahead:
        ahead = {unit for unit, those in heirs.items() if unit not in found and those <= found}
        found |= ahead
    return found


def history_of(unit):
    """How ``unit`` came to be and what became of it, through all units between, oldest first.

    Two lists of successions: those that led to it, and those that led on from it.
    """
    rows = db.session.scalars(
        select(Succession).options(joinedload(Succession.from_unit), joinedload(Succession.to_unit))
        .order_by(Succession.on, Succession.id)).all()
    return (_chain(reversed(rows), unit.id, "to_unit_id", "from_unit_id"),
            _chain(rows, unit.id, "from_unit_id", "to_unit_id"))


class Move(NamedTuple):
    """A unit came to stand under ``to_unit`` instead of ``from_unit``; told as a succession is."""

    on: date
    from_unit: Unit
    to_unit: Unit
    act: str
    kind: str = "move"


def moves_of(unit, acts):
    """When ``unit`` came to stand under another unit, as now known, oldest first; ``acts``: day →
    act.  Where the unit above went on in another one, that is the story of the unit above.
    """
    stood = db.session.scalars(
        select(Placement).options(joinedload(Placement.parent))
        .where(Placement.unit_id == unit.id, Placement.known_at())
        .order_by(Placement.valid_from)).all()
    stood = [one for one in stood if one.holds_some_day()]
    went_on = set(map(tuple, db.session.execute(
        select(Succession.from_unit_id, Succession.to_unit_id, Succession.on)
        .where(Succession.from_unit_id.in_([one.parent_id for one in stood])))))
    return [Move(new.valid_from, old.parent, new.parent, acts.get(new.valid_from, ""))
            for old, new in pairwise(stood) if old.parent_id != new.parent_id
            and (old.parent_id, new.parent_id, new.valid_from) not in went_on]


def _chain(rows, unit, here, there):
    """The successions that hang on ``unit``, one step after the other, in the order of days."""
    reached, found = {unit}, []
    for row in rows:
        if getattr(row, here) in reached:
            reached.add(getattr(row, there))
            found.append(row)
    return sorted(found, key=lambda row: (row.on, row.id))
