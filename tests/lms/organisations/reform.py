"""What a reform does to units, for the tests of the tree."""
from datetime import date

from lms.kernel.db import db
from lms.organisations.models import Placement, Succession, Unit

JULY = date(2026, 7, 1)


def founded(key, name, parent=None, on=date(2018, 1, 1), **values):
    """A unit that begins on a day, under ``parent`` where one is given."""
    unit = Unit(key=key, code=key, name_vi=name, valid_from=on, **values)
    db.session.add(unit)
    if parent:
        db.session.add(Placement(unit=unit, parent=parent, valid_from=on))
    db.session.flush()
    return unit


def merged(world, on=JULY):
    """The office goes over to a new centre of the newspaper on a day."""
    world.office.valid_to = on
    for placement in placements(world.office):
        placement.valid_to = on
    centre = founded("TT", "Trung tâm Truyền thông", world.newspaper, on, name_en="Media centre",
                     precedence=15)
    db.session.add(Succession(from_unit=world.office, to_unit=centre, on=on, kind="merge",
                              act="Quyết định 12/QĐ-UBND"))
    db.session.flush()
    return centre


def placements(unit):
    """Where ``unit`` ever stood, as now known."""
    return db.session.query(Placement).filter(
        Placement.unit_id == unit.id, Placement.known_at()).all()
