"""The steps of a draft: added, changed, put in order, taken out."""
from flask import abort, flash, redirect, render_template, request, url_for

from lms.kernel import storage
from lms.kernel.errors import Refusal
from lms.kernel.i18n import _
from lms.kernel.text import fold
from lms.kernel.web import load, viewer

from courses.catalogue.actions import add_step, change_step, draft, move_step, remove_step
from courses.catalogue.forms import (
    DOCUMENTS,
    PICTURES,
    RECORDINGS,
    DocumentForm,
    LinkForm,
    MediaForm,
    PageForm,
    PictureForm,
)
from courses.catalogue.html import cleaned
from courses.catalogue.models import Activity, Course
from courses.catalogue.pictures import shrunk
from courses.catalogue.policies import may_edit_course
from courses.catalogue.views.blueprint import bp

FORMS = {"page": PageForm, "document": DocumentForm, "media": MediaForm, "link": LinkForm}
ENDINGS = {"document": DOCUMENTS, "media": RECORDINGS}
#: Words of a stamp that no file here may carry.
#: Law on the Protection of State Secrets: such papers never enter this system.
SECRET_WORDS = ("toi mat", "tuyet mat", " mat ")


def may_edit_step(person, step):
    """The authors of the course change the steps of its draft."""
    return may_edit_course(person, step.version.course)


def step_values(kind, form, step=None):
    """The values of a step of ``kind`` as ``form`` gives them."""
    values = {name: value for name, value in form.values().items()
              if name not in ("file", "no_secret")}
    if kind == "page":
        values |= {name: cleaned(values[name] or "") for name in ("body_vi", "body_en")}
    if kind in ENDINGS:
        values |= given_file(form, ENDINGS[kind], step)
    return {name: "" if value is None else value for name, value in values.items()}


def given_file(form, endings, step):
    """The file the form brings; a step that has one keeps it where none is given."""
    upload = form.file.data
    if not upload or not upload.filename:
        if step is None:
            raise Refusal(_("Choose the file of this step; nothing was saved."))
        return {}
    if not form.no_secret.data:
        raise Refusal(_("Tick that the file holds no state secret; such files never enter this "
                        "system. Nothing was saved."))
    name = f" {fold(upload.filename).replace('_', ' ').replace('-', ' ')} "
    if any(word in name for word in SECRET_WORDS):
        raise Refusal(_("The name of the file says that it is secret. Such files never enter this "
                        "system. Nothing was saved."))
    return {"file_id": storage.keep(upload.stream, upload.filename, endings).id}


@bp.route("/<int:key>/steps/new/<kind>", methods=["GET", "POST"])
def new_step(key, kind):
    """Add a step of a kind to the draft of a course."""
    course = load(Course, key, may_edit_course)
    form = FORMS.get(kind, lambda: abort(404))()
    if form.validate_on_submit():
        step = add_step(draft(course, by=viewer()), kind, step_values(kind, form), by=viewer())
        flash(_("“%(title)s” was added.", title=step.title_vi), "good")
        return redirect(url_for(".draft_page", key=course.id))
    return render_template("catalogue/edit_step.html", course=course, form=form, kind=kind,
                           step=None, endings=",".join(ENDINGS.get(kind, ())))


@bp.route("/steps/<int:key>", methods=["GET", "POST"])
def edit_step(key):
    """Change a step of a draft."""
    step = load(Activity, key, may_edit_step)
    form = FORMS.get(step.kind, lambda **_: abort(404))(obj=step)
    if form.validate_on_submit():
        change_step(step, step_values(step.kind, form, step), by=viewer())
        flash(_("“%(title)s” was saved.", title=step.title_vi), "good")
        return redirect(url_for(".draft_page", key=step.version.course_id))
    return render_template("catalogue/edit_step.html", course=step.version.course, form=form,
                           kind=step.kind, step=step,
                           endings=",".join(ENDINGS.get(step.kind, ())))


@bp.post("/steps/<int:key>/position")
def step_position(key):
    """Put a step at another place of the draft."""
    step = load(Activity, key, may_edit_step)
    move_step(step, request.form.get("position", 0, type=int), by=viewer())
    return redirect(url_for(".draft_page", key=step.version.course_id))


@bp.post("/steps/<int:key>/removal")
def step_removal(key):
    """Take a step out of the draft."""
    step = load(Activity, key, may_edit_step)
    course_key, title = step.version.course_id, step.title_vi
    remove_step(step, by=viewer())
    flash(_("“%(title)s” was taken out of the draft.", title=title), "good")
    return redirect(url_for(".draft_page", key=course_key))


@bp.route("/<int:key>/pictures", methods=["GET", "POST"])
def pictures(key):
    """Upload a picture for the pages of a course, and get the line that shows it."""
    course = load(Course, key, may_edit_course)
    form, picture = PictureForm(), None
    if form.validate_on_submit():
        ending = form.file.data.filename.lower().rpartition(".")[2]
        if f".{ending}" not in PICTURES:
            raise Refusal(_("Give a picture as JPG, PNG or WebP."))
        picture = storage.keep(shrunk(form.file.data.stream), f"hinh-{course.key}.webp", (".webp",))
    return render_template("catalogue/pictures.html", course=course, form=form, picture=picture)


