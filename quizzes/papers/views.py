"""The quiz of a draft."""
from flask import flash, redirect, render_template, url_for

from lms.kernel.forms import choices
from lms.kernel.i18n import _
from lms.kernel.web import load, viewer

from courses.catalogue.actions import add_step, change_step, draft
from courses.catalogue.models import Course
from courses.catalogue.policies import may_edit_course
from quizzes.blueprint import bp
from quizzes.papers.actions import set_quiz
from quizzes.papers.forms import QuizForm
from quizzes.papers.models import Quiz
from quizzes.papers.policies import may_edit_quiz
from quizzes.questions.queries import may_be_asked, questions_of
from quizzes.questions.richtext import plain

RULES = ("draw", "shuffle", "pass_mark", "attempts_allowed", "time_limit")


def quiz_form(course, record=None):
    """The form of a quiz of ``course`` with the course's questions to choose from."""
    chosen = [item.question_id for item in record.items] if record else None
    form = QuizForm(obj=record, data=None if record is None else {"questions": chosen})
    form.questions.choices = choices(
        (question.id, plain(version.stem_vi)) for question, version in questions_of(course)
        if may_be_asked(question, version) or question.id in (chosen or ()))
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
