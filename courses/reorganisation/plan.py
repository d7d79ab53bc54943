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

    def heir_of(self, place):
        """The heir at ``place``; refused where none was named."""
        if not 0 <= place < len(self.heirs):
            raise Refusal(_("Somebody is sent to a unit that was not named. Choose for each "
                            "person one of the units named above."))
        return self.heirs[place]


def check(plan, standing):
    """Refuse a plan that makes no sense on its day; ``standing`` is the tree of that day."""
    if not plan.sources:
        raise Refusal(_("Choose the unit that is reorganised."))
    if not plan.act:
        raise Refusal(_("Give the number of the act: it stands in the history of the unit."))
    for unit in plan.sources:
        _check_source(unit, plan, standing)
    if plan.kind in WITH_HEIRS:
        _check_heirs(plan, standing)
    if plan.kind == MOVE:
        _check_move(plan, standing)


def _check_source(unit, plan, standing):
    if plan.on <= unit.valid_from:
        raise Refusal(_("%(unit)s begins on %(day)s. Choose a later day.",
                        unit=named(unit), day=day(unit.valid_from)))
    if unit.valid_to is not None and plan.on >= unit.valid_to:
        raise Refusal(_("%(unit)s ended on %(day)s. Choose an earlier day or its successor.",
                        unit=named(unit), day=day(unit.valid_to)))
    if plan.kind == DISSOLVE and standing.parents.get(unit.id) is None:
        raise Refusal(_("The whole organisation cannot be dissolved."))


def _check_heirs(plan, standing):
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
            _check_heir(heir.unit, plan, standing)


def _check_heir(unit, plan, standing):
    if not unit.holds(plan.on):
        raise Refusal(_("There is no unit “%(unit)s” on %(day)s. Choose another unit or day.",
                        unit=named(unit), day=day(plan.on)))
    for source in plan.sources:
        if unit.id == source.id or (plan.kind != TRANSFER
                                    and unit.id in standing.below(source.id)):
            raise Refusal(_("%(heir)s is %(unit)s or stands below it. Choose another unit, or "
                            "move it first.", heir=named(unit), unit=named(source)))


def _check_move(plan, standing):
    if plan.parent is None or not plan.parent.holds(plan.on):
        raise Refusal(_("Choose the unit under which it stands from that day on."))
    for unit in plan.sources:
        if plan.parent.id in standing.below(unit.id):
            raise Refusal(_("A unit cannot stand below itself. Choose another unit."))
        if standing.parents.get(unit.id) == plan.parent.id:
            raise Refusal(_("%(unit)s stands there already.", unit=named(unit)))
