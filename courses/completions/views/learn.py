"""Learning: the courses on offer, a course, its steps, what completing it earned."""
from flask import Response, flash, redirect, render_template, request, url_for

from lms.kernel import clock
from lms.kernel.i18n import _
from lms.kernel.pages import paged
from lms.kernel.web import load, viewer

from courses.catalogue.models import Activity, Course
from courses.catalogue.policies import may_edit_course
from courses.catalogue.queries import (
    courses_on_offer,
    draft_version,
    published_version,
    trainers_of,
)
from courses.completions.actions import begin, finish_step, keep_place, take_back
from courses.completions.after import blocks
from courses.completions.forms import AcknowledgementForm
from courses.completions.marks import mark_of
from courses.completions.policies import (
    may_begin,
    may_invite,
    may_learn,
    may_open_course,
    may_take_part,
)
from courses.completions.queries import (
    completed_on,
    completion_on,
    place_in,
    preview_of,
    progress_of,
    standing_in,
)
from courses.completions.views.blueprint import bp


@bp.get("/courses")
def courses():
    """The courses anybody may begin, and how the viewer stands with each."""
    search = request.args.get("q", "")
    page = paged(courses_on_offer(search))
    return render_template(
        "learning/courses.html", q=search, page=page,
        standing=standing_in(viewer(), [course.id for course in page.rows], clock.today()))


@bp.get("/courses/<int:key>")
def course(key):
    """A course as its reader meets it: the table of contents, the next step."""
    record = load(Course, key, may_open_course, Course.owner, Course.versions)
    return render_template(
        "learning/course.html", course=record, progress=progress_of(viewer(), record),
        completion=completed_on(viewer(), record, clock.today()), trainers=trainers_of(record),
        may_begin=may_begin(viewer(), record), may_edit=may_edit_course(viewer(), record),
        may_invite=may_invite(viewer(), record))


@bp.get("/courses/<int:key>/draft")
def preview(key):
    """The draft of a course as a reader would find it, for its authors."""
    record = load(Course, key, may_edit_course, Course.owner, Course.versions)
    version = draft_version(record) or published_version(record)
    return render_template(
        "learning/course.html", course=record, progress=preview_of(record, version),
        completion=None, trainers=trainers_of(record), may_begin=False, may_edit=True, preview=True)


@bp.post("/courses/<int:key>/studies")
def new_study(key):
    """Begin a course, or go on with it."""
    study = begin(viewer(), load(Course, key, may_open_course), by=viewer())
    return redirect(on_from(study.course))


def on_from(record):
    """Where the viewer goes on in a course: the next step, or what completing it earned."""
    progress = progress_of(viewer(), record)
    if progress.next:
        return url_for(progress.next.endpoint, key=progress.next.id)
    return url_for(".finished", key=record.id)


def progress_with(activity):
    """How the viewer stands with the version that ``activity`` is read in."""
    version = activity.version
    if version.published_at is None:
        return preview_of(version.course, version)
    return progress_of(viewer(), version.course)


@bp.get("/steps/<int:key>")
def step(key):
    """One step, with nothing around it but the way back and the way on."""
    activity = load(Activity, key, may_learn)
    progress = progress_with(activity)
    place = progress.place_of(activity)
    if place is not None and progress.steps[place].activity.id != activity.id:
        # An old link: the same step in the version the reader learns.
        return redirect(url_for(".step", key=progress.steps[place].activity.id))
    return page_of(activity, progress, place)


def page_of(activity, progress, place, faults=()):
    """The page of a step at ``place`` of a course; None: the reader's version lacks it.

    ``faults`` are those of the confirmation, where one was sent.
    """
    return render_template(
        "learning/step.html", activity=activity, progress=progress, place=place, faults=faults,
        here=progress.steps[place] if place is not None else None,
        may_record=place is not None and (
            progress.study is not None or may_take_part(viewer(), progress.course)),
        seconds=place_in(viewer(), activity) if activity.kind == "media" else 0)


@bp.post("/steps/<int:key>/done")
def done(key):
    """A step is done: on to the next, or to the end."""
    activity = load(Activity, key, may_learn)
    form = AcknowledgementForm()
    if getattr(activity, "acknowledge", False):
        if not form.validate_on_submit():
            progress = progress_with(activity)
            return page_of(activity, progress, progress.place_of(activity), form.ack.errors)
        flash({"text": _("Confirmed. The day and hour are in your record."),
               "undo_url": url_for(".second_thought", key=activity.id)}, "undo")
    finish_step(viewer(), activity, by=viewer())
    return redirect(on_from(activity.version.course))


@bp.post("/steps/<int:key>/second-thought")
def second_thought(key):
    """Take back a confirmation within ten minutes."""
    activity = load(Activity, key, may_learn)
    take_back(viewer(), activity, by=viewer())
    flash(_("Taken back."), "good")
    return redirect(url_for(".step", key=activity.id))


@bp.post("/steps/<int:key>/place")
def place(key):
    """Keep the place in a recording."""
    activity = load(Activity, key, may_learn)
    keep_place(viewer(), activity, request.form.get("seconds", 0, type=int))
    return Response(status=204, mimetype="text/plain")


@bp.get("/courses/<int:key>/completed")
def finished(key):
    """The course is completed: what it earned."""
    record = load(Course, key, may_open_course)
    completion = completion_on(viewer(), record, clock.today())
    if completion is None:
        return redirect(url_for(".course", key=record.id))
    return render_template("learning/finished.html", course=record, completion=completion,
                           mark=mark_of(completion), blocks=blocks.of(completion))
