"""Reading what is needed to show a day of the past under today's structure."""
from typing import NamedTuple

from sqlalchemy import select

from lms.kernel import clock
from lms.kernel.db import db
from lms.organisations.models import Placement, Succession
from lms.organisations.walking import path
from lms.people.models import Posting

from courses.coverage.queries.reading import Reader
from courses.coverage.queries.rows import units_of_day
from courses.coverage.recast import Heirs, recast

#: A unit that hands over a function goes on; nobody's past moves.
GOES_ON = ("transfer",)


class Structure(NamedTuple):
    """The units there are today, and where those of before have gone; as known now."""

    units: list
    alive: set
    #: unit → the unit above it: today, and of those that ended where they stood last.
    parents: dict
    last_parents: dict
    heirs: Heirs


def structure_of_today():
    """The Structure of today, in four statements."""
    today = clock.today()
    units = units_of_day(today, None)
    alive = {unit.id for unit in units if unit.in_force(today)}
    parents = {unit.id: unit.parent_id for unit in units if unit.parent_id}
    return Structure(units, alive, parents, _last_parents(alive), _heirs(alive))


def _heirs(alive):
    rows = db.session.execute(
        select(Succession.from_unit_id, Succession.to_unit_id, Succession.on)
        .where(Succession.to_unit_id.is_not(None), Succession.kind.not_in(GOES_ON))
        .order_by(Succession.on, Succession.id)).all()
    days = {on for _unit, _heir, on in rows}
    arrivals = db.session.execute(
        select(Posting.person_id, Posting.unit_id, Posting.valid_from)
        .where(Posting.valid_from.in_(days), Posting.known_at()))
    return Heirs(alive, rows, set(map(tuple, arrivals)))


def _last_parents(alive):
    return dict(db.session.execute(
        select(Placement.unit_id, Placement.parent_id)
        .where(Placement.known_at(), Placement.unit_id.not_in(alive))
        .order_by(Placement.valid_from)).all())


class RecastReader(Reader):
    """Reads the facts of a day, and shows them in the units of today; three statements more.

    Who counted is as known at ``known``; what became of units since is as known now, for a day
    may be asked about as it was known before an act was entered.
    """

    def __init__(self, on, known, goals=None, units=None):
        super().__init__(on, known, goals)
        self.structure, self.asked = structure_of_today(), units
        self.units = self.structure.units

    def day(self, exact=False):
        """As of a Reader, under today's units; only the people of the units asked about."""
        today = self.structure
        told = recast(super().day(exact), today.heirs, today.parents, today.last_parents)
        self.parents = told.parents
        if self.asked is None:
            return told
        inside = set().union(*(people for unit, people in told.people.items()
                               if self.asked & set(path(unit, told.parents))))
        return _narrowed(told, inside)


def _narrowed(day, inside):
    people = {unit: posted & inside for unit, posted in day.people.items() if posted & inside}
    return type(day)(on=day.on, parents=day.parents, people=people, members=day.members,
                     holders=day.holders, excused=day.excused)


def reader_for(on, known, goals=None, units=None, recast=False):
    """The reader of a day as it was, or recast to today's structure."""
    return (RecastReader if recast else Reader)(on, known, goals, units)
