"""Entering a unit that follows no other: the first of all, or one more below another."""
from sqlalchemy import func, select

from lms.kernel import audit
from lms.kernel.db import db
from lms.kernel.errors import Refusal
from lms.kernel.i18n import _, day, named
from lms.kernel.locks import advisory_lock
from lms.kernel.text import fold
from lms.organisations.models import Placement, Unit
from lms.organisations.queries import root_on

from courses.reorganisation.details import STEP


def found_unit(values, parent, by):
    """The unit of ``values`` (names, kind, ``valid_from``), last under ``parent`` from that day.

    ``parent`` is None for the one unit that stands under no other.  A unit that follows another
    one is a reorganisation instead.
    """
    advisory_lock("units")
    on = values["valid_from"]
    if parent is None and root_on(on) is not None:
        raise Refusal(_("%(unit)s stands above all others already. Choose the unit above the new "
                        "one.", unit=named(root_on(on))))
    if parent is not None and not parent.holds(on):
        raise Refusal(_("%(unit)s is not there on %(day)s. Choose another day or another unit.",
                        unit=named(parent), day=day(on)))
    beside = _beside(parent, on)
    if any(fold(unit.name_vi) == fold(values["name_vi"]) for unit in beside):
        raise Refusal(_("A unit of this name stands there already. Choose another name."))
    ranks = [unit.precedence for unit in beside] or [parent.precedence if parent else 0]
    unit = Unit(key=_free_key(values["short_name"]), precedence=max(ranks) + STEP,
                fold=fold(f"{values['name_vi']} {values['short_name']}"), **values)
    db.session.add(unit)
    db.session.flush()
    if parent is not None:
        db.session.add(Placement(unit=unit, parent_id=parent.id, valid_from=on))
    audit.record(by, "unit entered", unit, name=unit.name_vi, under=parent and parent.id,
                 valid_from=on.isoformat())
    return unit


def _beside(parent, on):
    if parent is None:
        return []
    return db.session.scalars(select(Unit).join(Placement, Placement.unit_id == Unit.id).where(
        Placement.parent_id == parent.id, Placement.valid_on(on), Placement.known_at(),
        Unit.valid_on(on))).all()


def _free_key(short_name):
    base = fold(short_name).replace(" ", "-").upper()
    taken = set(db.session.scalars(select(Unit.key).where(func.upper(Unit.key).startswith(base))))
    return next(key for key in (base, *(f"{base}-{n}" for n in range(2, len(taken) + 3)))
                if key not in taken)
