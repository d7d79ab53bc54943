"""The wizard of reorganisations: choose, say what happens, look at what it touches, do it."""
from flask import Blueprint, flash, redirect, render_template, request, send_file, url_for
from werkzeug.datastructures import MultiDict

from lms.kernel import clock
from lms.kernel.db import db
from lms.kernel.errors import Refusal
from lms.kernel.grid import LARGEST_FILE
from lms.kernel.i18n import _, day, named
from lms.kernel.pages import paged
from lms.kernel.sheets import UnreadableSheet, read_workbook
from lms.kernel.web import key_of, load, made_file, require, viewer
from lms.organisations.models import Unit
from lms.organisations.queries import units_on
from lms.organisations.words import KINDS as UNIT_KINDS

from courses.reorganisation.actions import do_now, reorganise, take_back
from courses.reorganisation.ahead import ids_of, plan_kept
from courses.reorganisation.assigning import assignment_book, labels_of, read_assignments
from courses.reorganisation.details import describe_unit, sisters, stands_after, told_of
from courses.reorganisation.forms import (
    MOST,
    DetailsForm,
    PlanForm,
    UnitForm,
    places_typed,
    plan_of,
    rows_typed,
    scan_of,
    slots,
)
from courses.reorganisation.founding import found_unit
from courses.reorganisation.left_over import left_over
from courses.reorganisation.models import KINDS, MERGE, Reorganisation
from courses.reorganisation.plan import NOWHERE
from courses.reorganisation.policies import may_read_reorganisations, may_reorganise
from courses.reorganisation.preview import previewed
from courses.reorganisation.queries import (
    classes_of,
    courses_of,
    placements_under,
    posts_in,
    reorganisations,
    roles_in,
    units_named,
)
from courses.reorganisation.undoing import may_still_undo, undo
from courses.reorganisation.words import KIND_WORDS

bp = Blueprint("reorganisation", __name__, url_prefix="/reorganisations",
               template_folder="templates")


@bp.context_processor
def words():
    """What the pages call the kinds, and the day it is."""
    return {"kinds": KIND_WORDS, "nowhere": NOWHERE, "today": clock.today()}


@bp.get("")
def all_acts():
    """Every reorganisation, the latest first."""
    require(may_read_reorganisations)
    page = paged(reorganisations())
    ids = {key for one in page.rows for keys in one.units.values() for key in keys}
    return render_template("reorganisation/all.html", page=page, units=units_named(ids),
                           left_over=left_over(page.rows),
                           may=may_reorganise(viewer()))


@bp.get("/new")
def new():
    """Choose what happens and to which unit; then say how."""
    require(may_reorganise)
    kind, sources = asked()
    if kind is None or not sources:
        return render_template("reorganisation/choice.html", kind=kind,
                               units=units_on(clock.today()),
                               chosen=request.args.getlist("unit", type=key_of))
    return form_page(PlanForm(formdata=None, on=clock.today()), kind, sources)


def asked():
    """The kind and the units that the address or the form names."""
    kind = request.values.get("kind")
    found = units_named(request.values.getlist("unit", type=key_of))
    sources = sorted(found.values(), key=lambda unit: (unit.precedence, unit.id))
    return kind if kind in KINDS else None, sources if kind == MERGE else sources[:1]


def form_page(form, kind, sources, typed=None, filled=None):
    """The page on which an act is described, with all that was typed; ``filled`` posts were
    filled in from a workbook."""
    typed = request.form if typed is None else typed
    day = form.on.data or clock.today()
    units = [unit for unit in units_on(day) if unit not in sources]
    form.offer(units)
    return render_template(
        "reorganisation/form.html", form=form, kind=kind, sources=sources, units=units,
        rows=rows_typed(kind, typed), typed=typed, slots=slots(kind, typed), most=MOST,
        filled=filled, posts=posts_in(sources, day), roles=roles_in(sources, day),
        children=placements_under(sources, day), classes=classes_of(sources),
        courses=courses_of(sources))


@bp.post("/new")
def again():
    """Back to the description of an act: looked at, with more places, or with a workbook."""
    require(may_reorganise)
    kind, sources = described()
    form, typed, filled = PlanForm(), request.form, None
    scan_of(form)
    if "fill" in request.form:
        try:
            typed, filled = filled_in(kind, sources, form.on.data or clock.today())
        except Refusal as refusal:
            form.form_errors.extend(refusal.message.split("\n"))
    return form_page(form, kind, sources, typed, filled)


def filled_in(kind, sources, day):
    """What was typed with what the workbook sent says of each post, and of how many posts.

    A workbook with a fault in it fills in nothing.
    """
    file = request.files.get("assignments")
    if file is None or not file.filename:
        raise Refusal(_("Choose a file first."))
    try:
        lines = read_workbook(file.read(LARGEST_FILE + 1), file.filename)[0].rows
    except UnreadableSheet:
        raise Refusal(_("This is not a workbook (.xlsx) or a list (.csv). Use the sheet offered "
                        "here.")) from None
    found = read_assignments(lines, {post.id for post in posts_in(sources, day)},
                             offered(kind, request.form))
    if found.faults:
        raise Refusal("\n".join(found.faults))
    typed = MultiDict(request.form)
    for post, place in found.places.items():
        typed[f"post-{post}"] = "" if place is None else str(place)
    return typed, len(found.places)


def offered(kind, typed):
    """The heirs typed so far as a workbook names them."""
    rows = rows_typed(kind, typed)
    units = units_named([row.unit for row in rows if row.unit])
    return labels_of(rows, {key: named(unit) for key, unit in units.items()})


@bp.post("/sheet")
def sheet():
    """A workbook of the people of the unit, in which to say who goes where."""
    require(may_reorganise)
    kind, sources = described()
    form = PlanForm()
    labels = offered(kind, request.form)
    chosen = places_typed(request.form, "post-", {at: at for at in labels})
    posts = posts_in(sources, form.on.data or clock.today())
    return made_file(assignment_book(posts, labels, chosen), f"chia-tach-{sources[0].key}.xlsx")


def described():
    """The kind and the units of the act that is sent; refused where they are missing."""
    kind, sources = asked()
    if kind is None or not sources:
        raise Refusal(_("Choose what happens, and the unit that is reorganised."),
                      back=url_for(".new"))
    return kind, sources


def planned():
    """The form, and the plan it makes; None where the form has faults."""
    kind, sources = described()
    form = PlanForm()
    if not form.validate():
        return form, None
    units = {unit.id: unit for unit in db.session.query(Unit)}
    return form, plan_of(form, kind, sources, units, request.form)


def refused(form, refusal):
    """The page on which the act is described, with why it cannot be done; nothing is lost."""
    form.form_errors.append(refusal.message)
    return form_page(form, *described())


@bp.post("/preview")
def preview():
    """What the act would touch; nothing is done yet."""
    require(may_reorganise)
    form, plan = planned()
    if plan is None:
        return form_page(form, *described())
    try:
        told = previewed(plan)
    except Refusal as refusal:
        return refused(form, refusal)
    hidden = [(name, value) for name, value in request.form.items(multi=True)
              if name not in ("csrf_token", "kept", "more", "fill")]
    return render_template("reorganisation/preview.html", plan=plan, told=told,
                           hidden=[*hidden, ("kept", form.kept.data or "")])


@bp.post("")
def do():
    """Do it, all or nothing."""
    require(may_reorganise)
    form, plan = planned()
    if plan is None:
        return form_page(form, *described())
    try:
        with db.session.begin_nested():
            done = reorganise(plan, by=viewer())
    except Refusal as refusal:
        return refused(form, refusal)
    return shown(done.id, _(
        "The reorganisation is entered. It can be undone until midnight.") if done.done_at else _(
        "The act is entered and takes effect on %(day)s. Until then nothing changes, and it can be "
        "taken back.", day=day(done.on)))


@bp.get("/<int:key>")
def show(key):
    """What was done by one act."""
    done = load(Reorganisation, key, lambda person, _done: may_read_reorganisations(person))
    ids = ids_of(done) if done.waits else {*done.units["sources"], *done.units["heirs"]}
    return render_template("reorganisation/show.html", done=done, units=units_named(ids),
                           may_undo=may_reorganise(viewer()) and may_still_undo(done),
                           left_over=left_over([done]).get(done.id, ()),
                           may_change=may_reorganise(viewer()))


def shown(key, words):
    """To the page of the act, which says what was done to it."""
    flash(words, "good")
    return redirect(url_for(".show", key=key))


def load_act(key):
    """The act, for whoever may reorganise."""
    return load(Reorganisation, key, lambda person, _act: may_reorganise(person))


@bp.post("/<int:key>/preview")
def preview_waiting(key):
    """What an act that waits would touch by now."""
    act = load_act(key)
    if not act.waits:
        return redirect(url_for(".show", key=key))
    plan = plan_kept(act)
    return render_template("reorganisation/preview.html", plan=plan, act=act,
                           told=previewed(plan, act))


@bp.post("/<int:key>/taking-back")
def taking_back(key):
    """An act that waits for its day is taken back."""
    take_back(load_act(key), by=viewer())
    return shown(key, _("The act is taken back. Nothing of it was done."))


@bp.post("/<int:key>/doing")
def doing(key):
    """Do an act that could not be done on its day."""
    do_now(load_act(key), by=viewer())
    return shown(key, _("The reorganisation is entered. It can be undone until midnight."))


@bp.post("/<int:key>/undoing")
def undoing(key):
    """Take it back on the day it was entered."""
    undo(load_act(key), by=viewer())
    return shown(key, _("The reorganisation is undone; everything is as it was."))


@bp.get("/<int:key>/scan")
def scan(key):
    """The scan of the act."""
    done = load(Reorganisation, key,
                lambda person, one: one.scan and may_read_reorganisations(person))
    return send_file(done.scan.path, mimetype=done.scan.mime, as_attachment=True,
                     download_name=done.scan.name)


@bp.route("/units/new", methods=["GET", "POST"])
def new_unit():
    """Enter a unit that follows no other."""
    require(may_reorganise)
    units = {unit.id: unit for unit in units_on(clock.today())}
    form = UnitForm(parent=request.args.get("under", type=key_of), valid_from=clock.today(),
                    kind="agency" if units else "province")
    form.offer(UNIT_KINDS, units.values())
    if form.validate_on_submit():
        values = form.values()
        unit = found_unit(values, units.get(values.pop("parent", None)), by=viewer())
        flash(_("%(unit)s was entered.", unit=named(unit)), "good")
        return redirect(url_for("organisations.unit", key=unit.id, on=day(unit.valid_from)))
    return render_template("reorganisation/new_unit.html", form=form)


@bp.route("/units/<int:key>/details", methods=["GET", "POST"])
def unit_details(key):
    """The English and the short name of a unit, and where it stands."""
    unit = load(Unit, key, lambda person, one: one.valid_to is None and may_reorganise(person))
    others = {other.id: other for other in sisters(unit)}
    before = stands_after(unit, list(others.values()))
    form = DetailsForm(obj=unit, after=before.id if before else 0, fingerprint=told_of(unit))
    form.offer(others.values())
    if form.validate_on_submit():
        describe_unit(unit, {"name_en": form.name_en.data or "",
                             "short_name": form.short_name.data},
                      others.get(form.after.data), by=viewer(), seen=form.fingerprint.data)
        flash(_("Saved."), "good")
        return redirect(url_for("organisations.unit", key=unit.id))
    return render_template("reorganisation/unit_details.html", form=form, unit=unit)


def link_to_details(unit):
    """On the page of a unit, for officers: the way to its short name and its place."""
    if not may_reorganise(viewer()) or unit.valid_to is not None:
        return None
    return url_for("reorganisation.unit_details", key=unit.id), _("Short name and place")


def link_to_new_unit(unit):
    """On the page of a unit, for officers: the way to enter one below it."""
    if not may_reorganise(viewer()) or unit.valid_to is not None:
        return None
    return url_for("reorganisation.new_unit", under=unit.id), _("Enter a unit below")


def list_link():
    """On the list of units, for officers: the way to enter one."""
    return (url_for("reorganisation.new_unit"), _("Enter a unit")) if (
        may_reorganise(viewer())) else None


def link_to_wizard(unit):
    """On the page of a unit, for officers: the way to reorganise it."""
    if not may_reorganise(viewer()) or unit.valid_to is not None:
        return None
    return url_for("reorganisation.new", unit=unit.id), _("Reorganise %(unit)s", unit=named(unit))
