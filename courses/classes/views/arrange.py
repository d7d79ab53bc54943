"""For organisers: a class opened, changed, called off; its sessions, trainers and seats."""
from flask import abort, flash, redirect, render_template, request, url_for

from lms.kernel import clock
from lms.kernel.errors import Refusal
from lms.kernel.i18n import _, day
from lms.kernel.web import key_of, load, require, viewer
from lms.organisations.models import Unit
from lms.people.models import Person

from courses.classes.actions import (
    add_session,
    add_trainer,
    cancel_class,
    change_class,
    change_session,
    open_class,
    remove_session,
    remove_trainer,
    set_quota,
)
from courses.classes.choices import (
    fill_choices,
    next_slot,
    offer_trainers,
    trainer_offered,
    trainers_offered,
)
from courses.classes.forms import (
    CancellationForm,
    ClassForm,
    QuotaForm,
    ScheduleForm,
    SessionForm,
)
from courses.classes.models import CourseClass, Session
from courses.classes.policies import (
    may_arrange_class,
    may_open_classes,
    may_schedule_class,
    may_schedule_session,
)
from courses.classes.queries import proposed_code, seats_taken
from courses.classes.views.blueprint import bp, frame


@bp.route("/classes/new", methods=["GET", "POST"])
def new_class():
    """Open a class of a course."""
    require(may_open_classes)
    form = fill_choices(ClassForm(code=proposed_code(clock.today())), viewer())
    if form.validate_on_submit():
        course_class = open_class(form.values(), by=viewer())
        flash(_("Class %(code)s is open. Add its sessions.", code=course_class.code), "good")
        return redirect(url_for(".new_session", key=course_class.id))
    return render_template("classes/edit_class.html", form=form, course_class=None)


@bp.route("/classes/<int:key>/edit", methods=["GET", "POST"])
def edit_class(key):
    """Change a class that is not over; its trainers change when and where."""
    course_class = load(CourseClass, key, may_schedule_class)
    kind = ClassForm if may_arrange_class(viewer(), course_class) else ScheduleForm
    form = fill_choices(kind(obj=course_class), viewer(), course_class)
    if form.validate_on_submit():
        change_class(course_class, form.values(), by=viewer(), seen=form.fingerprint.data)
        flash(_("Class %(code)s was saved.", code=course_class.code), "good")
        return redirect(url_for(".show", key=course_class.id))
    return render_template("classes/edit_class.html", form=form, course_class=course_class)


@bp.route("/classes/<int:key>/sessions/new", methods=["GET", "POST"])
def new_session(key):
    """Add a half-day to a class; the next free one is proposed."""
    course_class = load(CourseClass, key, may_schedule_class)
    on, half = next_slot(course_class)
    form = offer_trainers(SessionForm(on=on, half=half), course_class)
    if form.validate_on_submit():
        session = add_session(course_class, form.values(), by=viewer())
        flash(_("The session of %(day)s was added.", day=day(session.on)), "good")
        return redirect(url_for(".new_session" if "more" in request.form else ".show", key=key))
    return render_template("classes/edit_session.html", form=form, session=None,
                           course_class=course_class)


@bp.route("/sessions/<int:key>", methods=["GET", "POST"])
def edit_session(key):
    """Change a half-day of a class."""
    session = load(Session, key, may_schedule_session)
    form = offer_trainers(SessionForm(obj=session), session.course_class)
    if form.validate_on_submit():
        change_session(session, form.values(), by=viewer(), seen=form.fingerprint.data)
        flash(_("The session of %(day)s was saved.", day=day(session.on)), "good")
        return redirect(url_for(".show", key=session.class_id))
    return render_template("classes/edit_session.html", form=form, session=session,
                           course_class=session.course_class)


@bp.post("/sessions/<int:key>/removal")
def session_removal(key):
    """Take a half-day out of a class."""
    session = load(Session, key, may_schedule_session)
    class_key = session.class_id
    remove_session(session, by=viewer())
    flash(_("The session was removed."), "good")
    return redirect(url_for(".show", key=class_key))


@bp.get("/classes/<int:key>/trainers")
def trainers(key):
    """Choose who teaches in the class."""
    course_class = load(CourseClass, key, may_arrange_class)
    search = request.args.get("q", "").strip()
    return render_template("classes/trainers.html", q=search, **frame(course_class),
                           people=trainers_offered(course_class, viewer(), search))


@bp.post("/classes/<int:key>/trainers")
def new_trainer(key):
    """Have somebody teach in the class."""
    course_class = load(CourseClass, key, may_arrange_class)
    chosen = request.form.get("person", type=key_of)
    if chosen is None:
        raise Refusal(_("Nobody was chosen. Find the person, then press the button "
                        "beside the name."))
    person = trainer_offered(viewer(), chosen) or abort(404)
    add_trainer(course_class, person, by=viewer())
    flash(_("%(name)s teaches this class.", name=person.full_name), "good")
    return redirect(url_for(".show", key=key))


@bp.post("/classes/<int:key>/trainers/<int:person_key>/removal")
def trainer_removal(key, person_key):
    """Have somebody teach in the class no more."""
    course_class = load(CourseClass, key, may_arrange_class)
    teaching = {trainer.person_id for trainer in course_class.trainers}
    person = load(Person, person_key, lambda _viewer, someone: someone.id in teaching)
    remove_trainer(course_class, person, by=viewer())
    flash(_("%(name)s no longer teaches this class.", name=person.full_name), "good")
    return redirect(url_for(".show", key=key))


@bp.route("/classes/<int:key>/quotas", methods=["GET", "POST"])
def quotas(key):
    """Set how many seats a unit may fill."""
    course_class = load(CourseClass, key, may_arrange_class)
    form = fill_choices(QuotaForm(), viewer())
    if form.validate_on_submit():
        unit = load(Unit, form.unit_id.data, lambda *_: True)
        set_quota(course_class, unit, form.seats.data, by=viewer())
        flash(_("The seats of the unit are saved."), "good")
        return redirect(url_for(".people", key=key))
    return render_template("classes/quota.html", form=form, course_class=course_class)


@bp.route("/classes/<int:key>/cancellation", methods=["GET", "POST"])
def cancellation(key):
    """Call a class off."""
    course_class = load(CourseClass, key, may_arrange_class)
    form = CancellationForm()
    if form.validate_on_submit():
        cancel_class(course_class, form.reason.data, by=viewer())
        flash(_("Class %(code)s is cancelled.", code=course_class.code), "warn")
        return redirect(url_for(".show", key=course_class.id))
    return render_template("classes/cancellation.html", course_class=course_class, form=form,
                           taken=seats_taken(course_class))
