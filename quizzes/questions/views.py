"""The bank of a course, and its questions."""
from flask import flash, redirect, render_template, request, url_for

from lms.kernel.i18n import _
from lms.kernel.web import load, viewer

from courses.catalogue.models import Course
from courses.catalogue.policies import may_edit_course
from quizzes.blueprint import bp
from quizzes.questions.actions import (
    bring_back_question,
    retire_question,
    reword_question,
    write_question,
)
from quizzes.questions.forms import QuestionForm, lines_of
from quizzes.questions.models import Question
from quizzes.questions.policies import may_edit_question
from quizzes.questions.queries import questions_of


@bp.get("/courses/<int:key>/questions")
def bank(key):
    """The questions of a course."""
    course = load(Course, key, may_edit_course)
    search = request.args.get("q", "")
    return render_template("quizzes/bank.html", course=course, q=search,
                           questions=questions_of(course, search))


@bp.route("/courses/<int:key>/questions/new", methods=["GET", "POST"])
def new_question(key):
    """Write a question."""
    course = load(Course, key, may_edit_course)
    form = QuestionForm()
    if form.validate_on_submit():
        write_question(course, form.kind.data, form.wording(), by=viewer())
        flash(_("The question was added to the bank."), "good")
        return redirect(url_for(".bank", key=course.id))
    return render_template("quizzes/edit_question.html", course=course, form=form, question=None)


@bp.route("/questions/<int:key>", methods=["GET", "POST"])
def edit_question(key):
    """Reword a question: a new version for attempts to come."""
    record = load(Question, key, may_edit_question)
    newest = record.versions[-1]
    form = QuestionForm(obj=newest, kind=record.kind, lines=lines_of(record.kind, newest))
    form.kind.data = record.kind
    if form.validate_on_submit():
        reword_question(record, form.wording(), by=viewer())
        flash(_("Attempts that begin from now on show the new wording."), "good")
        return redirect(url_for(".bank", key=record.course_id))
    return render_template("quizzes/edit_question.html", course=record.course, form=form,
                           question=record)


@bp.post("/questions/<int:key>/retirement")
def retirement(key):
    """Ask a question no more, or again."""
    record = load(Question, key, may_edit_question)
    (bring_back_question if record.retired_at else retire_question)(record, by=viewer())
    return redirect(url_for(".bank", key=record.course_id))
