"""The pages of surveys: asking, answering, reading what came of it."""
from flask import abort, flash, redirect, render_template, request, url_for

from lms.kernel import clock
from lms.kernel.i18n import _, language, named
from lms.kernel.web import load, made_file, viewer

from courses.catalogue.actions import add_step, change_step, draft
from courses.catalogue.models import Course
from courses.catalogue.policies import may_edit_course
from courses.classes.models import CourseClass
from courses.classes.queries import enrolments_in
from quizzes.blueprint import bp
from quizzes.surveys.actions import ENOUGH, answer, do_step, open_class_survey, set_items
from quizzes.surveys.exports import results_workbook
from quizzes.surveys.forms import SurveyForm
from quizzes.surveys.models import Survey
from quizzes.surveys.policies import (
    may_answer_for_class,
    may_answer_survey,
    may_edit_survey,
    may_open_class_survey,
    may_read_class_survey,
    may_read_survey,
)
from quizzes.surveys.queries import has_answered, results_of, survey_of_class
from quizzes.surveys.wording import lines_of, read_answer


@bp.route("/courses/<int:key>/surveys/new", methods=["GET", "POST"])
def new_survey(key):
    """Add a survey to the draft of a course."""
    course = load(Course, key, may_edit_course)
    form = SurveyForm()
    if form.validate_on_submit():
        step = add_step(draft(course, by=viewer()), "survey", form.step_values(), by=viewer())
        set_items(step, form.items(), by=viewer())
        flash(_("“%(title)s” was added.", title=step.title_vi), "good")
        return redirect(url_for("catalogue.draft_page", key=course.id))
    return render_template("surveys/edit.html", course=course, form=form, survey=None)


@bp.route("/surveys/<int:key>/edit", methods=["GET", "POST"])
def edit_survey(key):
    """Change a survey of a draft."""
    record = load(Survey, key, may_edit_survey)
    form = SurveyForm(obj=record, lines=lines_of(record.items))
    if form.validate_on_submit():
        change_step(record, form.step_values(), by=viewer(), seen=form.fingerprint.data)
        set_items(record, form.items(), by=viewer())
        flash(_("“%(title)s” was saved.", title=record.title_vi), "good")
        return redirect(url_for("catalogue.draft_page", key=record.version.course_id))
    return render_template("surveys/edit.html", course=record.version.course, form=form,
                           survey=record)


@bp.route("/surveys/<int:key>", methods=["GET", "POST"])
def survey(key):
    """Answer a survey that is a step of a course."""
    record = load(Survey, key, may_answer_survey)
    course = record.version.course
    onward = url_for("learning.course", key=course.id)
    answered = has_answered(viewer(), record.about)
    if request.method == "POST":
        if not answered:
            answer(record, read_answer(record.items, request.form), by=viewer())
        do_step(record, by=viewer())
        flash(_("Thank you. Your answers are kept without your name."), "good")
        return redirect(onward)
    return render_template("surveys/answer.html", survey=record, title=named(record),
                           above=(named(course), onward), answered=answered, language=language(),
                           onward=onward)


@bp.route("/classes/<int:key>/survey", methods=["GET", "POST"])
def class_survey(key):
    """Evaluate a class one takes part in."""
    course_class = load(CourseClass, key, may_answer_for_class)
    record = survey_of_class(course_class)
    onward = url_for("classes.show", key=course_class.id)
    if record and request.method == "POST":
        answer(record, read_answer(record.items, request.form), by=viewer())
        flash(_("Thank you. Your answers are kept without your name."), "good")
        return redirect(onward)
    return render_template(
        "surveys/answer.html", survey=record, title=_("Evaluation of the class"),
        above=(named(course_class), onward), language=language(), onward=None,
        answered=record is not None and has_answered(viewer(), record.about))


@bp.post("/classes/<int:key>/survey/opening")
def survey_opening(key):
    """Ask the participants for their evaluation."""
    course_class = load(CourseClass, key, may_open_class_survey)
    open_class_survey(course_class, by=viewer())
    flash(_("The participants were asked for their evaluation."), "good")
    return redirect(url_for(".class_results", key=course_class.id))


@bp.get("/surveys/<int:key>/results")
def survey_results(key):
    """What came of a survey."""
    record = load(Survey, key, may_read_survey)
    return render_template(
        "surveys/results.html", results=results_of(record), title=named(record),
        above=(named(record.version.course), url_for("learning.course",
                                                     key=record.version.course_id)),
        book=url_for(".survey_book", key=record.id), language=language(), opening=None)


@bp.get("/surveys/<int:key>/results.xlsx")
def survey_book(key):
    """What came of a survey, as a workbook."""
    record = load(Survey, key, may_read_survey)
    return made_file(results_workbook(named(record), results_of(record)),
                     f"{record.lineage}.xlsx")


@bp.get("/classes/<int:key>/survey/results")
def class_results(key):
    """What came of the evaluation of a class, or the button that asks for it."""
    course_class = load(CourseClass, key, may_read_class_survey)
    record = survey_of_class(course_class)
    may_open = record is None and may_open_class_survey(viewer(), course_class)
    return render_template(
        "surveys/results.html", results=results_of(record) if record else None,
        title=_("Evaluation of the class"), language=language(), enough=ENOUGH,
        asked=len(enrolments_in(course_class)),
        above=(named(course_class), url_for("classes.show", key=course_class.id)),
        book=url_for(".class_book", key=course_class.id),
        opening=url_for(".survey_opening", key=course_class.id) if may_open else None)


@bp.get("/classes/<int:key>/survey/results.xlsx")
def class_book(key):
    """What came of the evaluation of a class, as a workbook."""
    course_class = load(CourseClass, key, may_read_class_survey)
    record = survey_of_class(course_class) or abort(404)
    return made_file(results_workbook(named(course_class), results_of(record)),
                     f"{course_class.code}.xlsx")


def link_to_survey(course_class, person):
    """The way to the evaluation on the page of a class: to answer it, or to what came of it."""
    if course_class.starts_on > clock.today():
        return None
    if may_read_class_survey(person, course_class):
        return url_for("quizzes.class_results", key=course_class.id), _("Evaluation of the class")
    if may_answer_for_class(person, course_class) and survey_of_class(course_class):
        return url_for("quizzes.class_survey", key=course_class.id), _("Evaluate the class")
    return None
