"""What is told of a unit beside its name and its days, and where it stands among its sisters."""
from itertools import pairwise

from sqlalchemy import update

from lms.kernel import audit, clock
from lms.kernel.db import db
from lms.kernel.locks import advisory_lock
from lms.kernel.shared import fingerprint_of
from lms.kernel.text import fold
from lms.organisations.models import Unit
from lms.organisations.queries import tree, units_on
from lms.people.overtaking import refuse_other

#: Between two units of one rank there is room for those that are entered later.
STEP = 10


def sisters(unit):
    """The other units under the one above ``unit`` today, in the order of precedence."""
    standing, today = tree(), clock.today()
    above = standing.parents.get(unit.id)
    return [other for other in units_on(today)
            if other.id != unit.id and standing.parents.get(other.id) == above]


def stands_after(unit, others):
    """The last of ``others`` that stands before ``unit``; None where ``unit`` is the first."""
    before = [other for other in others
              if (other.precedence, other.id) < (unit.precedence, unit.id)]
    return before[-1] if before else None


def told_of(unit):
    """A fingerprint of what ``describe_unit`` changes."""
    before = stands_after(unit, sisters(unit))
    return fingerprint_of(unit.name_en, unit.short_name, before and before.id)


def describe_unit(unit, values, after, by, seen=""):
    """Change the English and the short name of ``unit`` to ``values``, and let it stand behind
    its sister ``after``, or before them all (None); ``seen`` is what ``told_of`` gave before.

    Its Vietnamese name and its kind stay: by the name acts know it, and rules ask for the kind.
    """
    advisory_lock("units")
    db.session.refresh(unit)
    refuse_other(unit, told_of(unit), seen, "unit described")
    before = _told(unit)
    others = sisters(unit)
    if stands_after(unit, others) != after:
        unit.precedence = _room_behind(after, others)
    for name, value in values.items():
        setattr(unit, name, value)
    unit.fold = fold(f"{unit.name_vi} {unit.short_name}")
    db.session.flush()
    audit.record(by, "unit described", unit, before=before, **_told(unit))


def _told(unit):
    return {"name_en": unit.name_en, "short_name": unit.short_name, "precedence": unit.precedence}


def _room_behind(after, others):
    """A number of precedence behind ``after`` and before the sister that follows it.

    Where there is none between, all units from there on move up: no two change places.
    """
    follower = next((second for first, second in pairwise([None, *others]) if first == after),
                    None)
    if follower is None:
        return others[-1].precedence + STEP if others else STEP
    if after is None:
        return follower.precedence - STEP
    if follower.precedence - after.precedence < 2:
        db.session.execute(update(Unit).where(
            (Unit.precedence > after.precedence) | ((Unit.precedence == after.precedence)
                                                    & (Unit.id > after.id)))
            .values(precedence=Unit.precedence + 2 * STEP))
        db.session.refresh(follower)
    return (after.precedence + follower.precedence) // 2
