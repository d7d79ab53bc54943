"""Where the organisation may name somebody: in the names of units and the titles of acts."""
from flask import url_for
from sqlalchemy import select

from lms.kernel.db import db
from lms.kernel.i18n import _, day, named
from lms.organisations.models import Succession, Unit
from lms.people.mentions import ISSUED, Place, Shelf

from courses.reorganisation.models import Reorganisation


def unit_texts():
    """What units are called."""
    return Shelf("unit", (Unit.name_vi, Unit.name_en, Unit.short_name), unit_places)


def unit_places(ids):
    """The units with the ``ids``; one that is no more keeps the name it had."""
    units = db.session.scalars(
        select(Unit).where(Unit.id.in_(ids)).order_by(Unit.precedence, Unit.id))
    return [Place(unit.id, _("Unit “%(unit)s”: its name", unit=named(unit)),
                  url_for("organisations.unit", key=unit.id), ISSUED if unit.valid_to else "")
            for unit in units]


def act_texts():
    """The acts by which units were reorganised here, and what those that wait call new units."""
    return Shelf("reorganisation", (Reorganisation.act, Reorganisation.plan), act_places)


def act_places(ids):
    """The reorganisations with the ``ids``, each with its page."""
    return [Place(one.id, _("Act of %(day)s in the history of units: its number or title",
                            day=day(one.on)),
                  url_for("reorganisation.show", key=one.id), ISSUED)
            for one in db.session.scalars(select(Reorganisation).where(
                Reorganisation.id.in_(ids)).order_by(Reorganisation.on, Reorganisation.id))]


def succession_texts():
    """The acts in the history of units that came with the facts of another system."""
    return Shelf("succession", (Succession.act,), succession_places)


def succession_places(ids):
    """Those of the successions with the ``ids`` of which no reorganisation tells, each with the
    page of the unit.
    """
    told = select(Reorganisation.id).where(Reorganisation.act == Succession.act,
                                           Reorganisation.on == Succession.on)
    rows = db.session.scalars(select(Succession).where(
        Succession.id.in_(ids), ~told.exists()).order_by(Succession.on, Succession.id))
    return [Place(one.id, _("Act of %(day)s in the history of units: its number or title",
                            day=day(one.on)),
                  url_for("organisations.unit", key=one.from_unit_id), ISSUED) for one in rows]
