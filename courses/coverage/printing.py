"""The matrix on paper: what sums up, then unit by unit, across A4 with repeated heads."""
from dataclasses import dataclass, replace
from datetime import date, datetime

from lms.kernel.i18n import _, day, moment, named, ngettext, number, percent
from lms.kernel.lists import Column, Listing, draw_lists
from lms.organisations.ahead import words_ahead

from courses.coverage.matrix import furthest, totals

#: So many goals stand beside each other; more go on in a further list.
ACROSS = 5
#: So many of the units furthest from a target are named on the first page.
FURTHEST = 5
#: The widths of the number, the unit, and each goal, in proportion.
NUMBER, UNIT, GOAL = 5, 30, 22
#: In points: a cell holds one line of figures, as close above each other as is read with ease.
SIZE, LEAST, CLOSE = 9, 8.5, 1.2
#: In mm.
ROW = 4.5


@dataclass(frozen=True)
class Matrix:
    """A matrix as ``matrix.laid_out`` gives it, and what it was asked for."""

    goals: list
    groups: list
    whole: object
    on: date
    #: The moment of knowledge; None is now.
    known: datetime | None
    now: datetime
    recast: bool = False


def matrix_paper(matrix):
    """The bytes of a PDF of ``matrix`` for whoever decides: summary first, then every unit; on
    the same sheet where the goals stand beside each other.
    """
    parts = [range(start, min(start + ACROSS, len(matrix.goals)))
             for start in range(0, len(matrix.goals), ACROSS)]
    first = [_listing(matrix, part, _summary(matrix, part),
                      _furthest(matrix) if part is parts[-1] else ()) for part in parts]
    units = [replace(_listing(matrix, part, _units(matrix, part)), follows=len(parts) == 1)
             for part in parts]
    return draw_lists(*first, *units)


def _listing(matrix, part, rows, closing=()):
    columns = (Column(_("No."), NUMBER, centre=True), Column(_("Unit"), UNIT),
               *(Column(_head(matrix.goals[at]), GOAL, centre=True) for at in part))
    return Listing(superior="", issuer=named(matrix.whole.unit), title=_("Share trained, by unit"),
                   details=_details(matrix), columns=columns, rows=tuple(rows),
                   closing=closing, across=True, size=SIZE, least=LEAST, row_height=ROW,
                   pad=CLOSE)


def _head(goal):
    target = _("no target set") if goal.share is None else _(
        "target %(share)s", share=percent(goal.share))
    return f"{named(goal)} ({target})"


def _details(matrix):
    count, short, overdue = totals(matrix.whole)
    said = ngettext("%(num)s goal with a target:", "%(num)s goals with a target:", count)
    left = ngettext("%(num)s person is still short", "%(num)s people are still short", short)
    late = ngettext("%(num)s of those not trained is overdue",
                    "%(num)s of those not trained are overdue", overdue)
    asked = _("As of %(day)s, as known at %(moment)s.", day=day(matrix.on),
              moment=moment(matrix.known or matrix.now))
    if matrix.recast:
        asked += " " + _("Recast to today's structure") + "."
    return tuple(filter(None, (f"{said} {left}; {late}." if count else "", asked,
                               words_ahead(matrix.on))))


def _summary(matrix, part):
    yield "", named(matrix.whole.unit).upper(), *_cells(matrix.whole, part)
    for place, (block, lines) in enumerate((g for g in matrix.groups if g[0]), 1):
        words = ngettext("%(num)s unit", "%(num)s units", len(lines))
        yield (_roman(place), f"{named(block.unit)} ({words})", *_cells(block, part))
    for place, line in enumerate(_alone(matrix), 1):
        yield str(place), named(line.unit), *_cells(line, part)


def _alone(matrix):
    """The lines of the units that stand under no block."""
    return [line for block, lines in matrix.groups if block is None for line in lines]


def _units(matrix, part):
    place = 0
    for block, lines in matrix.groups:
        if block:
            place += 1
            yield _roman(place), named(block.unit).upper(), *_cells(block, part)
        for at, line in enumerate(lines, 1):
            yield str(at), named(line.unit), *_cells(line, part)


def _cells(line, part):
    return [_cell(line.figures[at]) for at in part]


def _cell(figure):
    """A figure in words: 50 of 58, its rate, what is missing."""
    if figure is None:
        return "–"
    if not figure.required:
        return _("all exempt")
    words = [f"{number(figure.met)}/{number(figure.required)} ({percent(figure.rate)})"]
    if figure.goal.share is not None:
        words.append(_("reached") if figure.reached else
                     _("%(left)s to go", left=number(figure.short)))
    if figure.overdue:
        words.append(_("%(late)s overdue", late=number(figure.overdue)))
    if figure.exempt:
        words.append(_("%(n)s exempt", n=number(figure.exempt)))
    return "; ".join(words)


def _furthest(matrix):
    lines = []
    for goal, ranked, small in furthest(matrix.groups):
        names = "; ".join(f"{named(f.unit)} {number(f.met)}/{number(f.required)}"
                          for f in ranked[:FURTHEST])
        few = ngettext("%(num)s unit with fewer than five people required is not ranked.",
                       "%(num)s units with fewer than five people required are not ranked.",
                       small) if small else ""
        if names or few:
            lines.append(f"{named(goal)} – {names}{'.' if names else ''} {few}".strip())
    return (_("Units furthest from their target") + ":", *lines) if lines else ()


def _roman(value):
    tens, ones = divmod(value, 10)
    return "X" * tens + ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX")[ones]
