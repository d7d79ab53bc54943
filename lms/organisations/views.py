"""The organisation: the tree as it stood on a day, a unit and what became of it."""
from datetime import timedelta

from flask import Blueprint, render_template, request

from lms.kernel import clock
from lms.kernel.i18n import _, day
from lms.kernel.text import fold
from lms.kernel.web import day_argument, here, load
from lms.organisations.links import coming, links, list_links, move_acts
from lms.organisations.models import Unit
from lms.organisations.queries import (
    days_of_change,
    heirs_of,
    history_of,
    moves_of,
    outline,
    tree,
    units_on,
)

#: So many of the last reorganisations are a step away on the page of units.
NEAR = 6
bp = Blueprint("organisations", __name__, template_folder="templates")


def may_see_unit(_person, _unit):
    """The names of units and how they hang together are no secret."""
    return True


def times(on):
    """The organisation between two reorganisations and the next: (words, address, whether it is
    the one shown on the day ``on``), the oldest first.
    """
    changes = days_of_change(NEAR)
    if not changes:
        return []
    earlier = (_("before %(day)s", day=day(changes[0])), here(on=day(changes[0] - timedelta(1))),
               on < changes[0])
    last = max((change for change in changes if change <= on), default=None)
    return [earlier, *((_("from %(day)s", day=day(change)), here(on=day(change)), change == last)
                       for change in changes)]


@bp.get("/units")
def units():
    """The tree as it stood on a day."""
    on, today, search = day_argument(), clock.today(), request.args.get("q", "")
    lines = outline(tree(on), units_on(on))
    if search:
        lines = [(depth, unit) for depth, unit in lines
                 if fold(search) in fold(f"{unit.name_vi} {unit.name_en} {unit.short_name}")]
    return render_template("organisations/units.html", on=on, q=search, lines=lines,
                           times=times(on), today=today, links=list_links.of(),
                           coming=coming.of([unit for _depth, unit in lines], None)
                           if on == today else [])


@bp.get("/units/<int:key>")
def unit(key):
    """A unit: where it stands, what is below it, where it came from and went."""
    record = load(Unit, key, may_see_unit)
    on = day_argument()
    came, went = history_of(record)
    acts = {day: act for found in move_acts.of(record) for day, act in found.items()}
    told = sorted([*came, *went, *moves_of(record, acts)], key=lambda event: event.on)
    standing = tree(on)
    by_id = {other.id: other for other in units_on(on)}
    return render_template(
        "organisations/unit.html", unit=record, on=on, told=told,
        heirs=heirs_of(record),
        coming=coming.of([record], None) if on <= clock.today() else [],
        path=[by_id[step] for step in reversed(standing.path(record.id)[1:]) if step in by_id],
        below=[other for other in by_id.values()
               if standing.parents.get(other.id) == record.id], links=links.of(record))
