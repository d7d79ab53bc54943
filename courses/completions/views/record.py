"""The record of what somebody learned, and taking a completion back."""
from flask import flash, redirect, render_template, url_for

from lms.kernel import clock
from lms.kernel.i18n import _, day
from lms.kernel.web import load, viewer
from lms.organisations.links import coming
from lms.people.models import Person
from lms.people.queries import postings_of, units_from

from courses.completions.actions import revoke
from courses.completions.forms import RevocationForm
from courses.completions.models import Completion
from courses.completions.outside_queries import evidence_of
from courses.completions.policies import may_hand_in, may_read_record, may_revoke
from courses.completions.queries import completions_of, studies_under_way
from courses.completions.records import blocks
from courses.completions.views.blueprint import bp


@bp.get("/record")
def my_record():
    """Everything the viewer learned."""
    return record_page(viewer())


@bp.get("/record/<int:key>")
def record(key):
    """Everything somebody learned, for those who answer for them."""
    person = load(Person, key, may_read_record)
    if person.main_id is not None:
        return redirect(url_for(".record", key=person.main_id))
    return record_page(person)


def record_page(person):
    """The whole record of ``person`` as a page that prints on one sheet."""
    completions, posts = completions_of(person), postings_of(person)
    return render_template(
        "learning/record.html", person=person, completions=completions,
        studies=studies_under_way(person), postings=posts, today=clock.today(),
        coming=coming.of(units_from(posts, clock.today()), person),
        blocks=blocks.of(person), revocable={c.id for c in completions if may_revoke(viewer(), c)},
        evidence=evidence_of(completions), may_hand_in=may_hand_in(viewer(), person))


@bp.route("/completions/<int:key>/revocation", methods=["GET", "POST"])
def revocation(key):
    """Take a completion back from a day on, with the reason."""
    completion = load(Completion, key, may_revoke)
    form = RevocationForm(on=clock.today())
    if form.validate_on_submit():
        revoke(completion, form.on.data, form.reason.data, by=viewer())
        flash(_("The completion counts no more from %(day)s.", day=day(form.on.data)), "good")
        return redirect(url_for(".record", key=completion.person_id))
    return render_template("learning/revocation.html", completion=completion, form=form)
