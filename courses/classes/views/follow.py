"""For those who look: the list of classes, one class, its people, its papers, its calendar."""
from flask import render_template, request

from lms.kernel import clock
from lms.kernel.db import db
from lms.kernel.pages import cut, paged
from lms.kernel.web import load, made_file, require, viewer
from lms.people.policies import reads_all

from courses.classes.archiving import file_of, results_to_sign
from courses.classes.calendar import calendar
from courses.classes.exports import class_workbook, classes_workbook
from courses.classes.links import drafts
from courses.classes.models import STATES, CourseClass, Session
from courses.classes.policies import (
    may_announce,
    may_follow_classes,
    may_open_classes,
    may_read_costs,
    may_read_results,
    may_read_session,
    may_see_class,
    may_see_roster,
    may_withdraw,
)
from courses.classes.printing import sheets_to_sign
from courses.classes.queries import (
    Result,
    announcements_in,
    attendances,
    classes_of,
    classes_seen_by,
    heads_in,
    outlooks,
    quotas_of,
    results,
)
from courses.classes.views.blueprint import bp, frame, seen_in


def asked_classes():
    """The statement of the classes the address asks for, with its search and state."""
    search, state = request.args.get("q", ""), request.args.get("state", "")
    state = state if state in STATES else ""
    return classes_seen_by(viewer(), state, search), search, state


@bp.get("/classes")
def classes():
    """The classes, the latest first."""
    require(may_follow_classes)
    statement, search, state = asked_classes()
    page, whole = paged(statement), reads_all(viewer())
    return render_template(
        "classes/classes.html", q=search, state=state, page=page,
        turnout=attendances(statement) if whole else None,
        heads=heads_in([one.id for one in page.rows]) if whole else None,
        may_open=may_open_classes(viewer()))


@bp.get("/classes.xlsx")
def classes_file():
    """The list of classes as a workbook."""
    require(may_follow_classes)
    statement, _search, _state = asked_classes()
    return made_file(classes_workbook(db.session.scalars(statement).all(), clock.today()),
                f"lop-{clock.today()}.xlsx")


@bp.get("/my-classes")
def mine():
    """The classes the viewer takes part in."""
    return render_template("classes/mine.html", enrolments=classes_of(viewer()))


@bp.get("/classes/<int:key>")
def show(key):
    """A class: when, where, its sessions, its trainers."""
    course_class = load(CourseClass, key, may_see_class)
    return render_template(
        "classes/show.html", announcements=announcements_in(course_class),
        may_announce=not course_class.over and may_announce(viewer(), course_class),
        **frame(course_class, "show"))


@bp.get("/classes/<int:key>/people")
def people(key):
    """Who is in the class, as far as the viewer may see."""
    course_class = load(CourseClass, key, may_see_roster)
    seen, others = seen_in(course_class)
    page = cut(seen)
    may_take_out = {one.id for one in page.rows if may_withdraw(viewer(), one)
                    } if not course_class.over else set()
    return render_template(
        "classes/people.html", page=page, others=others,
        may_take_out=may_take_out, outlooks=outlooks(course_class, page.rows),
        quotas=quotas_of(course_class), **frame(course_class, "people"))


@bp.get("/classes/<int:key>/people.xlsx")
def people_file(key):
    """The people of a class as a workbook, as far as the viewer may see them."""
    course_class = load(CourseClass, key, may_see_roster)
    seen, _others = seen_in(course_class)
    standing = outlooks(course_class, seen)
    rows = [Result(enrolment, standing[enrolment.id]) for enrolment in seen]
    return made_file(class_workbook(course_class, rows), f"{course_class.code}.xlsx")


@bp.get("/classes/<int:key>/papers")
def papers(key):
    """What is printed and downloaded of the class."""
    course_class = load(CourseClass, key, may_read_results)
    return render_template(
        "classes/papers.html", drafts=drafts.of(course_class, viewer()),
        may_read_costs=may_read_costs(viewer(), course_class), **frame(course_class, "papers"))


@bp.get("/classes/<int:key>/results.pdf")
def results_sheet(key):
    """The list of results, as it goes with the decision that recognises them."""
    course_class = load(CourseClass, key, may_read_results)
    return made_file(results_to_sign(course_class, results(course_class)),
                     f"ket-qua-{course_class.code}.pdf", inline=True)


@bp.get("/classes/<int:key>/file.zip")
def whole_file(key):
    """The papers of the class in one archive, to be kept."""
    course_class = load(CourseClass, key, may_read_results)
    return made_file(file_of(course_class, viewer()), f"ho-so-{course_class.code}.zip")


@bp.get("/sessions/<int:key>/sheet.pdf")
def sheet(key):
    """The list of one session, on which the participants sign."""
    session = load(Session, key, may_read_session)
    return paper(sheets_to_sign(session.course_class, [session]), session.course_class.code)


@bp.get("/classes/<int:key>/sheets.pdf")
def sheets(key):
    """The lists to sign of every session, one after another."""
    course_class = load(CourseClass, key, may_read_results)
    return paper(sheets_to_sign(course_class, course_class.sessions), course_class.code)


def paper(content, code):
    """A PDF that opens in the browser."""
    return made_file(content, f"diem-danh-{code}.pdf", inline=True)


@bp.get("/classes/<int:key>/calendar.ics")
def calendar_file(key):
    """The sessions of a class for a calendar."""
    course_class = load(CourseClass, key, may_see_class)
    return made_file(calendar(course_class, course_class.sessions, clock.now()),
                f"{course_class.code}.ics")
