"""Who goes where, person by person, as a workbook out and in: for units of hundreds."""
from typing import NamedTuple

from lms.kernel.i18n import _
from lms.kernel.sheets import Table, write_workbook
from lms.kernel.text import fold

#: Where a line names its post and its unit.
POST, GOES = 0, 4
#: So many faults are said at once.
SHOWN = 20


class Assigned(NamedTuple):
    """What a workbook says: post id → place of the heir in the form; and what is wrong in it."""

    places: dict
    faults: list


def labels_of(rows, names):
    """The heirs as the workbook offers them, by their place: "2. Sở Văn hóa".

    ``rows`` are those of the form, ``names`` the units there are by id.
    """
    words = {at: names.get(row.unit, row.name_vi) for at, row in enumerate(rows) if not row.empty}
    return {at: f"{at + 1}. {name}" for at, name in words.items()}


def assignment_book(posts, labels, chosen):
    """The bytes of a workbook with a line for each of ``posts``.

    ``labels`` are the heirs it offers, ``chosen`` those chosen so far: post id → place.
    """
    header = [_("Code of the post"), _("Full name"), _("Born"), _("Job title"), _("Goes to unit")]
    rows = [[post.id, post.person.full_name, post.person.birth_year, post.title,
             labels.get(chosen.get(post.id), "")] for post in posts]
    heirs = Table(_("Units"), [_("Goes to unit")], [[label] for label in labels.values()])
    people = Table(_("Who goes where"), header, rows,
                   choices=((GOES, heirs.name),) if labels else ())
    notes = [(_("How to fill it in"), _(
        "Choose the unit in the last column, or write its number as in the form. Leave the codes "
        "of the posts as they are. Then send the workbook back in the form: nothing is done "
        "before you have looked at it."))]
    return write_workbook([people, heirs], notes)


def read_assignments(lines, posts, labels):
    """What the ``lines`` of a workbook (the first is the heading) say about ``posts`` (ids)."""
    by_name = {fold(label.partition(". ")[2]): at for at, label in labels.items()}
    by_name |= {fold(label): at for at, label in labels.items()}
    places, faults = {}, []
    for number, line in enumerate(lines[1:], 2):
        cells = [_plain(cell) for cell in [*line, *[""] * GOES][:GOES + 1]]
        if not any(cells):
            continue
        post = int(cells[POST]) if cells[POST].isdecimal() else None
        if post not in posts:
            faults.append(_("Line %(line)s: there is no post with the code “%(code)s” in this "
                            "unit.", line=number, code=cells[POST]))
        elif not cells[GOES]:
            places[post] = None
        elif (place := _place(cells[GOES], labels, by_name)) is None:
            faults.append(_("Line %(line)s: “%(unit)s” is none of the units named in the form.",
                            line=number, unit=cells[GOES]))
        else:
            places[post] = place
    return Assigned(places, faults[:SHOWN])


def _plain(cell):
    return str(int(cell) if isinstance(cell, float) and cell.is_integer() else cell).strip()


def _place(words, labels, by_name):
    place = int(words) - 1 if words.isdecimal() and len(words) < 4 else by_name.get(fold(words))
    return place if place in labels else None
