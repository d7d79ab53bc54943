"""Whom each row of a workbook of staff changes is about, and what is wrong with it.  Pure."""
from lms.kernel.text import fold
from lms.people.changebook import CAME_BACK, MOVED, RETITLED, TOOK_ON
from lms.people.plan import CHANGED, FAULTY, UNCHANGED, Planned, check_reach, find_person
from lms.people.workbook import Fault

WITH_UNIT = (MOVED, TOOK_ON, CAME_BACK)


def planned_changes(rows, known):
    """What would happen to each of ``rows``, as far as can be told without trying it.

    A row without a change is left alone.  One person has one change in a workbook: the second
    would have to be judged by what the first did.
    """
    seen, plan = set(), []
    for row in rows:
        item = Planned(row, UNCHANGED)
        if row.asks:
            item.faults = list(row.faults)
            _find(item, known)
            _check_words(item, known)
            if item.person_id in seen:
                item.faults.append(Fault("full_name", "two-changes", row.full_name))
            if item.person_id:
                seen.add(item.person_id)
            item.outcome = FAULTY if item.faults else CHANGED
        plan.append(item)
    return plan


def _find(item, known):
    """Whom the row is about; of two of one name the one in the unit beside the name is meant."""
    units = known.units.get(fold(item.row.unit), ())
    item.unit_id = units[0] if units else None
    # The staff code alone is enough; a name beside it must be the person's.
    person = find_person(item, known) if item.row.full_name else (
        known.by_key.get(item.row.staff_code))
    item.unit_id = None
    if person is not None:
        item.person_id = person.id
        check_reach(item, known)
    elif not item.faults:
        item.faults.append(Fault("full_name", "person-unknown", item.row.full_name))


def _check_words(item, known):
    row, wrong = item.row, {fault.field for fault in item.faults}
    if not row.happening:
        item.faults.append(Fault("happening", "happening-missing"))
    if not row.since and "since" not in wrong:
        item.faults.append(Fault("since", "day-missing"))
    if row.what in WITH_UNIT:
        _find_new_unit(item, known)
    elif row.what == RETITLED and not row.new_title:
        item.faults.append(Fault("new_title", "title-missing"))


def _find_new_unit(item, known):
    name = fold(item.row.new_unit)
    units = known.units.get(name, ())
    within = [unit for unit in units if known.scope is None or unit in known.scope]
    if not name:
        item.faults.append(Fault("new_unit", "new-unit-missing"))
    elif not units:
        item.faults.append(Fault("new_unit", "unit-unknown", item.row.new_unit))
    elif not within:
        item.faults.append(Fault("new_unit", "unit-beyond", item.row.new_unit))
    elif len(within) > 1:
        item.faults.append(Fault("new_unit", "unit-two", item.row.new_unit))
    else:
        item.unit_id = within[0]
