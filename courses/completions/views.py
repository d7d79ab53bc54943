"""Learning: the course, its steps, their files, what was completed, the record."""
from flask import Blueprint, Response, flash, redirect, render_template, request, send_file, url_for

from lms.kernel import clock
from lms.kernel.i18n import _
from lms.kernel.storage import StoredFile
from lms.kernel.web import load, viewer
from lms.people.models import Person
from lms.people.queries import postings_of

from courses.catalogue.models import Activity, Course
from courses.catalogue.policies import may_edit_course, may_see_course
from courses.completions.actions import begin, finish_step, keep_place, revoke, take_back
from courses.completions.after import blocks
from courses.completions.forms import RevocationForm
from courses.completions.models import Completion
from courses.completions.policies import may_learn, may_read_file, may_read_record, may_revoke
from courses.completions.queries import (
    completion_on,
    completions_of,
    place_in,
    progress_of,
    studies_under_way,
)

bp = Blueprint("learning", __name__, template_folder="templates")

#: Shown in the browser itself; everything else is saved to the device.
INLINE = ("image/", "video/", "audio/", "application/pdf")
#: A document opened in a tab can run nothing and reach nothing.
SANDBOX = "sandbox; default-src 'none'; img-src 'self'; media-src 'self'; style-src 'unsafe-inline'"


@bp.get("/courses/<int:key>")
def course(key):
    """A course as its reader meets it: the table of contents, the next step."""
    record = load(Course, key, may_see_course)
    return render_template(
        "learning/course.html", course=record, progress=progress_of(viewer(), record),
        completion=completion_on(viewer(), record, clock.today()),
        may_edit=may_edit_course(viewer(), record))


@bp.post("/courses/<int:key>/studies")
def new_study(key):
    """Begin a course."""
    study = begin(viewer(), load(Course, key, may_see_course), by=viewer())
    progress = progress_of(viewer(), study.course)
    return redirect(url_for(progress.next.endpoint, key=progress.next.id) if progress.next
                    else url_for(".course", key=key))


@bp.get("/steps/<int:key>")
def step(key):
    """One step, with nothing around it but the way back and the way on."""
    activity = load(Activity, key, may_learn)
    progress = progress_of(viewer(), activity.version.course)
    place = next((n for n, s in enumerate(progress.steps)
                  if s.activity.lineage == activity.lineage), 0)
    return render_template(
        "learning/step.html", activity=activity, progress=progress, place=place,
        here=progress.steps[place] if progress.steps else None,
        seconds=place_in(viewer(), activity) if activity.kind == "media" else 0)


@bp.post("/steps/<int:key>/done")
def done(key):
    """A step is done: on to the next, or to the end."""
    activity = load(Activity, key, may_learn)
    finish_step(viewer(), activity, by=viewer())
    if getattr(activity, "acknowledge", False):
        flash({"text": _("Confirmed. The day and hour are in your record."),
               "undo_url": url_for(".second_thought", key=activity.id)}, "undo")
    return redirect(after(activity))


def after(activity):
    """Where the reader goes once ``activity`` is done."""
    progress = progress_of(viewer(), activity.version.course)
    if progress.next:
        return url_for(progress.next.endpoint, key=progress.next.id)
    return url_for(".finished", key=progress.course.id)


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
    keep_place(viewer(), load(Activity, key, may_learn), request.form.get("seconds", 0, type=int))
    return Response(status=204)


@bp.get("/files/<int:key>/<name>")
def file(key, name):
    """The bytes of a file, in parts where asked, so that a cut download goes on."""
    record = load(StoredFile, key, may_read_file)
    inline = record.mime.startswith(INLINE)
    answer = send_file(record.path, mimetype=record.mime, download_name=record.name,
                       as_attachment=not inline or "save" in request.args, conditional=True,
                       etag=record.sha256)
    answer.headers["Content-Security-Policy"] = SANDBOX
    answer.headers["Cache-Control"] = "private, max-age=86400"
    return answer


@bp.get("/courses/<int:key>/completed")
def finished(key):
    """The course is completed: what it earned."""
    record = load(Course, key, may_see_course)
    completion = completion_on(viewer(), record, clock.today())
    if completion is None:
        return redirect(url_for(".course", key=record.id))
    return render_template("learning/finished.html", course=record, completion=completion,
                           blocks=blocks(completion))


@bp.get("/record")
def my_record():
    """Everything the viewer learned."""
    return record_page(viewer())


@bp.get("/record/<int:key>")
def record(key):
    """Everything somebody learned, for those who answer for them."""
    return record_page(load(Person, key, may_read_record))


def record_page(person):
    """The record of ``person`` as a page that prints."""
    return render_template(
        "learning/record.html", person=person, completions=completions_of(person),
        studies=studies_under_way(person), postings=postings_of(person), today=clock.today(),
        may_revoke=any(may_revoke(viewer(), c) for c in completions_of(person)[:1]))


@bp.route("/completions/<int:key>/revocation", methods=["GET", "POST"])
def revocation(key):
    """Take a completion back from a day on, with the reason."""
    completion = load(Completion, key, may_revoke)
    form = RevocationForm(on=clock.today())
    if form.validate_on_submit():
        revoke(completion, form.on.data, form.reason.data, by=viewer())
        flash(_("The completion counts no more from %(day)s.",
                day=form.on.data.strftime("%d/%m/%Y")), "good")
        return redirect(url_for(".record", key=completion.person_id))
    return render_template("learning/revocation.html", completion=completion, form=form)
