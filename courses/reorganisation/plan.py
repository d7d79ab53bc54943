"""What is to be done by one act; plain values, checked before anything is written."""
from dataclasses import dataclass, field
from datetime import date

from lms.kernel.errors import Refusal
from lms.kernel.i18n import _, day, named

from courses.reorganisation.models import DISSOLVE, ENDING, MOVE, SPLIT, TRANSFER, WITH_HEIRS

#: Where something does not go to an heir: a role ends, a person stays.
NOWHERE = -1


@dataclass
class Heir:
    """A unit to which people go: one that exists, or the names of a new one."""

    unit: object = None
    name_vi: str = ""
    name_en: str = ""
    short_name: str = ""


@dataclass
class Plan:
    """An act before it is done.

    ``people``, ``roles`` and ``children`` say for each post, role and unit below by its id to
    which heir it goes, as a place in ``heirs``, or ``NOWHERE``; what is not named goes to the
    first heir, except that roles end and that with a hand-over people stay.
    """

    kind: str
    sources: list
    on: date
    heirs: list = field(default_factory=list)
    #: The unit under which a moved unit stands.
    parent: object = None
    act: str = ""
    act_on: date | None = None
    scan: object = None
    people: dict = field(default_factory=dict)
    roles: dict = field(default_factory=dict)
    children: dict = field(default_factory=dict)
    #: With a hand-over: the ids of the classes and the courses that go.
    classes: set = field(default_factory=set)
    courses: set = field(default_factory=set)

    @property
    def ends(self):
        """Whether the units are no more afterwards."""
        return self.kind in ENDING

    @property
    def units(self):
        """Every unit there is that the act names."""
        return [unit for unit in (*self.sources, *(heir.unit for heir in self.heirs), self.parent)
                if unit]


@dataclass
class Ahead:
    """What stands already from the day of an act on."""

    #: The tree of the day and of each later day on which a unit comes to stand elsewhere.
    trees: list
    #: unit → the first later day on which it comes to stand elsewhere.
    moves: dict


def check(plan, ahead):
    """Refuse a plan that makes no sense on its day, or that something later rests on."""
    standing = ahead.trees[0]
    if not plan.sources:
        raise Refusal(_("Choose the unit that is reorganised."))
    if not plan.act:
        raise Refusal(_("Give the number of the act: it stands in the history of the unit."))
    for unit in plan.sources:
        _check_source(unit, plan, standing)
    if plan.kind in WITH_HEIRS:
        _check_heirs(plan, ahead)
    if plan.kind == MOVE:
        _check_move(plan, ahead)
    for unit in plan.units:
        _check_nothing_later(unit, ahead)


def _check_nothing_later(unit, ahead):
    # What was entered for a later day was thought of without this act.
    later = min((moment for moment in (unit.valid_to, ahead.moves.get(unit.id)) if moment),
                default=None)
    if later is not None:
        raise Refusal(_("%(unit)s changes again on %(day)s already. Choose a later day, or put "
                        "that right first.", unit=named(unit), day=day(later)))


def _check_source(unit, plan, standing):
    if plan.on <= unit.valid_from:
        raise Refusal(_("%(unit)s begins on %(day)s. Choose a later day.",
                        unit=named(unit), day=day(unit.valid_from)))
    if unit.valid_to is not None and plan.on >= unit.valid_to:
        raise Refusal(_("%(unit)s ended on %(day)s. Choose an earlier day or its successor.",
                        unit=named(unit), day=day(unit.valid_to)))
    if plan.kind == DISSOLVE and standing.parents.get(unit.id) is None:
        raise Refusal(_("The whole organisation cannot be dissolved."))


def _check_heirs(plan, ahead):
    least = 2 if plan.kind == SPLIT else 1
    if len(plan.heirs) < least:
        raise Refusal(_("Name at least two units to which the people go.") if least == 2 else
                      _("Name the unit to which the people go."))
    chosen = [heir.unit.id for heir in plan.heirs if heir.unit]
    if len(set(chosen)) < len(chosen):
        raise Refusal(_("One unit is named twice. Name each unit once."))
    for heir in plan.heirs:
        if heir.unit is None and not heir.name_vi:
            raise Refusal(_("Give the Vietnamese name of the new unit, or choose one that exists."))
        if heir.unit is not None:
            _check_heir(heir.unit, plan, ahead)


def _check_heir(unit, plan, ahead):
    if not unit.holds(plan.on):
        raise Refusal(_("There is no unit “%(unit)s” on %(day)s. Choose another unit or day.",
                        unit=named(unit), day=day(plan.on)))
    for source in plan.sources:
        if unit.id == source.id or (plan.kind != TRANSFER and _is_ever_below(unit, source, ahead)):
            raise Refusal(_("%(heir)s is %(unit)s or stands below it. Choose another unit, or "
                            "move it first.", heir=named(unit), unit=named(source)))


def _is_ever_below(unit, top, ahead):
    return any(unit.id in standing.below(top.id) for standing in ahead.trees)


def _check_move(plan, ahead):
    if plan.parent is None or not plan.parent.holds(plan.on):
        raise Refusal(_("Choose the unit under which it stands from that day on."))
    for unit in plan.sources:
        if _is_ever_below(plan.parent, unit, ahead):
            raise Refusal(_("A unit cannot stand below itself. Choose another unit."))
        if ahead.trees[0].parents.get(unit.id) == plan.parent.id:
            raise Refusal(_("%(unit)s stands there already.", unit=named(unit)))


def outside(days, taken):
    """The parts of the interval ``days`` that lie outside ``taken``, in order.

    Intervals are half-open, (first day, day after the last); None is without end.
    """
    (first, last), (begins, ends) = days, taken
    parts = []
    if first < begins:
        parts.append((first, min(last or begins, begins)))
    if ends is not None and (last is None or ends < last):
        parts.append((max(first, ends), last))
    return parts
