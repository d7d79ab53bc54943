"""Learning elsewhere: handing it in, looking at it, accepting and refusing it."""
from flask import flash, redirect, render_template, request, url_for

from lms.kernel.i18n import _, ngettext
from lms.kernel.pages import paged
from lms.kernel.web import key_of, load, require, viewer
from lms.people.models import WAITING, Person

from courses.completions.evidence import ACCEPT, LARGEST
from courses.completions.forms import OutsideForm, OutsideRefusalForm
from courses.completions.models import OutsideLearning
from courses.completions.outside_actions import accept_all, hand_in, refuse
from courses.completions.outside_queries import (
    courses_to_map,
    holdings,
    outside_seen_by,
    proposals,
)
from courses.completions.policies import (
    may_accept_outside,
    may_decide_outside,
    may_hand_in,
    may_see_evidence,
    may_see_outside,
)
from courses.completions.views.blueprint import bp
from courses.completions.views.files import sent


@bp.get("/learned-elsewhere")
def outside():
    """What was learned elsewhere: one's own, one's people's, for officers everybody's."""
    deciding = may_accept_outside(viewer())
    state = request.args.get("state", WAITING if deciding else "")
    page = paged(outside_seen_by(viewer(), state))
    return render_template("learning/outside.html", page=page, state=state, deciding=deciding,
                           **what_helps_deciding(page.rows if deciding else []))


def what_helps_deciding(claims):
    """For an officer: which of ``claims`` they may decide, as what, and what the people have."""
    waiting = [claim for claim in claims if claim.decided_at is None]
    if not waiting:
        return {"decidable": set(), "courses": [], "proposed": {}, "held": {}}
    courses = courses_to_map()
    return {"decidable": {claim.id for claim in waiting if may_decide_outside(viewer(), claim)},
            "courses": courses, "proposed": proposals(waiting, courses),
            "held": holdings({claim.person_id for claim in waiting})}


@bp.route("/people/<int:key>/learned-elsewhere", methods=["GET", "POST"])
def new_outside(key):
    """Hand in what somebody learned elsewhere, with a photo of the paper."""
    person = load(Person, key, may_hand_in)
    form = OutsideForm()
    if form.validate_on_submit():
        values = form.values()
        paper = values.pop("file")
        claim = hand_in(person, values, (paper.stream, paper.filename), by=viewer())
        flash(_("Handed in. An officer looks at it; the answer stands here."), "good")
        return redirect(url_for(".outside_paper", key=claim.id))
    return render_template("learning/new_outside.html", form=form, person=person, accept=ACCEPT,
                           limit=LARGEST)


@bp.get("/learned-elsewhere/<int:key>")
def outside_paper(key):
    """One paper handed in, its evidence, and what became of it."""
    return paper_page(load(OutsideLearning, key, may_see_outside), OutsideRefusalForm())


def paper_page(claim, form):
    """The page of a paper; officers decide here too."""
    return render_template("learning/outside_paper.html", claim=claim, form=form,
                           **what_helps_deciding(
                               [claim] if may_decide_outside(viewer(), claim) else []))


@bp.get("/learned-elsewhere/<int:key>/evidence")
def evidence(key):
    """The photo or scan, for those who may look at the paper."""
    return sent(load(OutsideLearning, key, may_see_evidence).file)


@bp.post("/learned-elsewhere/acceptance")
def acceptance():
    """Accept the papers ticked, each as the course chosen beside it."""
    require(may_accept_outside)
    keys = request.form.getlist("papers", type=key_of)
    courses = {course.id: course for course in courses_to_map()}
    chosen = [(load(OutsideLearning, key, may_see_outside),
               courses.get(request.form.get(f"course{key}", type=key_of))) for key in keys]
    accept_all(chosen, by=viewer())
    flash(ngettext("%(num)s paper is accepted; it counts from the day of the learning.",
                   "%(num)s papers are accepted; they count from the day of the learning.",
                   len(chosen)), "good")
    return redirect(url_for(".outside"))


@bp.post("/learned-elsewhere/<int:key>/refusal")
def outside_refusal(key):
    """Refuse a paper with the reason its owner reads."""
    claim = load(OutsideLearning, key, may_decide_outside)
    form = OutsideRefusalForm()
    if not form.validate_on_submit():
        return paper_page(claim, form)
    refuse(claim, form.answer.data, by=viewer())
    flash(_("Refused; %(name)s reads the reason.", name=claim.person.full_name), "good")
    return redirect(url_for(".outside"))


def outside_block(person):
    """Under "My work": the way to hand in more, and to what became of it."""
    return {"template": "learning/_outside.html", "person": person}
