"""What authors see: the quiz of a draft, the bank of a course."""
from flask import flash, redirect, render_template, request, url_for

from lms.kernel.forms import choices
from lms.kernel.i18n import _
from lms.kernel.web import load, viewer

from courses.catalogue.actions import add_step, change_step, draft
from courses.catalogue.models import Course
from courses.catalogue.policies import may_edit_course
from quizzes.authoring import (
    bring_back_question,
    retire_question,
    reword_question,
    set_quiz,
    write_question,
)
from quizzes.forms import QuestionForm, QuizForm, lines_of
from quizzes.models import Question, Quiz
from quizzes.policies import may_edit_question, may_edit_quiz
from quizzes.queries import questions_of
from quizzes.views.blueprint import bp

RULES = ("draw", "shuffle", "pass_mark", "attempts_allowed", "time_limit")


def quiz_form(course, record=None):
    """The form of a quiz of ``course`` with the course's questions to choose from."""
    chosen = [item.question_id for item in record.items] if record else None
    form = QuizForm(obj=record, data=None if record is None else {"questions": chosen})
    form.questions.choices = choices(
        (question.id, version.stem_vi) for question, version in questions_of(course)
        if question.retired_at is None or question.id in (chosen or ()))
    return form


def keep_quiz(form, record):
    """Set the rules and the questions of ``record`` as ``form`` says."""
    return set_quiz(record, {field: form[field].data for field in RULES}, form.questions.data,
                    by=viewer())


@bp.route("/courses/<int:key>/new", methods=["GET", "POST"])
def new_quiz(key):
    """Add a quiz to the draft of a course."""
    course = load(Course, key, may_edit_course)
    form = quiz_form(course)
    if form.validate_on_submit():
        step = add_step(draft(course, by=viewer()), "quiz", form.step_values(), by=viewer())
        keep_quiz(form, step)
        flash(_("“%(title)s” was added.", title=step.title_vi), "good")
        return redirect(url_for("catalogue.draft_page", key=course.id))
    return render_template("quizzes/edit_quiz.html", course=course, form=form, quiz=None)


@bp.route("/<int:key>/edit", methods=["GET", "POST"])
def edit_quiz(key):
    """Change a quiz of a draft."""
    record = load(Quiz, key, may_edit_quiz)
    form = quiz_form(record.version.course, record)
    if form.validate_on_submit():
        change_step(record, form.step_values(), by=viewer())
        keep_quiz(form, record)
        flash(_("“%(title)s” was saved.", title=record.title_vi), "good")
        return redirect(url_for("catalogue.draft_page", key=record.version.course_id))
    return render_template("quizzes/edit_quiz.html", course=record.version.course, form=form,
                           quiz=record)


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
