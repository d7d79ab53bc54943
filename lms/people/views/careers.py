"""What happened to somebody: moved, took on one more post, left or retired, came back."""
from datetime import datetime

from flask import flash, render_template, request

from lms.kernel import clock
from lms.kernel.i18n import _, _l, day
from lms.kernel.pages import paged
from lms.kernel.web import day_argument, load, require, viewer
from lms.organisations.models import Unit
from lms.people.actions import current_posts, leave
from lms.people.careers import come_back, take_on, transfer
from lms.people.forms import LeavingForm, PostForm
from lms.people.models import Person
from lms.people.offers import corrections_told
from lms.people.policies import (
    may_answer,
    may_change_person,
    may_enter_people,
    may_follow_person,
    may_record_return,
    may_see_change,
)
from lms.people.queries import before_the_latest, coming_seen_by, followed_among, left_seen_by
from lms.people.views.blueprint import bp
from lms.people.views.people import after_change, to_ask_for
from lms.people.views.units import own_units

#: What can begin: who may record it, what records it, its words and what they mean.
BEGINNINGS = {
    "moved": (may_change_person, transfer, _l("Moved to another unit or title"), _l(
        "The main post ends that day and the new one begins. Other posts stay.")),
    "took-on": (may_change_person, take_on, _l("Took on one more post"), _l(
        "The posts held so far stay. The person is counted in both units, and once above them.")),
    "came-back": (may_record_return, come_back, _l("Came back"), _l(
        "A new main post begins. Former groups do not begin again by themselves.")),
}


@bp.route('/people/<int:key>/changes/<any("moved", "took-on", "came-back"):what>',
          methods=["GET", "POST"])
def happened(key, what):
    """Record that a post began, from a day on."""
    may, record, words, meaning = BEGINNINGS[what]
    person = load(Person, key, may)
    form = own_units(PostForm(valid_from=clock.today()))
    if form.validate_on_submit():
        unit = load(Unit, form.unit_id.data, may_answer)
        since = form.valid_from.data
        record(person, {"unit": unit, "title": form.title.data or "", "valid_from": since},
               by=viewer())
        flash(_("The post is recorded; it takes effect on %(day)s.", day=day(since))
              if since > clock.today() else
              _("The post is recorded; figures follow from its first day."), "good")
        return after_change(person, since)
    return render_template("people/happened.html", person=person, form=form, words=words,
                           elsewhere=to_ask_for(person) if what == "moved" else (),
                           meaning=meaning, held=current_posts(person, clock.today()),
                           follows=may_follow_person(viewer(), person))


@bp.route("/people/<int:key>/leaving", methods=["GET", "POST"])
def leaving(key):
    """Somebody leaves or retires: all posts and groups end."""
    person = load(Person, key, may_change_person)
    form = LeavingForm(on=clock.today())
    if form.validate_on_submit():
        leave(person, form.on.data, form.how.data, by=viewer())
        flash(_("Every post and group ends on %(day)s.", day=day(form.on.data)), "good")
        return after_change(person, form.on.data)
    return render_template("people/leaving.html", person=person, form=form,
                           held=current_posts(person, clock.today()))


@bp.get("/people/<int:key>/corrections")
def corrected(key):
    """What the latest change corrects in figures and reports of the past.

    Compared is with what was known at the moment ``before`` of the address, just before the
    change; without one, just before the latest fact about the person was recorded.
    """
    person = load(Person, key, may_see_change)
    before = _moment_before() or before_the_latest(person)
    return render_template(
        "people/corrected.html", person=person, follows=may_follow_person(viewer(), person),
        blocks=corrections_told([person], day_argument("since"), before))


def _moment_before():
    """The moment ``before`` of the address, as ``after_change`` wrote it; else None."""
    try:
        moment = datetime.fromisoformat(request.args.get("before", ""))
    except ValueError:
        return None
    return moment if moment.tzinfo else None


@bp.get("/people/left")
def left():
    """Those who left the units the viewer answers for, the newest leaving first."""
    require(may_enter_people)
    return render_template("people/left.html", page=paged(left_seen_by(viewer()), scalars=False))


@bp.get("/people/coming")
def coming():
    """The posts that are to begin in the units the viewer answers for, the next first."""
    require(may_enter_people)
    page = paged(coming_seen_by(viewer()), scalars=False)
    ids = [person.id for person, _post in page.rows]
    return render_template("people/coming.html", page=page,
                           followed=followed_among(ids, viewer()))
