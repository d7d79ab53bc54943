"""Staff changes by workbook: downloaded, filled in, uploaded, looked through, confirmed."""
from flask import flash, redirect, render_template, request, url_for
from markupsafe import Markup

from lms.kernel import clock
from lms.kernel.db import db
from lms.kernel.grid import LARGEST_FILE
from lms.kernel.i18n import ngettext, of_both
from lms.kernel.pages import cut, paged
from lms.kernel.web import load, made_file, require, viewer
from lms.organisations.models import Unit
from lms.organisations.queries import tree, units_on
from lms.people.change_actions import confirm_changes, upload_changes
from lms.people.changebook import HAPPENINGS
from lms.people.exports import changes_workbook
from lms.people.fault_words import note_word
from lms.people.forms import ChangesForm
from lms.people.import_queries import imports_seen_by
from lms.people.models import CHANGE_LIST
from lms.people.policies import may_answer, may_enter_people, scope_of
from lms.people.queries import people_of_units
from lms.people.views.blueprint import bp
from lms.people.words import CHANGE_WORDS, HAPPENING_WORDS, OUTCOME_WORDS


@bp.route("/people/changes", methods=["GET", "POST"])
def changes():
    """The workbook to fill in, the place to upload it, and those uploaded so far."""
    require(may_enter_people)
    form = ChangesForm()
    if form.validate_on_submit():
        batch = upload_changes(form.file.data.stream, form.file.data.filename, by=viewer())
        return redirect(url_for(".preview", key=batch.id))
    return render_template("people/changes.html", form=form, limit=LARGEST_FILE,
                           units=own_units_today(),
                           page=paged(imports_seen_by(viewer(), CHANGE_LIST)))


def own_units_today():
    """The units of today for which the viewer acts."""
    scope = scope_of(viewer())
    return [unit for unit in units_on(clock.today()) if scope is None or unit.id in scope]


@bp.get("/people/changes.xlsx")
def changes_file():
    """The people of a unit and those below it, of all the viewer's units where none is named."""
    require(may_enter_people)
    key, scope = request.args.get("unit", ""), scope_of(viewer())
    if key.isdecimal():
        scope = tree().below(load(Unit, int(key), may_answer).id)
    people = db.session.scalars(people_of_units(scope)).all()
    return made_file(changes_workbook(people, own_units_today()), f"bien-dong-{clock.today()}.xlsx")


def changes_preview(batch):
    """What each row would do, what is wrong with it, and which past figures it corrects."""
    rows = [row for row in batch.plan["rows"] if row["outcome"] != "unchanged"]
    counts = batch.plan["counts"]
    corrected = [(row, [Markup(of_both(told)) for told in row["corrects"]])  # noqa: S704 - made by our pages
                 for row in rows if row.get("corrects")]
    return render_template(
        "people/changes_preview.html", batch=batch, page=cut(rows), corrected=corrected,
        ready=counts.get("changed", 0), faulty=counts.get("fault", 0),
        untouched=counts.get("unchanged", 0), past=batch.plan["past"], note_word=note_word,
        units={unit.id: unit for unit in units_on(clock.today())}, happenings=HAPPENINGS,
        words=CHANGE_WORDS, happening_words=HAPPENING_WORDS, outcome_words=OUTCOME_WORDS)


def changes_confirmed(batch):
    """Record them all, and show what was recorded."""
    done = confirm_changes(batch, by=viewer())
    flash({"text": ngettext("%(num)s change is recorded.", "%(num)s changes are recorded.", done),
           "undo_url": url_for(".import_undo", key=batch.id)}, "undo")
    return redirect(url_for(".preview", key=batch.id))
