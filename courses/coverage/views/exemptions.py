"""Exemptions: asked for, decided, listed, ended."""
from flask import flash, redirect, render_template, request, url_for

from lms.kernel import clock
from lms.kernel.forms import choices
from lms.kernel.i18n import _, day, named
from lms.kernel.pages import paged
from lms.kernel.web import key_of, load, require, viewer
from lms.people.models import WAITING, Person

from courses.completions.evidence import ACCEPT, LARGEST
from courses.completions.views.files import sent
from courses.coverage.actions import end_exemption
from courses.coverage.exemption_actions import approve, ask_exemption, refuse_exemption
from courses.coverage.exemption_queries import (
    exemptions_seen_by,
    generous_units,
    goals_asking,
    requests_behind,
    requests_seen_by,
)
from courses.coverage.forms import KINDS, AnswerForm, EndingForm, ExemptionForm
from courses.coverage.models import Exemption, ExemptionRequest
from courses.coverage.policies import (
    may_ask_exemption,
    may_decide_exemption,
    may_end_exemption,
    may_follow_province,
    may_list_exemptions,
    may_see_exemption,
    may_see_scan,
)
from courses.coverage.views.blueprint import bp


@bp.get("/exemptions")
def exemptions():
    """Who is excused from what, until when, by whom; and units that excuse many."""
    require(may_list_exemptions)
    page = paged(exemptions_seen_by(viewer()))
    return render_template(
        "coverage/exemptions.html", page=page, kinds=KINDS, today=clock.today(),
        behind=requests_behind(page.rows),
        endable={one.id for one in page.rows if may_end_exemption(viewer(), one)},
        generous=generous_units() if may_follow_province(viewer()) else [])


@bp.get("/exemption-requests")
def exemption_requests():
    """The requests that wait, and those decided."""
    require(may_list_exemptions)
    state = request.args.get("state", WAITING)
    return render_template("coverage/exemption_requests.html", state=state, kinds=KINDS,
                           page=paged(requests_seen_by(viewer(), state)))


@bp.route("/people/<int:key>/exemption-requests", methods=["GET", "POST"])
def new_exemption_request(key):
    """Ask that somebody be excused from a goal for a time."""
    person = load(Person, key, may_ask_exemption)
    goals = goals_asking(person)
    form = ExemptionForm(goal_id=request.args.get("goal", type=key_of), valid_from=clock.today())
    form.goal_id.choices = choices((goal.id, named(goal)) for goal in goals)
    if goals and form.validate_on_submit():
        values = form.values()
        paper, goal_id = values.pop("file"), values.pop("goal_id")
        goal = next(goal for goal in goals if goal.id == goal_id)
        asked = ask_exemption(person, goal, values, (paper.stream, paper.filename), by=viewer())
        flash(_("The request is sent; an officer decides it and the answer stands here."), "good")
        return redirect(url_for(".exemption_request", key=asked.id))
    return render_template("coverage/new_exemption_request.html", form=form, person=person,
                           goals=goals, accept=ACCEPT, limit=LARGEST)


@bp.get("/exemption-requests/<int:key>")
def exemption_request(key):
    """One request: who asked, why, the scan, the answer."""
    return request_page(load(ExemptionRequest, key, may_see_exemption), AnswerForm())


def request_page(record, form):
    """The page of a request; an officer decides here."""
    return render_template(
        "coverage/exemption_request.html", asked=record, form=form, kinds=KINDS,
        may_decide=record.decided_at is None and may_decide_exemption(viewer(), record))


@bp.get("/exemption-requests/<int:key>/scan")
def exemption_scan(key):
    """The scan of the decision, for those who may see the request."""
    return sent(load(ExemptionRequest, key, may_see_scan).file)


@bp.post("/exemption-requests/<int:key>/decision")
def exemption_decision(key):
    """Approve or refuse a request."""
    record = load(ExemptionRequest, key, may_decide_exemption)
    form = AnswerForm()
    if not form.validate_on_submit():
        return request_page(record, form)
    if request.form.get("decision") == "approve":
        approve(record, form.answer.data, by=viewer())
        flash(_("Approved: %(name)s is exempt from %(day)s on; the figures follow at once.",
                name=record.person.full_name, day=day(record.valid_from)), "good")
    else:
        refuse_exemption(record, form.answer.data, by=viewer())
        flash(_("Refused; the unit reads the reason."), "good")
    return redirect(url_for(".exemption_requests"))


@bp.route("/exemptions/<int:key>/ending", methods=["GET", "POST"])
def exemption_ending(key):
    """End an exemption before its day."""
    record = load(Exemption, key, may_end_exemption)
    form = EndingForm(on=clock.today())
    if form.validate_on_submit():
        end_exemption(record, form.on.data, by=viewer())
        flash(_("%(name)s counts again from %(day)s.", name=record.person.full_name,
                day=day(form.on.data)), "good")
        return redirect(url_for(".exemptions"))
    return render_template("coverage/exemption_ending.html", exemption=record, form=form)
