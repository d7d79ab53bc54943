"""The steps of a draft: added, changed, put in order, taken out; pictures for their texts."""
from flask import abort, flash, jsonify, redirect, render_template, request, url_for

from lms.kernel.errors import Refusal
from lms.kernel.forms import Form
from lms.kernel.i18n import _
from lms.kernel.web import load, viewer

from courses.catalogue.actions import (
    LARGEST_CAPTIONS,
    add_step,
    change_step,
    draft,
    keep_picture,
    move_step,
    receive_captions,
    receive_file,
    receive_light,
    remove_step,
)
from courses.catalogue.forms import FORMS, FileForm, MediaForm, PictureForm
from courses.catalogue.html import figure
from courses.catalogue.models import Activity, Caption, Course
from courses.catalogue.policies import may_edit_course, may_edit_step
from courses.catalogue.views.blueprint import bp


def lines_of(picture):
    """The lines that show ``picture`` on a page."""
    return figure(url_for("learning.file", key=picture.file_id, name=picture.file.name),
                  picture.alternative, picture.width, picture.height)


def values_of(form, step=None):
    """The values of a step as ``form`` gives them, with the file it brings."""
    values = form.step_values()
    if not isinstance(form, FileForm):
        return values
    if not form.given and step is None:
        raise Refusal(_("Choose the file of this step; nothing was saved."))
    file, former = step.file if step else None, step.light if step else None
    if form.given:
        upload = form.file.data
        file = receive_file(upload.stream, upload.filename, form.endings, form.no_secret.data)
    light = light_of(form, file)
    if light is None and former and not form.without_light.data:
        if form.given:
            flash(_("The lighter version was one of the former file, and is no longer offered."),
                  "warn")
        else:
            light = former
    values |= {"file_id": file.id, "light_id": light.id if light else None}
    return values | ({"captions": captions_of(form, step)} if isinstance(form, MediaForm) else {})


def light_of(form, file):
    """The lighter version of ``file`` that came with the form, or None."""
    if not form.light_given:
        return None
    upload = form.light.data
    return receive_light(upload.stream, upload.filename, form.light_endings, form.no_secret.data,
                         beside=file)


def captions_of(form, step):
    """The captions of the recording: those it has, less those to be taken away, and those that
    came with the form.  Another recording begins without.
    """
    kept = {one.language: one.file_id for one in step.captions} if step else {}
    if form.given and kept:
        kept = {}
        flash(_("The captions were those of the former file, and are no longer offered."), "warn")
    for language in form.without_captions.data:
        kept.pop(language, None)
    if form.captions_given:
        upload = form.caption_file.data
        kept[form.caption_language.data] = receive_captions(
            upload.stream, upload.filename, form.caption_endings, form.no_secret.data).id
    return [Caption(language=language, file_id=file_id)
            for language, file_id in sorted(kept.items())]


def with_picture(form, course, values):
    """The values of a page with the picture that came with the form at the end of its text."""
    stream = form.read()
    if stream is None:
        return None
    lines = lines_of(keep_picture(course, stream, form.alternative.data, by=viewer()))
    return values | {form.into.data: values[form.into.data] + lines}


def saved(form, course, kind, step=None):
    """The step as ``form`` says, added or changed; None where the form needs another look."""
    values = values_of(form, step)
    if kind == "page" and form.add_picture.data:
        values = with_picture(form, course, values)
    if values is None:
        return None
    if step is None:
        return add_step(draft(course, by=viewer()), kind, values, by=viewer())
    return change_step(step, values, by=viewer(), seen=form.fingerprint.data)


def answer(form, course, kind, step=None):
    """Save the step and go on, or show the form (again)."""
    kept = saved(form, course, kind, step) if form.validate_on_submit() else None
    if kept is None:
        return render_template("catalogue/edit_step.html", course=course, form=form, kind=kind,
                               step=step, most_captions=LARGEST_CAPTIONS)
    if kind == "page" and form.add_picture.data:
        flash(_("Saved. The picture stands at the end of the text."), "good")
        return redirect(url_for(".edit_step", key=kept.id))
    flash(_("“%(title)s” was saved.", title=kept.title_vi), "good")
    return redirect(url_for(".draft_page", key=course.id))


@bp.route("/<int:key>/steps/new/<kind>", methods=["GET", "POST"])
def new_step(key, kind):
    """Add a step of a kind to the draft of a course."""
    course = load(Course, key, may_edit_course)
    if kind not in FORMS:
        abort(404)
    return answer(FORMS[kind](), course, kind)


@bp.route("/steps/<int:key>", methods=["GET", "POST"])
def edit_step(key):
    """Change a step of a draft; one of a published version leads to the course's draft."""
    step = load(Activity, key, may_edit_step)
    if step.kind not in FORMS:
        abort(404)
    if step.version.published_at is not None and request.method == "GET":
        return redirect(url_for(".draft_page", key=step.version.course_id))
    return answer(FORMS[step.kind](obj=step), step.version.course, step.kind, step)


@bp.post("/steps/<int:key>/position")
def step_position(key):
    """Put a step at another place of the draft."""
    step = load(Activity, key, may_edit_step)
    move_step(step, request.form.get("position", 0, type=int), by=viewer())
    flash(_("“%(title)s” is now number %(n)s.", title=step.title_vi, n=step.position + 1), "good")
    # The keyboard goes on at the step, which may have to move once more.
    return redirect(url_for(".draft_page", key=step.version.course_id, _anchor=f"step-{step.id}"))


@bp.route("/steps/<int:key>/removal", methods=["GET", "POST"])
def step_removal(key):
    """Take a step out of the draft, said on a page of its own because it cannot be undone."""
    step = load(Activity, key, may_edit_step)
    course, title = step.version.course, step.title_vi
    if Form().validate_on_submit():
        remove_step(step, by=viewer())
        flash(_("“%(title)s” was taken out of the draft.", title=title), "good")
        return redirect(url_for(".draft_page", key=course.id))
    return render_template("catalogue/step_removal.html", step=step, course=course)


@bp.post("/<int:key>/pictures")
def new_picture(key):
    """Keep a picture for the pages of a course; the answer is the lines that show it."""
    course = load(Course, key, may_edit_course)
    form = PictureForm()
    stream = form.read() if form.validate() else None
    if stream is None:
        return jsonify(faults=[fault for errors in form.errors.values() for fault in errors]), 400
    try:
        picture = keep_picture(course, stream, form.alternative.data, by=viewer())
    except Refusal as refusal:
        return jsonify(faults=[refusal.message]), 409
    return jsonify(html=lines_of(picture)), 201
