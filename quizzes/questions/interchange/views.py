"""The pages on which questions come in and go out."""
from dataclasses import replace

from flask import flash, redirect, render_template, request, url_for

from lms.kernel.errors import Refusal
from lms.kernel.i18n import _, ngettext
from lms.kernel.web import load, made_file, viewer

from courses.catalogue.models import Course
from courses.catalogue.policies import may_edit_course
from quizzes.blueprint import bp
from quizzes.questions.interchange import sheet_out
from quizzes.questions.interchange.actions import import_questions
from quizzes.questions.interchange.bank import by_kind, fitted
from quizzes.questions.interchange.draft import KIND_WORDS
from quizzes.questions.interchange.formats import FORMATS, WRITTEN, read
from quizzes.questions.interchange.forms import ExportForm, ImportForm
from quizzes.questions.interchange.preview import fingerprint, lines_of, part_of, together
from quizzes.questions.interchange.queries import drafts_of, stems_of
from quizzes.questions.keys import insist_not_sitting


@bp.route("/courses/<int:key>/questions/import", methods=["GET", "POST"])
def questions_in(key):
    """Send a file of questions, or its text; look at what it holds; mend it and look again."""
    course = load(Course, key, may_edit_course)
    form = ImportForm()
    if form.validate_on_submit():
        return preview(course, form.source())
    return render_template("quizzes/questions_in.html", course=course, form=form)


@bp.post("/courses/<int:key>/questions/import/confirmation")
def questions_taken(key):
    """Take what the preview showed: all of it."""
    course = load(Course, key, may_edit_course)
    form = ImportForm()
    if not form.validate():
        raise Refusal(_("The text is too long, or the form was torn. Send the file again."))
    source = form.source()
    if source.text is not None and form.seen.data != fingerprint(source.text):
        # Nobody takes in what they have not looked at.
        return preview(course, source, changed=True)
    found = reading_of(course, source)[1]
    if found.faults:
        return preview(course, source)
    taken = import_questions(course, found, by=viewer())
    flash(ngettext("%(num)s question was taken into the bank.",
                   "%(num)s questions were taken into the bank.", len(taken)), "good")
    return redirect(url_for(".bank", key=course.id))


def reading_of(course, source):
    """The format of the source, and what it holds as far as the bank can take it."""
    key, found = read(source.content, source.key, source.name)
    return key, fitted(found, stems_of(course))


def preview(course, source, changed=False):
    """The page of what a file holds: questions as they will look, and faults to mend."""
    key, found = reading_of(course, source)
    asked = request.form.get("page", "1")
    wanted = int(asked) if asked.isdecimal() and len(asked) < 7 else 1
    cards, page, pages = part_of(found.drafts, wanted)
    return render_template(
        "quizzes/questions_seen.html", course=course, source=replace(source, key=key),
        format=FORMATS.get(key), found=found, cards=cards, page=page, pages=pages,
        changed=changed, counts=by_kind(found.drafts), kind_words=KIND_WORDS,
        lines=lines_of(source.text or "", found.faults), seen=fingerprint(source.text),
        formats=FORMATS.values(), notes=together(found.notes),
        faults_together=together(found.faults))


@bp.get("/courses/<int:key>/questions/export")
def questions_out(key):
    """Choose the kind of file the bank is written in, and see what it cannot hold."""
    course = load(Course, key, may_edit_course)
    insist_not_sitting(course.id, viewer())
    form = ExportForm(request.args)
    # Nobody is told of a fault before anything was chosen.
    chosen = FORMATS[form.key.data] if "key" in request.args and form.validate() else None
    drafts = drafts_of(course)
    return render_template(
        "quizzes/questions_out.html", course=course, form=form, chosen=chosen,
        count=len(drafts), lost=chosen.write(drafts).lost if chosen else ())


@bp.get("/courses/<int:key>/questions/import/template.xlsx")
def questions_template(key):
    """The workbook to fill in, with examples."""
    load(Course, key, may_edit_course)
    return made_file(sheet_out.template(), "mau-cau-hoi.xlsx")


@bp.get("/courses/<int:key>/questions/export/file")
def questions_file(key):
    """The bank as a file."""
    course = load(Course, key, may_edit_course)
    insist_not_sitting(course.id, viewer())
    form = ExportForm(request.args)
    chosen = FORMATS[form.key.data] if form.validate() else WRITTEN[0]
    content = chosen.write(drafts_of(course)).content
    return made_file(content, f"cau-hoi-{course.key}{chosen.endings[0]}")
