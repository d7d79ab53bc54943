"""The periods people learned in a year: of a unit as a list and a workbook, of one person on the
record.
"""
from flask import render_template, request, url_for

from lms.kernel import clock
from lms.kernel.i18n import _, named
from lms.kernel.pages import paged
from lms.kernel.web import load, made_file, viewer
from lms.organisations.models import Unit
from lms.people.policies import may_look_back

from courses.completions import hours
from courses.completions.exports import periods_workbook
from courses.completions.hours import Learned
from courses.completions.views.blueprint import bp

#: So many years can be chosen, this one among them.
YEARS = 9


def year_asked():
    """The year in the address, this one without; of a year to come nothing is known."""
    this = clock.today().year
    year = request.args.get("year", this, type=int)
    return year if this - YEARS < year <= this else this


@bp.get("/units/<int:key>/periods")
def unit_periods(key):
    """Who in a unit learned enough periods in a year, who did not, and how many are missing."""
    unit, year, q = load(Unit, key, may_look_back), year_asked(), request.args.get("q", "")
    page = paged(hours.learned_in(unit, year, q), scalars=False)
    everybody, enough = hours.enough_in(hours.learned_in(unit, year))
    this = clock.today().year
    on = hours.day_in(unit, year)
    return render_template(
        "learning/periods.html", unit=unit, year=year, q=q, page=page, on=on,
        rows=[Learned(*row) for row in page.rows], wanted=hours.wanted(), everybody=everybody,
        enough=enough, posts=hours.posts_on([person.id for person, _periods in page.rows], on),
        years=[(one, one) for one in range(this, this - YEARS, -1)])


@bp.get("/units/<int:key>/periods.xlsx")
def unit_periods_file(key):
    """The list as a workbook that agrees with the page."""
    unit, year, q = load(Unit, key, may_look_back), year_asked(), request.args.get("q", "")
    rows, on = hours.all_learned_in(unit, year, q), hours.day_in(unit, year)
    posts = hours.posts_on([row.person.id for row in rows], on)
    return made_file(periods_workbook(rows, posts, named(unit), year, on),
                     f"so-tiet-{unit.key}-{year}.xlsx")


def hours_block(person):
    """On the record of ``person``: the periods of each year, and what they were learned in."""
    return {"template": "learning/_periods_by_year.html", "wanted": hours.wanted(),
            "years": hours.years_of(hours.lines_of(person))}


def link_to_periods(unit):
    """On the page of a unit, for those who follow it: the way to the periods of its people."""
    person = viewer()
    if person is None or not may_look_back(person, unit):
        return None
    return way_to_periods(unit)


def way_to_periods(unit, *_goal_and_viewer):
    """Where those who follow ``unit`` read the periods of its people, and the word for it."""
    return url_for("learning.unit_periods", key=unit.id), _("Periods learned in a year")
