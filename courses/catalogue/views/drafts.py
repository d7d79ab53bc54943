"""The draft of a course: seen beside what is published, published, thrown away."""
from flask import flash, redirect, render_template, url_for

from lms.kernel.forms import Form
from lms.kernel.i18n import _
from lms.kernel.web import load, viewer

from courses.catalogue.actions import discard_draft, draft, publish
from courses.catalogue.forms import PublicationForm
from courses.catalogue.learners import learners_of
from courses.catalogue.models import Course
from courses.catalogue.policies import may_edit_course, may_publish_course
from courses.catalogue.queries import (
    changes_of,
    draft_version,
    published_version,
    steps_of,
)
from courses.catalogue.step_kinds import offered
from courses.catalogue.views.blueprint import bp
from courses.catalogue.views.courses import author_form


@bp.get("/<int:key>")
def draft_page(key):
    """A course as its authors see it: the draft, or what is published, and what can be done."""
    course = load(Course, key, may_edit_course)
    written, published = draft_version(course), published_version(course)
    version = written or published
    return render_template(
        "catalogue/draft.html", course=course, version=version, published=published,
        steps=steps_of(version) if version else [], kinds=offered(),
        changes=changes_of(written, published) if written and published else None,
        authors=author_form(course))


@bp.post("/<int:key>/draft")
def new_draft(key):
    """Begin a draft from what is published."""
    course = load(Course, key, may_edit_course)
    draft(course, by=viewer())
    return redirect(url_for(".draft_page", key=course.id))


@bp.route("/<int:key>/draft/removal", methods=["GET", "POST"])
def draft_removal(key):
    """Throw the draft away, said on a page of its own because it cannot be undone."""
    course = load(Course, key, may_edit_course)
    if Form().validate_on_submit():
        discard_draft(course, by=viewer())
        flash(_("The draft was thrown away."), "good")
        return redirect(url_for(".draft_page", key=course.id))
    return render_template("catalogue/draft_removal.html", course=course,
                           version=draft_version(course), published=published_version(course))


def wanting(course):
    """The steps of the draft that should have something more, each with the sentence."""
    version = draft_version(course)
    return [(step, step.wants) for step in steps_of(version) if step.wants] if version else []


@bp.route("/<int:key>/publication", methods=["GET", "POST"])
def publication(key):
    """Publish the draft, saying what happens to people under way."""
    course = load(Course, key, may_publish_course)
    form = PublicationForm()
    if form.validate_on_submit():
        version = publish(course, form.note.data or "", form.move.data == "move", by=viewer())
        flash(_("Version %(number)s is published.", number=version.number), "good")
        return redirect(url_for(".draft_page", key=course.id))
    under_way, completed = learners_of(course)
    return render_template("catalogue/publication.html", course=course, form=form,
                           version=draft_version(course), published=published_version(course),
                           under_way=under_way, completed=completed,
                           wanting=wanting(course))
