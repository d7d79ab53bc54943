"""The register of lecturers: who taught what, and how many periods."""
from flask import flash, redirect, render_template, request, url_for

from lms.kernel import clock
from lms.kernel.db import db
from lms.kernel.i18n import _
from lms.kernel.pages import paged
from lms.kernel.web import load, made_file, require, viewer
from lms.people.models import Person

from courses.classes.actions.lecturing import set_title
from courses.classes.exports import lecturers_workbook
from courses.classes.forms import LecturerForm
from courses.classes.policies import may_list_lecturers, may_see_lecturer, may_set_title
from courses.classes.queries.lecturers import (
    Taught,
    lecturers,
    sessions_taught,
    title_of,
    topics_of,
)
from courses.classes.views.blueprint import bp

#: So many years can be chosen.
YEARS = 9


def year_asked():
    """The year in the address; None for all of them, which is what is shown without one."""
    year, this = request.args.get("year", type=int), clock.today().year
    return year if year and this - YEARS < year <= this else None


def years():
    """The years to choose from: pairs of value and words."""
    this = clock.today().year
    return [("", _("all years")), *((year, year) for year in range(this, this - YEARS, -1))]


@bp.get("/lecturers")
def all_lecturers():
    """Everybody who taught."""
    require(may_list_lecturers)
    year, q = year_asked(), request.args.get("q", "")
    page = paged(lecturers(year, q), scalars=False)
    rows = [Taught(*row) for row in page.rows]
    return render_template(
        "classes/lecturers.html", page=page, rows=rows, year=year or "", q=q, years=years(),
        topics=topics_of([row.person.id for row in rows], year))


@bp.get("/lecturers.xlsx")
def lecturers_file():
    """The register as a workbook."""
    require(may_list_lecturers)
    year = year_asked()
    rows = [Taught(*row) for row in db.session.execute(lecturers(year, request.args.get("q", "")))]
    topics = topics_of([row.person.id for row in rows], year)
    return made_file(lecturers_workbook(rows, topics, year),
                     f"bao-cao-vien-{year or 'tat-ca'}.xlsx")


@bp.route("/lecturers/<int:key>", methods=["GET", "POST"])
def lecturer(key):
    """What somebody taught; officers enter the title that stands before the name."""
    person = load(Person, key, may_see_lecturer)
    form = LecturerForm(title=title_of(person)) if may_set_title(viewer()) else None
    if request.method == "POST":
        require(may_set_title)
    if form and form.validate_on_submit():
        set_title(person, form.title.data or "", by=viewer())
        flash(_("Saved."), "good")
        return redirect(url_for(".lecturer", key=key))
    year = year_asked()
    return render_template(
        "classes/lecturer.html", person=person, title=title_of(person), form=form,
        sessions=sessions_taught(person, year), year=year or "", years=years())
