"""A clerk's list: uploaded, previewed, corrected, confirmed, undone."""
from flask import flash, redirect, render_template, request, url_for

from lms.kernel import clock, jobs
from lms.kernel.grid import LARGEST_FILE
from lms.kernel.i18n import _, number
from lms.kernel.pages import cut, paged
from lms.kernel.waiting import told
from lms.kernel.web import load, made_file, require, viewer
from lms.organisations.queries import units_on
from lms.people.change_actions import correct_changes
from lms.people.changebook import FIELDS as CHANGE_FIELDS
from lms.people.exports import answered_changes, answered_workbook, gender_word
from lms.people.fault_words import fault_word
from lms.people.forms import UploadForm
from lms.people.import_actions import (
    PREVIEW,
    confirm,
    correct_cells,
    correct_mapping,
    progress_key,
    read_sheet,
    tell_units,
    undo,
    upload,
)
from lms.people.import_queries import imports_seen_by
from lms.people.import_reading import why_not_read
from lms.people.lists.headers import FIELDS
from lms.people.models import CHANGE_LIST, Import
from lms.people.policies import may_enter_people, may_see_import, scope_of
from lms.people.views.blueprint import bp
from lms.people.views.changes import changes_confirmed, changes_preview
from lms.people.words import FIELD_WORDS, OUTCOME_WORDS, outcome_word

TO_LOOK_AT = "look"
ALWAYS_SHOWN, SHOWN = ("full_name", "birth", "unit"), (
    "full_name", "birth", "phone", "title", "unit", "group")
SHOWN_WHERE_WRONG = ("email", "gender", "staff_code")


@bp.route("/imports", methods=["GET", "POST"])
def imports():
    """The lists so far, and the place to upload another."""
    require(may_enter_people)
    form = UploadForm(effective_on=clock.today())
    if form.validate_on_submit():
        batch = upload(form.file.data.stream, form.file.data.filename, form.effective_on.data,
                       by=viewer())
        return redirect(url_for(".preview", key=batch.id))
    return render_template("people/imports.html", form=form, limit=LARGEST_FILE,
                           page=paged(imports_seen_by(viewer())))


def wanted(rows, show):
    """The rows of the preview that ``show`` asks for."""
    if show == TO_LOOK_AT:
        return [row for row in rows if row["faults"] or row["warnings"]]
    return [row for row in rows if row["outcome"] == show] if show else rows


def columns_of(plan, page):
    """The fields that the preview shows of the rows on ``page``: those of any list, those that
    this one has, and those in which something is wrong.
    """
    noted = {note["field"] for row in page.rows for note in (*row["faults"], *row["warnings"])}
    return [name for name in (*SHOWN, *SHOWN_WHERE_WRONG)
            if name in ALWAYS_SHOWN or name in noted
            or (name in SHOWN and name in plan["mapping"].values())]


@bp.get("/imports/<int:key>")
def preview(key):
    """What would happen to each row; nothing is written yet."""
    batch = load(Import, key, may_see_import)
    if batch.erased:
        return render_template("people/erased_list.html", batch=batch)
    if batch.kind == CHANGE_LIST:
        return changes_preview(batch)
    if batch.plan is None:
        failed = jobs.has_failed(PREVIEW, key=batch.id)
        return render_template("people/reading.html", batch=batch, failed=failed,
                               why=why_not_read(batch) if failed else "")
    rows = batch.plan["rows"]
    troubled = wanted(rows, TO_LOOK_AT)
    show = request.args.get("show", TO_LOOK_AT if troubled and not batch.confirmed_at else "")
    page = cut(wanted(rows, show))
    return render_template(
        "people/preview.html", batch=batch, plan=batch.plan, page=page,
        columns=columns_of(batch.plan, page),
        units={unit.id: unit for unit in units_on(batch.effective_on)},
        offered=units_offered(batch), show=show, troubled=len(troubled), fault_word=fault_word,
        gender_word=gender_word,
        fields=FIELDS,
        field_words=FIELD_WORDS, outcome_words=OUTCOME_WORDS, outcome_word=outcome_word,
        ready=sum(batch.plan["counts"].get(word, 0) for word in ("new", "moved", "changed")))


@bp.get("/imports/<int:key>/progress")
def progress(key):
    """How far the reading of a large list has come."""
    batch = load(Import, key, may_see_import)
    finished = batch.plan is not None or jobs.has_failed(PREVIEW, key=batch.id)
    return told(progress_key(batch), finished, url_for(".preview", key=batch.id), _rows_read)


def _rows_read(done, total):
    return _("%(done)s of %(total)s rows read", done=number(done), total=number(total))


def may_see_people_list(person, batch):
    """Whoever may see the list, where it is one of people: only its columns can be told anew."""
    return may_see_import(person, batch) and batch.kind != CHANGE_LIST


@bp.post("/imports/<int:key>/sheets/<int:place>")
def other_sheet(key, place):
    """Read another list of the workbook, as an import of its own."""
    batch = load(Import, key, may_see_people_list)
    other = read_sheet(batch, place, by=viewer())
    return redirect(url_for(".preview", key=other.id))


@bp.post("/imports/<int:key>/mapping")
def mapping(key):
    """Say which column holds what."""
    batch = load(Import, key, may_see_people_list)
    given = {int(name[1:]): field for name, field in request.form.items()
             if name[:1] == "c" and name[1:].isdecimal() and field in FIELDS}
    correct_mapping(batch, given, by=viewer())
    return redirect(url_for(".preview", key=batch.id))


@bp.post("/imports/<int:key>/units")
def list_units(key):
    """Say which units the names in the list mean."""
    batch = load(Import, key, may_see_people_list)
    offered = {str(unit.id): unit.key for unit in units_offered(batch)}
    tell_units(batch, {name: offered[unit] for name, unit in zip(
        request.form.getlist("name"), request.form.getlist("unit"), strict=False)
        if unit in offered}, by=viewer())
    return redirect(url_for(".preview", key=batch.id))


def units_offered(batch):
    """The units of the day of the list that its clerk answers for, in the order of precedence."""
    scope = scope_of(batch.by)
    return [unit for unit in units_on(batch.effective_on) if scope is None or unit.id in scope]


@bp.post("/imports/<int:key>/cells")
def cells(key):
    """Correct cells of the preview."""
    batch, given = load(Import, key, may_see_import), {}
    fields, correct = ((CHANGE_FIELDS, correct_changes) if batch.kind == CHANGE_LIST
                       else (FIELDS, correct_cells))
    for name, text in request.form.items():
        line, dot, field = name.partition(".")
        if dot and line.isdecimal() and field in fields:
            given.setdefault(int(line), {})[field] = text.strip()
    correct(batch, given, by=viewer())
    return redirect(url_for(".preview", key=batch.id))


@bp.post("/imports/<int:key>/confirmation")
def confirmation(key):
    """Write what the preview showed."""
    batch = load(Import, key, may_see_import)
    if batch.kind == CHANGE_LIST:
        return changes_confirmed(batch)
    done = confirm(batch, by=viewer())
    flash({"text": _("Imported: %(new)s new, %(moved)s moved, %(changed)s changed.",
                     new=done["new"], moved=done["moved"], changed=done["changed"]),
           "undo_url": url_for(".import_undo", key=batch.id)}, "undo")
    return redirect(url_for(".preview", key=batch.id, show=""))


@bp.post("/imports/<int:key>/undo")
def import_undo(key):
    """Take an import back."""
    batch = load(Import, key, may_see_import)
    undo(batch, by=viewer())
    flash(_("The import is undone; figures are as before it."), "good")
    return redirect(url_for(".changes" if batch.kind == CHANGE_LIST else ".imports"))


@bp.get("/imports/<int:key>/answer.xlsx")
def answer_file(key):
    """The list with a column that says what happened to each row."""
    batch = load(Import, key, may_see_import)
    answered = answered_changes if batch.kind == CHANGE_LIST else answered_workbook
    return made_file(answered(batch), "ket-qua-nhap.xlsx")
