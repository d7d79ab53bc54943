"""What a report is about, as plain values: the same whether it is locked or a draft."""
import json
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import cached_property
from hashlib import sha256

from courses.coverage.queries import Figure
from courses.coverage.queries.rows import GoalRow, UnitRow

#: Words that stand beside the numbers for a reader; the hash is over ids and numbers alone.
WORDS = frozenset({"title", "label", "kind", "language"})
#: What of a goal decides the figures.
ASKED = ("group_id", "courses", "share", "due_days", "deadline", "valid_from", "valid_to")


@dataclass(frozen=True)
class Matter:
    """A report's figures and what stands beside them."""

    first: date
    on: date
    known: datetime
    unit_id: int
    goals: tuple[GoalRow, ...]
    units: tuple[UnitRow, ...]
    figures: tuple[Figure, ...]
    #: goal id → person id → (status, ids of units)
    people: dict
    #: See ``queries.statistics``; plain JSON.
    numbers: dict
    #: superior, issuer, place, to, signer_title, signer
    heading: dict
    title: str = ""
    code: str = ""
    sha256: str = ""
    #: Whether it is counted under today's units; a locked report never is.
    recast: bool = False

    @cached_property
    def unit(self):
        """The unit reported on."""
        return next(unit for unit in self.units if unit.id == self.unit_id)

    @cached_property
    def cells(self):
        """(goal id, unit id) → figure."""
        return {(figure.goal.id, figure.unit.id): figure for figure in self.figures}

    def whole(self, goal):
        """The figure of ``goal`` for the whole unit reported on."""
        return self.cells[goal.id, self.unit_id]

    def digest(self):
        """The SHA-256 of everything counted and everybody behind it: ids and numbers only.

        People are in it by their database id.  Names, staff codes and titles are not, so that
        erasing somebody or mending a name changes nothing.
        """
        return sha256(canonical({
            "first": self.first, "on": self.on, "known": self.known, "unit": self.unit_id,
            "goals": [[goal.id, *(getattr(goal, name) for name in ASKED)] for goal in self.goals],
            "units": [unit.id for unit in self.units],
            "figures": [[f.goal.id, f.unit.id, f.members, f.exempt, f.met, f.overdue,
                         f.within_time] for f in self.figures],
            "people": [[goal, person, status, list(units)]
                       for goal, rows in sorted(self.people.items())
                       for person, (status, units) in sorted(rows.items())],
            "numbers": without_words(self.numbers)})).hexdigest()


def canonical(value):
    """``value`` as bytes that are the same for the same value, on every machine."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=True,
                      default=plain).encode()


def plain(value):
    """A day, a moment or a decimal as JSON keeps it."""
    if isinstance(value, Decimal):
        return f"{value:.2f}"
    return value.isoformat()


def without_words(value):
    """``value`` without what stands in it for readers."""
    if isinstance(value, dict):
        return {key: without_words(one) for key, one in value.items() if key not in WORDS}
    return [without_words(one) for one in value] if isinstance(value, list) else value


def row_to_json(row):
    """A row of a goal or a unit as plain JSON."""
    return json.loads(canonical(row._asdict()))


def goal_from_json(values):
    """The goal that ``row_to_json`` wrote."""
    return GoalRow(**values | {
        "share": None if values["share"] is None else Decimal(values["share"]),
        "courses": tuple(values["courses"]), **days(values, "deadline", "valid_from", "valid_to")})


def unit_from_json(values):
    """The unit that ``row_to_json`` wrote."""
    return UnitRow(**values | days(values, "valid_from", "valid_to"))


def days(values, *names):
    """The days among ``values`` under these names."""
    return {name: date.fromisoformat(values[name]) if values[name] else None for name in names}
