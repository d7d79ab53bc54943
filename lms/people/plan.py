"""What would happen to each row of a clerk's list, worked out against what is known.  Pure."""
import re
from collections import defaultdict
from dataclasses import dataclass, field

from lms.kernel.text import fold
from lms.people.workbook import Fault

#: The people's committee of a place is the unit of that place; folded.
COMMITTEE = re.compile(
    r"(?:ubnd|uy ban nhan dan) (?=(?:xa|phuong|thi tran|thi xa|huyen|thanh pho) )")

NEW, MOVED, CHANGED, UNCHANGED, FAULTY = "new", "moved", "changed", "unchanged", "fault"


@dataclass
class Known:
    """What the database knows, as plain values: see ``import_queries.known_on``."""

    #: (id, key, full_name, fold, birth, gender, phone, email, main_id)
    records: list
    #: person id → [(posting id, unit id, title, main)]
    posts: dict
    #: person id → group ids
    groups_of: dict
    #: folded name → unit ids on the day
    units: dict
    #: folded code or name → group id
    groups: dict
    #: ids of the groups that a rule fills: a list says nothing of them
    ruled: set
    #: unit ids the clerk answers for; None is all
    scope: set | None
    #: ids of people whose role is above the clerk's
    above: set
    by_fold: dict = field(init=False)
    by_key: dict = field(init=False)

    def __post_init__(self):
        self.by_fold, self.by_key = defaultdict(list), {}
        mains = {record.id: record for record in self.records if record.main_id is None}
        for record in self.records:
            # A row about a linked record is about the person whose main record holds everything.
            person = mains[record.main_id or record.id]
            self.by_key[record.key] = person
            if person not in self.by_fold[record.fold]:
                self.by_fold[record.fold].append(person)

    def units_named(self, text):
        """The ids of the units that ``text`` names, by name or code; “UBND xã …” is the xã."""
        name = fold(text)
        return self.units.get(name) or self.units.get(COMMITTEE.sub("", name), ())


@dataclass
class Planned:
    """One row and what would happen to it."""

    row: object
    outcome: str
    person_id: int | None = None
    unit_id: int | None = None
    #: where the post is that a move ends
    left_unit_id: int | None = None
    group_id: int | None = None
    #: field → [before, after]
    changes: dict = field(default_factory=dict)
    faults: list = field(default_factory=list)
    warnings: list = field(default_factory=list)

    def plain(self):
        """All of it as plain values; in a tenth of the time of ``dataclasses.asdict``, which copies
        each."""
        return {**vars(self), **_plain_notes(self),
                "row": {**vars(self.row), **_plain_notes(self.row)}}


def _plain_notes(told):
    return {"faults": [vars(note) for note in told.faults],
            "warnings": [vars(note) for note in told.warnings]}


def planned(rows, known, progress=None):
    """What would happen to each of ``rows``; ``progress(n)`` is told how many are done."""
    plan = []
    for number, row in enumerate(rows):
        plan.append(plan_of(row, known))
        if progress and number % 500 == 0:
            progress(number)
    note_repetitions(plan)
    for item in plan:
        if item.faults:
            item.outcome = FAULTY
    return plan


def note_repetitions(plan):
    """Note each row that seems to say again, or otherwise, what an earlier one says of somebody.

    Taken as they stand, both would be written, and the same list would never be known whole.
    Rows with a fault are left out, so nothing repeats them.
    """
    of_person, newcomers = defaultdict(list), Newcomers()
    for item in plan:
        if item.faults:
            continue
        if item.person_id is not None:
            of_person[item.person_id].append(item)
        elif newcomers.meet(item):
            item.faults.append(Fault("birth", "twice"))
    for items in of_person.values():
        if len(items) > 1:
            _note_one_person(items)


def _note_one_person(items):
    """Somebody known stands in ``items``: once a unit, and moves where no other row has them."""
    units = set()
    for item in items:
        if item.unit_id in units:
            item.faults.append(Fault("birth", "twice"))
        units.add(item.unit_id)
    for item in items:
        beside = any(note.code == "main-elsewhere" for note in item.warnings)
        if len(units) > 1 and item.outcome == MOVED and not item.faults and not beside:
            item.faults.append(Fault("unit", "two-units", item.row.unit))


class Newcomers:
    """The new people of a list met so far, by name and unit."""

    def __init__(self):
        #: (name, unit, birth) → the staff codes of those whose birth this is, or may be: a day
        #: is also told by its year, and by nothing.
        self.exact, self.told_by = defaultdict(set), defaultdict(set)
        #: (name, birth) → the first unit
        self.first_units = {}

    def meet(self, item):
        """Whether ``item`` may be somebody met before in its unit; a warning where in another."""
        row, name = item.row, fold(item.row.full_name)
        forms = {row.birth, row.birth[:4], ""}
        codes = self.told_by[name, item.unit_id, row.birth].union(
            *(self.exact[name, item.unit_id, form] for form in forms))
        self.exact[name, item.unit_id, row.birth].add(row.staff_code)
        for form in forms:
            self.told_by[name, item.unit_id, form].add(row.staff_code)
        first = self.first_units.setdefault((name, row.birth), item.unit_id)
        if first != item.unit_id and len(row.birth) > 4 and not row.staff_code:
            item.warnings.append(Fault("full_name", "twice-elsewhere", row.full_name))
        return bool(codes) and (not row.staff_code or "" in codes)


def plan_of(row, known):
    """What would happen to one row, whatever stands in the others."""
    item = Planned(row, NEW, faults=list(row.faults), warnings=list(row.warnings))
    _find_unit(item, known)
    _find_group(item, known)
    person = find_person(item, known)
    if person is not None:
        item.person_id = person.id
        check_reach(item, known)
        item.changes = _changes(row, person)
        item.outcome = _outcome(item, known)
    return item


def _find_unit(item, known):
    units = known.units_named(item.row.unit)
    if not fold(item.row.unit):
        item.faults.append(Fault("unit", "unit-missing"))
    elif not units:
        item.faults.append(Fault("unit", "unit-unknown", item.row.unit))
    elif known.scope is not None and not set(units) & known.scope:
        item.faults.append(Fault("unit", "unit-beyond", item.row.unit))
    else:
        item.unit_id = units[0]


def _find_group(item, known):
    name = fold(item.row.group)
    if name and name not in known.groups:
        item.faults.append(Fault("group", "group-unknown", item.row.group))
    item.group_id = known.groups.get(name)
    if item.group_id in known.ruled:
        item.group_id = None
        item.warnings.append(Fault("group", "group-ruled", item.row.group))


def find_person(item, known):
    """Whom the row is about, or None; what stands in the way is noted in ``item``."""
    row = item.row
    if row.staff_code:
        person = known.by_key.get(row.staff_code)
        if person and person not in known.by_fold.get(fold(row.full_name), ()):
            item.faults.append(Fault("staff_code", "code-other", person.full_name))
        if person:
            return person
    namesakes = known.by_fold.get(fold(row.full_name), [])
    fitting = [person for person in namesakes if _same_birth(person.birth, row.birth)]
    if len(fitting) > 1:
        here = [person for person in fitting
                if any(post[1] == item.unit_id for post in known.posts.get(person.id, ()))]
        fitting = here or fitting
    if len(fitting) > 1:
        item.faults.append(Fault("full_name", "two-fit", row.full_name))
        return None
    if not fitting and namesakes:
        item.warnings.append(Fault("birth", "same-name", namesakes[0].birth))
    return fitting[0] if fitting else None


def check_reach(item, known):
    """Nobody changes, by a list, people of other units or with a higher role."""
    units = {post[1] for post in known.posts.get(item.person_id, ())}
    if known.scope is not None and units and not units & known.scope:
        item.faults.append(Fault("full_name", "person-beyond", item.row.full_name))
    elif item.person_id in known.above:
        item.faults.append(Fault("full_name", "person-above", item.row.full_name))


def _same_birth(one, other):
    """Whether two partial dates can be the same: equal, or one of them less exact."""
    return not one or not other or one.startswith(other) or other.startswith(one)


def _changes(row, person):
    """The fields the row says more about, or otherwise; an empty cell says nothing."""
    changes = {}
    for name in ("full_name", "birth", "gender", "phone", "email"):
        before, after = getattr(person, name), getattr(row, name)
        less_exact = name == "birth" and before.startswith(after)
        if after and after != before and not less_exact:
            changes[name] = [before, after]
    return changes


def _outcome(item, known):
    posts = known.posts.get(item.person_id, [])
    here = [post for post in posts if post[1] == item.unit_id]
    if item.unit_id is not None and not here:
        held = [unit for _id, unit, _title, main in posts if main]
        if known.scope is not None and not set(held) <= known.scope:
            item.warnings.append(Fault("unit", "main-elsewhere", item.row.unit))
        elif held:
            item.left_unit_id = held[0]
        return MOVED
    if here and item.row.title and fold(here[0][2]) != fold(item.row.title):
        item.changes["title"] = [here[0][2], item.row.title]
    if item.group_id and item.group_id not in known.groups_of.get(item.person_id, ()):
        item.changes["group"] = ["", item.row.group]
    return CHANGED if item.changes else UNCHANGED
