"""For trainers: the day, attendance, marks, results, the end of a class."""
import re
from datetime import timedelta

from flask import flash, redirect, render_template, request, url_for

from lms.kernel import clock
from lms.kernel.errors import Refusal
from lms.kernel.i18n import _, day, ngettext
from lms.kernel.pages import Part, cut
from lms.kernel.web import load, page_argument, require, viewer

from courses.classes.actions import all_present, close_class, enter_marks, mark_what_stands
from courses.classes.forms import changed_marks
from courses.classes.links import waits
from courses.classes.models import TO_CLOSE, CourseClass, Session
from courses.classes.pasting import Somebody, attendance_word, read_block
from courses.classes.pasting_sessions import read_sessions
from courses.classes.policies import (
    may_have_today,
    may_mark_now,
    may_mark_session,
    may_read_results,
    may_run_class,
)
from courses.classes.queries import (
    attendance_of,
    attendance_rows,
    enrolments_in,
    results,
    sessions_on,
    taught_by,
    there_by_session,
    waiting_for,
)
from courses.classes.rule import read_mark
from courses.classes.views.blueprint import bp, frame

#: The field with the mark that the page showed of an enrolment.
SHOWN_MARK = re.compile(r"w\d{1,9}")


@bp.get("/today")
def today():
    """A trainer's day: the sessions of today, the classes, what waits."""
    require(may_have_today)
    now, taught = clock.today(), taught_by(viewer())
    return render_template(
        "classes/today.html", sessions=sessions_on(viewer(), now), classes=taught,
        waiting=waiting_for(viewer(), now - timedelta(days=1)),
        to_close=[one for one in taught if one.state(now) == TO_CLOSE],
        waits=waits.of(viewer()))


@bp.route("/sessions/<int:key>/attendance", methods=["GET", "POST"])
def attendance(key):
    """Mark who was there, on a phone."""
    session = load(Session, key, may_mark_session)
    if request.method == "POST":
        clashes = save_attendance(session)
        if clashes:
            return attendance_page(session, clashes=clashes), 409
        return redirect(url_for(".attendance", key=session.id))
    return attendance_page(session)


def save_attendance(session):
    """Save what the page of one session sent, and say for how many; gives the clashes."""
    reason = request.form.get("reason", "")
    if "all" in request.form:
        say_saved(all_present(session, by=viewer(), reason=reason))
        return []
    changed = changed_marks(request.form)
    return save_choices(session.course_class, {
        key: choices for key, choices in changed.items() if key == session.id}, reason)


def save_choices(course_class, changed, reason):
    """Save what was chosen in the sessions of a class, and say for how many; gives the clashes."""
    count, clashes = mark_what_stands(course_class, changed, viewer(), reason)
    if count or not clashes:
        say_saved(count)
    return clashes


def say_saved(count):
    """Say how many marks of attendance were changed."""
    flash(ngettext("Attendance is saved: %(num)s change.", "Attendance is saved: %(num)s changes.",
                   count) if count else _("Nothing was changed, so nothing was saved."), "good")


def attendance_page(session, pasted=None, clashes=()):
    """The page of one session, with what a pasted block says already chosen."""
    people = enrolments_in(session.course_class)
    inside = {one.id for one in people}
    marks = {key: row.mark for key, row in attendance_rows(session).items() if key in inside}
    return render_template(
        "classes/attendance.html", session=session, people=people, marks=marks, pasted=pasted,
        clashes=clashes, may_mark=may_mark_now(viewer(), session),
        late=session.late_on(clock.today()))


@bp.post("/sessions/<int:key>/attendance/pasted")
def pasted_attendance(key):
    """Choose what a block from a spreadsheet says; nothing is saved yet."""
    session = load(Session, key, may_mark_session)
    return attendance_page(session, read_block(
        request.form.get("block", ""), somebodies(session.course_class), attendance_word))


def somebodies(course_class):
    """The people of the class as a pasted block may name them."""
    return [Somebody(one.id, one.person.full_name, one.person.birth, one.person.key)
            for one in enrolments_in(course_class)]


@bp.route("/classes/<int:key>/attendance", methods=["GET", "POST"])
def grid(key):
    """Attendance of all sessions at a desk: people by sessions, one choice a cell."""
    course_class = load(CourseClass, key, may_read_results)
    if request.method == "POST":
        require(may_run_class, course_class)
        clashes = save_choices(course_class, changed_marks(request.form),
                               request.form.get("reason", ""))
        if clashes:
            return grid_page(course_class, clashes), 409
        return redirect(url_for(".grid", key=course_class.id, page=page_argument()))
    return grid_page(course_class)


@bp.post("/classes/<int:key>/attendance/pasted")
def pasted_grid(key):
    """Choose what a block with a column for each session says; nothing is saved yet."""
    course_class = load(CourseClass, key, may_run_class)
    pasted = read_sessions(request.form.get("block", ""), somebodies(course_class),
                           course_class.sessions)
    open_now = {one.id for one in course_class.sessions if may_mark_now(viewer(), one)}
    shut = {key for key, _enrolment in pasted.values} - open_now
    if shut:
        flash(_("Left out, because they can not be marked here now: %(sessions)s.",
                sessions=", ".join(day(one.on) for one in course_class.sessions
                                   if one.id in shut)), "warn")
    pasted.values = {at: mark for at, mark in pasted.values.items() if at[0] in open_now}
    return grid_page(course_class, pasted=pasted)


def grid_page(course_class, clashes=(), pasted=None):
    """The attendance of all sessions, with what two people marked differently above it, or what
    was pasted chosen in it.
    """
    found, marks = results(course_class), attendance_of(course_class)
    shown = frame(course_class, "grid")
    open_sessions = {one.id for one in course_class.sessions
                     if shown["may_run"] and may_mark_now(viewer(), one)}
    return render_template(
        "classes/grid.html", found=found, marks=marks, clashes=clashes, pasted=pasted,
        page=Part(found.rows, 1, len(found.rows), len(found.rows)) if pasted else cut(found.rows),
        open_sessions=open_sessions, counts=there_by_session(course_class, found, marks),
        late=any(one.id in open_sessions and one.late_on(clock.today())
                 for one in course_class.sessions), **shown)


@bp.route("/classes/<int:key>/marks", methods=["GET", "POST"])
def marks(key):
    """Enter the marks of a class."""
    course_class = load(CourseClass, key, may_run_class)
    if request.method == "POST":
        typed, shown = typed_marks(course_class), shown_marks()
        faults = faults_in(typed)
        if faults:
            return marks_page(course_class, typed, faults)
        try:
            enter_marks(course_class, typed, by=viewer(), seen=shown)
        except Refusal as refusal:
            # Only what was changed here is kept: beside it stands what somebody else entered.
            flash(refusal.message, "bad")
            return marks_page(course_class, typed), 409
        flash(_("The marks are saved."), "good")
        return redirect(url_for(".closing", key=course_class.id))
    return marks_page(course_class)


def typed_marks(course_class):
    """enrolment → the mark as typed, where it is another than the page was opened with."""
    typed = {one.id: request.form.get(f"m{one.id}") for one in enrolments_in(course_class)}
    return {key: text for key, text in typed.items()
            if text is not None and text.strip() != request.form.get(f"w{key}")}


def shown_marks():
    """enrolment → the mark with which the page was opened."""
    shown = {name: mark_or_nothing(text) for name, text in request.form.items()
             if SHOWN_MARK.fullmatch(name)}
    return {int(name[1:]): mark for name, mark in shown.items()}


def mark_or_nothing(text):
    """The mark that ``text`` is, or None."""
    try:
        return read_mark(text)
    except ValueError:
        return None


def faults_in(typed):
    """enrolment → what was typed and is no mark."""
    faults = {}
    for key, text in typed.items():
        try:
            read_mark(text)
        except ValueError:
            faults[key] = text
    return faults


def marks_page(course_class, typed=None, faults=None, pasted=None):
    """The page of the marks, with what was typed or pasted still in it."""
    return render_template(
        "classes/marks.html", course_class=course_class, people=enrolments_in(course_class),
        typed=typed or {}, faults=faults or {}, pasted=pasted)


@bp.post("/classes/<int:key>/marks/pasted")
def pasted_marks(key):
    """Fill in the marks of a block from a spreadsheet; nothing is saved yet."""
    course_class = load(CourseClass, key, may_run_class)
    found = read_block(request.form.get("block", ""), somebodies(course_class), mark_text)
    return marks_page(course_class, typed=found.values, pasted=found)


def mark_text(cell):
    """The cell where it is a mark, else None."""
    return None if mark_or_nothing(cell) is None else cell


@bp.route("/classes/<int:key>/closing", methods=["GET", "POST"])
def closing(key):
    """Each person's result, before and after it is recorded; and the end of the class."""
    course_class = load(CourseClass, key, may_read_results)
    if request.method == "POST":
        require(may_run_class, course_class)
        close_class(course_class, by=viewer())
        flash(_("The class is closed and its results are recorded."), "good")
        return redirect(url_for(".closing", key=course_class.id))
    return render_template("classes/closing.html", found=results(course_class),
                           **frame(course_class, "closing"))
