"""For officers: choose a period, see what the report says, lock it, end one that holds no more."""
from flask import flash, redirect, render_template, request, url_for

from lms.kernel import clock
from lms.kernel.errors import Refusal
from lms.kernel.i18n import _, day
from lms.kernel.web import day_argument, load, made_file, viewer
from lms.organisations.models import Unit

from courses.coverage.views.blueprint import recast_argument
from courses.reports.actions import end, lock
from courses.reports.forms import EndForm, LockForm
from courses.reports.models import Report
from courses.reports.papers import draft_paper, drawn
from courses.reports.policies import may_draft, may_end, may_lock
from courses.reports.queries.measuring import measured, proposed_heading, proposed_title
from courses.reports.views.blueprint import bp
from courses.reports.writing import body


def asked_period():
    """The days in the address: the last is today at the latest."""
    on = min(day_argument("on"), clock.today())
    return min(day_argument("first", on.replace(month=1, day=1)), on), on


def draft_of(unit):
    """What a report of ``unit`` for the days in the address would say now."""
    first, on = asked_period()
    heading = proposed_heading(viewer(), unit)
    return measured(unit.id, (first, on), clock.now(), heading, proposed_title(first, on),
                    recast_argument())


@bp.get("/units/<int:key>/report")
def preview(key):
    """What a report of a unit would say: sentences and figures; to download, to lock."""
    unit = load(Unit, key, may_draft)
    matter = draft_of(unit)
    form = LockForm(formdata=None, data={
        "first": matter.first, "on": matter.on, "title": matter.title, **matter.heading})
    return preview_page(unit, matter, form)


def preview_page(unit, matter, form):
    """The page of a draft, with the form that locks it for those who may."""
    why = silence(unit, matter)
    return render_template(
        "reports/preview.html", unit=unit, matter=matter, form=form, why=why,
        to_come=day_argument() if day_argument() > matter.on else None,
        parts=[] if why else list(body(matter)),
        may_lock=may_lock(viewer()))


def silence(unit, matter):
    """Why a report of ``unit`` has nothing to tell, as words; nothing where it has."""
    if matter.goals and unit.id in {one.id for one in matter.units}:
        return ""
    if matter.recast:
        return _("Under today's structure there is no figure of this unit.")
    if matter.on < unit.valid_from:
        return _("This unit began on %(day)s.", day=day(unit.valid_from))
    if not unit.holds(matter.on):
        return _("This unit ended on %(day)s.", day=day(unit.valid_to))
    return _("No goal is in force on %(day)s.", day=day(matter.on))


@bp.get("/units/<int:key>/report.<any(docx, pdf, xlsx):kind>")
def draft_file(key, kind):
    """The draft as a file; it says that it is not locked."""
    unit = load(Unit, key, may_draft)
    matter = draft_of(unit)
    why = silence(unit, matter)
    if why:
        raise Refusal(f"{why} {_('Choose another day.')}",
                      back=url_for(".preview", key=key, **request.args))
    return made_file(drawn(draft_paper(matter), kind), f"bao-cao-du-thao-{matter.on}.{kind}")


@bp.post("/units/<int:key>/report")
def lock_report(key):
    """Lock the figures."""
    unit = load(Unit, key, lambda person, _unit: may_lock(person))
    form = LockForm()
    if not form.validate_on_submit():
        return preview_page(unit, draft_of(unit), form)
    report = lock(unit, form.first.data, form.on.data, form.heading(), by=viewer())
    flash(_("The report is locked. Its code is %(code)s.", code=report.code), "good")
    return redirect(url_for(".report", key=report.id))


@bp.route("/reports/<int:key>/end", methods=["GET", "POST"])
def end_report(key):
    """Withdraw a report, or put another in its place; nothing of it is deleted."""
    report = load(Report, key, may_end)
    form = EndForm(successor=request.args.get("successor", ""))
    if form.validate_on_submit():
        end(report, form.reason.data, form.successor.data, by=viewer())
        flash(_("The report says from now on that it does not hold any more."), "good")
        return redirect(url_for(".report", key=report.id))
    return render_template("reports/end.html", report=report, form=form)
