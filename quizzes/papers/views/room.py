"""Running a test: its hours, the code shown in the room, extra time."""
from flask import flash, redirect, render_template, url_for

from lms.kernel import clock
from lms.kernel.errors import Refusal
from lms.kernel.i18n import _
from lms.kernel.shared import Overtaken
from lms.kernel.web import load, viewer

from courses.catalogue.models import Course
from quizzes.blueprint import bp
from quizzes.papers.actions import end_extra_time, give_extra_time, renew_code, set_hours
from quizzes.papers.code import code_at
from quizzes.papers.forms import ExtraTimeForm, HoursForm
from quizzes.papers.models import ExtraTime, Quiz
from quizzes.papers.policies import (
    learners_seen_by,
    may_end_extra_time,
    may_run_quiz,
    may_run_tests,
    quiz_of,
)
from quizzes.papers.queries import extra_times, learners_named, number_asked, tests_of


def link_to_tests(course_class, person):
    """The way from a class to the tests of its course, for whoever runs them."""
    if not may_run_tests(person, course_class.course):
        return None
    return url_for("quizzes.tests", key=course_class.course_id), _("Run the tests")


@bp.get("/courses/<int:key>/tests")
def tests(key):
    """The tests of a course, for whoever runs them."""
    course = load(Course, key, may_run_tests)
    return render_template("quizzes/tests.html", course=course, tests=tests_of(course),
                           now=clock.now())


@bp.get("/<int:key>/room")
def room(key):
    """A test as whoever runs it needs it."""
    return room_page(load(Quiz, key, may_run_quiz))


def room_page(quiz, hours=None, extra=None):
    """The page of a test in the room, with forms that hold what was typed."""
    hours = hours or HoursForm(formdata=None, obj=quiz)
    return render_template(
        "quizzes/room.html", quiz=quiz, hours=hours, extra=extra or ExtraTimeForm(formdata=None),
        extra_times=extra_times(quiz), asked=number_asked(quiz),
        now=clock.now())


@bp.post("/<int:key>/hours")
def hours(key):
    """Open and close a test at other moments; where it closes earlier, whoever watches over it is
    asked whether attempts under way end earlier too.
    """
    quiz, form = load(Quiz, key, may_run_quiz), HoursForm()
    if not form.validate_on_submit():
        return room_page(quiz, hours=form)
    before = quiz.closes_at
    try:
        set_hours(quiz, form.opens_at.data, form.closes_at.data, by=viewer(),
                  seen=form.fingerprint.data)
    except Overtaken as refusal:
        form.form_errors.append(refusal.message)
        form.fingerprint.data = refusal.stands
        return room_page(quiz, hours=form), 409
    flash(_("The hours were saved. Attempts that run keep the end they have."), "good")
    if quiz.closes_at and (before is None or quiz.closes_at < before):
        return redirect(url_for(".for_all", key=quiz.id, deed="earlier-end", closing=1))
    return redirect(url_for(".room", key=quiz.id))


@bp.get("/<int:key>/code")
def room_code(key):
    """The code to show in the room, large; the page follows its changes by itself."""
    quiz = load(Quiz, key, may_run_quiz)
    if not quiz.code_secret:
        raise Refusal(_("This test asks for no code."))
    code, seconds = code_at(quiz.code_secret, clock.now())
    return render_template("quizzes/code.html", quiz=quiz, code=f"{code[:3]} {code[3:]}",
                           seconds=seconds)


@bp.post("/<int:key>/code")
def new_room_code(key):
    """Show another code from now on."""
    quiz = load(Quiz, key, may_run_quiz)
    renew_code(quiz, by=viewer())
    flash(_("There is a new code; the old one opens nothing any more."), "good")
    return redirect(url_for(".room_code", key=quiz.id))


@bp.post("/<int:key>/extra-time")
def extra_time(key):
    """Give somebody more time."""
    quiz, form = load(Quiz, key, may_run_quiz), ExtraTimeForm()
    if not form.validate_on_submit():
        return room_page(quiz, extra=form)
    found = learners_named(learners_seen_by(viewer(), quiz.version.course), form.person.data)
    if len(found) != 1:
        form.person.errors = [_several(found)]
        return room_page(quiz, extra=form)
    try:
        give_extra_time(quiz, found[0], form.values(), by=viewer())
    except Refusal as refusal:
        form.form_errors = [refusal.message]
        return room_page(quiz, extra=form)
    flash(_("%(name)s has more time at this test.", name=found[0].full_name), "good")
    return redirect(url_for(".room", key=quiz.id))


def _several(found):
    if not found:
        return _("Nobody who takes this course is called so. Type the staff code.")
    return _("Several people are called so. Type the staff code: %(people)s.", people="; ".join(
        f"{person.key} {person.full_name}" for person in found))


@bp.post("/extra-time/<int:key>/end")
def extra_time_end(key):
    """Give somebody no more time at attempts to come."""
    extra = load(ExtraTime, key, may_end_extra_time)
    quiz = quiz_of(extra.lineage)
    end_extra_time(extra, quiz, by=viewer())
    flash(_("%(name)s has as much time as everybody from the next attempt on.",
            name=extra.person.full_name), "good")
    return redirect(url_for(".room", key=quiz.id))
