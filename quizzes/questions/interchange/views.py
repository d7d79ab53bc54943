"""The pages on which questions come in and go out."""
from dataclasses import replace

from flask import flash, redirect, render_template, request, url_for

from lms.kernel.db import db
from lms.kernel.errors import Refusal
from lms.kernel.i18n import _, ngettext, number
from lms.kernel.jobs import FAULT, Job
from lms.kernel.storage import StoredFile
from lms.kernel.transaction import looking, transaction
from lms.kernel.waiting import told
from lms.kernel.web import by_itself, load, made_file, page_argument, turn_away, viewer

from courses.catalogue.models import Course
from courses.catalogue.policies import may_edit_course
from quizzes.blueprint import bp
from quizzes.questions.interchange import sheet_out
from quizzes.questions.interchange.actions import enter_prepared, prepared
from quizzes.questions.interchange.bank import by_kind
from quizzes.questions.interchange.draft import KIND_WORDS
from quizzes.questions.interchange.formats import FORMATS, WRITTEN
from quizzes.questions.interchange.forms import ExportForm, ImportForm, Source
from quizzes.questions.interchange.large import (
    KEPT,
    TAKEN,
    ask_to_read,
    ask_to_take,
    course_of,
    drafts_in,
    faults_in,
    is_large,
    may_see_reading,
    progress_key,
    taking_of,
)
from quizzes.questions.interchange.preview import (
    cut_to,
    fingerprint,
    lines_of,
    part_of,
    seen,
    together,
)
from quizzes.questions.interchange.queries import drafts_of, reading_for
from quizzes.questions.keys import insist_not_sitting


@bp.get("/courses/<int:key>/questions/import")
def questions_in(key):
    """Send a file of questions, or its text."""
    return to_send(load(Course, key, may_edit_course), ImportForm())


def to_send(course, form):
    """The page on which a file of questions, or its text, is sent."""
    return render_template("quizzes/questions_in.html", course=course, form=form)


@bp.post("/courses/<int:key>/questions/import")
@by_itself
def questions_sent(key):
    """Look at what a file of questions holds; mend it and look again.

    By itself, since whoever writes meanwhile shall not wait while it is read.
    """
    form = ImportForm()
    source = source_sent(key, form)
    if source is not None and is_large(source):
        with transaction():
            reading = ask_to_read(load(Course, key, may_edit_course), source, by=viewer())
            return redirect(url_for(".questions_read", key=reading.id))
    with looking():
        course = load(Course, key, may_edit_course)
        return to_send(course, form) if source is None else preview(course, source)


def source_sent(key, form):
    """What the ``form`` gives for the bank of the course ``key``, kept where it is a file; None
    where the form is not as it should be.
    """
    if viewer() is None:
        turn_away()
    with looking():
        load(Course, key, may_edit_course)
        valid = form.validate()
    with transaction():
        return form.source() if valid else None


@bp.post("/courses/<int:key>/questions/import/confirmation")
@by_itself
def questions_taken(key):
    """Take what the preview showed: all of it.

    By itself, since whoever writes meanwhile shall not wait while it is read once more.
    """
    form = ImportForm()
    source = source_sent(key, form)
    if source is None:
        raise Refusal(_("The text is too long, or the form was torn. Send the file again."))
    with looking():
        course = load(Course, key, may_edit_course)
        if source.text is not None and form.seen.data != fingerprint(source.text):
            # Nobody takes in what they have not looked at.
            return preview(course, source, changed=True)
        found = reading_of(course, source)[1]
        if found.faults:
            return preview(course, source)
        made = prepared(found)
    with transaction():
        taken = enter_prepared(load(Course, key, may_edit_course), made, by=viewer())
    flash(ngettext("%(num)s question was taken into the bank.",
                   "%(num)s questions were taken into the bank.", len(taken)), "good")
    return redirect(url_for(".bank", key=key))


def reading_of(course, source):
    """The format of the source, and what it holds as far as the bank can take it."""
    return reading_for(course, source.content, source.key, source.name)


def preview(course, source, changed=False):
    """The page of what a file holds: questions as they will look, and faults to mend."""
    key, found = reading_of(course, source)
    asked = request.form.get("page", "1")
    wanted = int(asked) if asked.isdecimal() and len(asked) < 7 else 1
    cards, page, pages = part_of(found.drafts, wanted)
    return render_template(
        "quizzes/questions_seen.html", course=course, source=replace(source, key=key),
        format=FORMATS.get(key), count=len(found.drafts), faults=found.faults, cards=cards,
        page=page, pages=pages, taken=url_for(".questions_taken", key=course.id), job=None,
        changed=changed, counts=by_kind(found.drafts), kind_words=KIND_WORDS,
        lines=lines_of(source.text or "", found.faults), seen=fingerprint(source.text),
        formats=FORMATS.values(), notes=together(found.notes),
        faults_together=together(found.faults))


@bp.get("/questions/read/<int:key>")
def questions_read(key):
    """What a large file holds, or how far the reading or the taking in has come."""
    job = load(Job, key, may_see_reading)
    course, taking = course_of(job), taking_of(job)
    file = db.session.get(StoredFile, job.arguments["file"])
    if job.waits or job.fault or taking is not None:
        return render_template("quizzes/questions_under_way.html", course=course, job=job,
                               taking=taking, file=file, broken=FAULT,
                               taken=job.arguments.get(TAKEN))
    if job.result is None:
        flash(why_gone(job), "warn")
        return redirect(url_for(".questions_in", key=course.id))
    found = job.result
    kept, page, pages = cut_to(found["drafts"], page_argument())
    faults = faults_in(found["faults"])
    return render_template(
        "quizzes/questions_seen.html", course=course, job=job, format=FORMATS.get(found["key"]),
        source=Source(b"", found["key"], file.name), count=found["total"], faults=faults,
        cards=[seen(draft) for draft in drafts_in(kept)], page=page, pages=pages, changed=False,
        taken=url_for(".questions_read_taken", key=job.id), counts=found["counts"],
        kind_words=KIND_WORDS, lines=(), seen="", formats=(),
        notes=together(faults_in(found["notes"])), faults_together=together(faults))


def why_gone(job):
    """Why nothing is kept any more of what the reading ``job`` found, and what to do."""
    if job.has_let_go:
        return _("What was read of this file waited %(num)s days for you and is not kept any "
                 "longer, because there are answers in it. Nothing of it was taken into the "
                 "bank. Send the file again.", num=KEPT.days)
    return _("You have sent another file meanwhile. Send this one again to see it.")


@bp.get("/questions/read/<int:key>/progress")
def questions_read_progress(key):
    """How far the reading or the taking in of a large file has come."""
    job = load(Job, key, may_see_reading)
    at_work = taking_of(job) or job
    return told(progress_key(job), not at_work.waits, url_for(".questions_read", key=job.id),
                lambda done, total: _("%(done)s of %(total)s questions",
                                      done=number(done), total=number(total)))


@bp.post("/questions/read/<int:key>/confirmation")
def questions_read_taken(key):
    """Take in what the preview of a large file showed: all of it."""
    job = load(Job, key, may_see_reading)
    if taking_of(job) is None and (
            job.waits or job.result is None or job.result["faults"]):
        raise Refusal(_("This file cannot be taken in as it is. Look at it once more."))
    ask_to_take(job, by=viewer())
    return redirect(url_for(".questions_read", key=job.id))


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
