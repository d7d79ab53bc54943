"""Classes: the list, one class, its people, sessions, marks, and its end."""
from flask import Blueprint, Response, flash, redirect, render_template, request, url_for

from lms.kernel import clock
from lms.kernel.errors import Refusal
from lms.kernel.i18n import _
from lms.kernel.pages import paged
from lms.kernel.web import load, require, viewer
from lms.organisations.models import Unit
from lms.people.models import Person
from lms.people.queries import person_by_key

from courses.classes.actions import (
    add_session,
    add_trainer,
    all_present,
    bring_back,
    cancel_class,
    change_class,
    close_class,
    enter_marks,
    mark_attendance,
    open_class,
    remove_session,
    remove_trainer,
    set_quota,
    withdraw,
)
from courses.classes.calendar import calendar
from courses.classes.choices import fill_choices, proposed_code
from courses.classes.exports import class_workbook
from courses.classes.forms import (
    CancellationForm,
    ClassForm,
    QuotaForm,
    SessionForm,
    TrainerForm,
    read_mark,
)
from courses.classes.links import links
from courses.classes.models import CourseClass, Enrolment, Session
from courses.classes.policies import (
    may_follow_classes,
    may_open_classes,
    may_run_class,
    may_see_class,
    may_see_roster,
    may_see_session,
)
from courses.classes.queries import (
    attendance_of,
    classes_of,
    classes_seen_by,
    enrolments_in,
    outlooks,
    quotas_of,
    roster,
    seats_taken,
    sessions_on,
    taught_by,
)

bp = Blueprint("classes", __name__, template_folder="templates")
EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def may_withdraw(person, enrolment):
    """Who runs the class, or who sent the person, takes them out again."""
    return may_run_class(person, enrolment.course_class) or (
        enrolment.nominated_by_id == person.id)


@bp.get("/classes")
def classes():
    """The classes, the latest first."""
    require(may_follow_classes)
    search = request.args.get("q", "")
    return render_template("classes/classes.html", q=search, today=clock.today(),
                           page=paged(classes_seen_by(viewer(), search)),
                           may_open=may_open_classes(viewer()))


@bp.get("/today")
def today():
    """A trainer's day: the sessions of today, the classes, what waits."""
    require(may_open_classes)
    return render_template("classes/today.html", sessions=sessions_on(viewer(), clock.today()),
                           classes=taught_by(viewer()), today=clock.today())


@bp.get("/my-classes")
def mine():
    """The classes the viewer takes part in."""
    return render_template("classes/mine.html", enrolments=classes_of(viewer()),
                           today=clock.today())


@bp.route("/classes/new", methods=["GET", "POST"])
def new_class():
    """Open a class of a course."""
    require(may_open_classes)
    form = ClassForm(code=proposed_code(clock.today()))
    fill_choices(form, viewer())
    if form.validate_on_submit():
        course_class = open_class(form.values(), by=viewer())
        flash(_("Class %(code)s is open. Add its sessions.", code=course_class.code), "good")
        return redirect(url_for(".show", key=course_class.id))
    return render_template("classes/edit_class.html", form=form, course_class=None)


@bp.route("/classes/<int:key>/edit", methods=["GET", "POST"])
def edit_class(key):
    """Change a class that is not closed."""
    course_class = load(CourseClass, key, may_run_class)
    form = ClassForm(obj=course_class)
    fill_choices(form, viewer(), course_class)
    if form.validate_on_submit():
        change_class(course_class, form.values(), by=viewer())
        flash(_("Class %(code)s was saved.", code=course_class.code), "good")
        return redirect(url_for(".show", key=course_class.id))
    return render_template("classes/edit_class.html", form=form, course_class=course_class)


@bp.get("/classes/<int:key>")
def show(key):
    """A class: when and where, and as far as the viewer may, who."""
    course_class = load(CourseClass, key, may_see_class)
    running = may_run_class(viewer(), course_class)
    people, others = (roster(course_class, viewer())
                      if may_see_roster(viewer(), course_class) else ([], 0))
    return render_template(
        "classes/show.html", course_class=course_class, people=people, others=others,
        running=running, may_see_roster=may_see_roster(viewer(), course_class),
        taken=seats_taken(course_class), links=links(course_class, viewer()),
        outlooks=outlooks(course_class, people), today=clock.today(),
        session_form=SessionForm(), trainer_form=TrainerForm(), quotas=quotas_of(course_class),
        quota_form=fill_choices(QuotaForm(), viewer()) if running else None)


@bp.post("/classes/<int:key>/sessions")
def new_session(key):
    """Add a half-day to a class."""
    course_class = load(CourseClass, key, may_run_class)
    form = SessionForm()
    if not form.validate():
        raise Refusal(_("The session needs a day, a half-day and its periods. Nothing was saved."))
    add_session(course_class, form.values(), by=viewer())
    return redirect(url_for(".show", key=key, _anchor="sessions"))


@bp.post("/sessions/<int:key>/removal")
def session_removal(key):
    """Take a half-day out of a class."""
    session = load(Session, key, may_see_session)
    class_key = session.class_id
    remove_session(session, by=viewer())
    return redirect(url_for(".show", key=class_key, _anchor="sessions"))


@bp.post("/classes/<int:key>/trainers")
def new_trainer(key):
    """Have somebody teach in the class."""
    course_class = load(CourseClass, key, may_run_class)
    person = person_by_key(TrainerForm().staff_code.data or "")
    if person is None:
        raise Refusal(_("Nobody has this staff code. Look it up in the list of people."))
    add_trainer(course_class, person, by=viewer())
    return redirect(url_for(".show", key=key, _anchor="trainers"))


@bp.post("/classes/<int:key>/trainers/<int:person_key>/removal")
def trainer_removal(key, person_key):
    """Have somebody teach in the class no more."""
    course_class = load(CourseClass, key, may_run_class)
    remove_trainer(course_class, load(Person, person_key, lambda *_: True), by=viewer())
    return redirect(url_for(".show", key=key, _anchor="trainers"))


@bp.post("/classes/<int:key>/quotas")
def new_quota(key):
    """Set seats aside for a unit."""
    course_class = load(CourseClass, key, may_run_class)
    form = fill_choices(QuotaForm(), viewer())
    if not form.validate():
        raise Refusal(_("A quota needs a unit and a number of seats. Nothing was saved."))
    unit = load(Unit, form.unit_id.data, lambda *_: True)
    set_quota(course_class, unit, form.seats.data, by=viewer())
    return redirect(url_for(".show", key=key, _anchor="quotas"))


@bp.post("/enrolments/<int:key>/withdrawal")
def withdrawal(key):
    """Take somebody out of a class; undone by one click."""
    enrolment = load(Enrolment, key, may_withdraw)
    withdraw(enrolment, by=viewer())
    flash({"text": _("%(name)s is out of the class.", name=enrolment.person.full_name),
           "undo_url": url_for(".return_", key=enrolment.id)}, "undo")
    return redirect(url_for(".show", key=enrolment.class_id))


@bp.post("/enrolments/<int:key>/return")
def return_(key):
    """Undo a withdrawal."""
    enrolment = bring_back(load(Enrolment, key, may_withdraw), by=viewer())
    return redirect(url_for(".show", key=enrolment.class_id))


@bp.route("/sessions/<int:key>/attendance", methods=["GET", "POST"])
def attendance(key):
    """Mark who was there, on a phone or at a desk."""
    session = load(Session, key, may_see_session)
    if request.method == "POST":
        if "all" in request.form:
            all_present(session, by=viewer())
        else:
            marks = {int(name[1:]): mark for name, mark in request.form.items()
                     if name[:1] == "e" and name[1:].isdigit() and mark}
            mark_attendance(session, marks, by=viewer(), reason=request.form.get("reason", ""))
            flash(_("Attendance is saved for %(count)s people.", count=len(marks)), "good")
        return redirect(url_for(".attendance", key=session.id))
    return render_template("classes/attendance.html", session=session, today=clock.today(),
                           people=enrolments_in(session.course_class),
                           marks=attendance_of(session.course_class))


@bp.get("/sessions/<int:key>/sheet")
def sheet(key):
    """The sheet to sign, as a page that prints on A4."""
    session = load(Session, key, may_see_session)
    return render_template("classes/sheet.html", session=session,
                           people=enrolments_in(session.course_class))


@bp.route("/classes/<int:key>/marks", methods=["GET", "POST"])
def marks(key):
    """Enter the marks of a class."""
    course_class = load(CourseClass, key, may_run_class)
    people, faults = enrolments_in(course_class), {}
    if request.method == "POST":
        given = {}
        for enrolment in people:
            try:
                given[enrolment.id] = read_mark(request.form.get(f"m{enrolment.id}", ""))
            except ValueError as fault:
                faults[enrolment.id] = str(fault)
        if not faults:
            enter_marks(course_class, given, by=viewer())
            flash(_("The marks are saved."), "good")
            return redirect(url_for(".closing", key=course_class.id))
    return render_template("classes/marks.html", course_class=course_class, people=people,
                           faults=faults, typed=request.form)


@bp.route("/classes/<int:key>/closing", methods=["GET", "POST"])
def closing(key):
    """Each person's result before it is recorded; then close the class."""
    course_class = load(CourseClass, key, may_run_class)
    if request.method == "POST":
        close_class(course_class, by=viewer())
        flash(_("The class is closed and its results are recorded."), "good")
        return redirect(url_for(".show", key=course_class.id))
    people = enrolments_in(course_class)
    return render_template("classes/closing.html", course_class=course_class, people=people,
                           outlooks=outlooks(course_class, people))


@bp.route("/classes/<int:key>/cancellation", methods=["GET", "POST"])
def cancellation(key):
    """Call a class off."""
    course_class = load(CourseClass, key, may_run_class)
    form = CancellationForm()
    if form.validate_on_submit():
        cancel_class(course_class, form.reason.data, by=viewer())
        flash(_("Class %(code)s is cancelled.", code=course_class.code), "warn")
        return redirect(url_for(".show", key=course_class.id))
    return render_template("classes/cancellation.html", course_class=course_class, form=form,
                           taken=seats_taken(course_class))


@bp.get("/classes/<int:key>/people.xlsx")
def people_file(key):
    """The people of a class as a workbook, as far as the viewer may see them."""
    course_class = load(CourseClass, key, may_see_class)
    require(may_see_roster, course_class)
    people, _others = roster(course_class, viewer())
    content = class_workbook(course_class, people, outlooks(course_class, people))
    return Response(content, mimetype=EXCEL, headers={
        "Content-Disposition": f'attachment; filename="{course_class.code}.xlsx"'})


@bp.get("/classes/<int:key>/calendar.ics")
def calendar_file(key):
    """The sessions of a class for a calendar."""
    course_class = load(CourseClass, key, may_see_class)
    return Response(calendar(course_class, course_class.sessions, clock.now()),
                    mimetype="text/calendar", headers={
        "Content-Disposition": f'attachment; filename="{course_class.code}.ics"'})
