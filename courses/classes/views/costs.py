"""For organisers: what a class costs, planned and spent."""
from flask import flash, redirect, render_template, request, url_for

from lms.kernel.i18n import _
from lms.kernel.web import load, made_file, viewer
from lms.organisations.models import Unit

from courses.classes.actions import set_cost
from courses.classes.choices import offer_costs
from courses.classes.exports import costs_workbook
from courses.classes.forms import CostForm
from courses.classes.models import CourseClass
from courses.classes.policies import may_arrange_class, may_read_costs
from courses.classes.queries.costs import costs_of, summed
from courses.classes.views.blueprint import bp


@bp.get("/classes/<int:key>/costs")
def costs(key):
    """What a class costs; whoever arranges it finds the form of a line below."""
    course_class = load(CourseClass, key, may_read_costs)
    found = costs_of(course_class)
    chosen = next((one for one in found if str(one.id) == request.args.get("line")), None)
    return costs_page(course_class, CostForm(formdata=None, obj=chosen), found)


def costs_page(course_class, form, found):
    """The page of the costs, with the form as it stands."""
    return render_template(
        "classes/costs.html", course_class=course_class, costs=found, total=summed(found),
        form=offer_costs(form, course_class, found),
        may_enter=may_arrange_class(viewer(), course_class))


@bp.post("/classes/<int:key>/costs")
def enter_cost(key):
    """Enter a line, change it, or take it away by leaving both amounts empty."""
    course_class = load(CourseClass, key, may_arrange_class)
    found = costs_of(course_class)
    form = offer_costs(CostForm(), course_class, found)
    if not form.validate_on_submit():
        return costs_page(course_class, form, found)
    payer = load(Unit, form.payer_id.data, lambda *_: True)
    set_cost(course_class, {"heading": form.heading.data, "source": form.source.data,
                            "payer": payer, "planned": form.planned.data,
                            "actual": form.actual.data}, by=viewer())
    flash(_("Saved."), "good")
    return redirect(url_for(".costs", key=key))


@bp.get("/classes/<int:key>/costs.xlsx")
def costs_file(key):
    """The costs as a workbook."""
    course_class = load(CourseClass, key, may_read_costs)
    return made_file(costs_workbook(course_class, costs_of(course_class)),
                     f"kinh-phi-{course_class.code}.xlsx")
