"""Which units a list means: the one of its letterhead, and those of names nobody knew.  Pure."""
from collections import Counter
from dataclasses import replace

from lms.kernel.text import fold
from lms.people.workbook import Fault

#: Under this line of the clerk's corrections stands which unit a name means; no row has it.
WHOLE_LIST = "0"
#: So many names are asked about at once; more are a sign of a wrong column.
MOST_ASKED = 50


def unit_of_letterhead(listing, known):
    """The name of the unit in the letterhead of a list whose rows name none; else nothing."""
    if any(row.unit for row in listing.rows):
        return ""
    for text in listing.above:
        units = known.units_named(text)
        if len(units) == 1 and (known.scope is None or units[0] in known.scope):
            return text
    return ""


def meanings_of(listing, edits, known):
    """Folded name in the list → the unit it means: as the clerk said, or as the letterhead does."""
    letterhead = unit_of_letterhead(listing, known)
    return ({"": letterhead} if letterhead else {}) | edits.get(WHOLE_LIST, {})


def with_units(rows, meanings):
    """The ``rows``, each with the unit that its name means."""
    return [replace(row, unit=meanings.get(fold(row.unit), row.unit)) for row in rows]


def to_ask(listing, edits, known):
    """The names in the list that no unit bears, nothing where a row names none: for each how many
    rows have it, the id of the unit it is taken for, and whether the clerk said so.
    """
    meanings, told = meanings_of(listing, edits, known), edits.get(WHOLE_LIST, {})
    strange = Counter(row.unit for row in listing.rows if not known.units_named(row.unit))
    asked = []
    for name, rows in strange.most_common(MOST_ASKED):
        units = known.units_named(meanings.get(fold(name), ""))
        asked.append({"name": name, "rows": rows, "unit_id": units[0] if units else None,
                      "told": fold(name) in told})
    return asked


def point_out_moves(plan, asked):
    """Have those looked at who would leave their unit only because of the letterhead: it may be
    that of the office that holds a class, over people of many units.
    """
    if any(not ask["name"] and ask["unit_id"] and not ask["told"] for ask in asked):
        for item in plan:
            if item.left_unit_id is not None:
                item.warnings.append(Fault("unit", "letterhead-moves"))
