"""Papers to print: made, and as files."""
from flask import flash, redirect, render_template, url_for

from lms.kernel.db import db
from lms.kernel.errors import Refusal
from lms.kernel.i18n import _, language
from lms.kernel.web import key_argument, load, made_file, viewer

from courses.classes.queries import enrolments_in
from quizzes.blueprint import bp
from quizzes.papers.actions import make_papers
from quizzes.papers.forms import PaperSetForm
from quizzes.papers.models import PaperSet, Quiz
from quizzes.papers.policies import classes_to_mark, may_print_set, may_run_quiz
from quizzes.papers.printing import key_to, named_sheets_of, papers_of
from quizzes.papers.queries import paper_sets, undecided_by_grid
from quizzes.questions.keys import insist_not_sitting
from quizzes.questions.richtext import plain
from quizzes.questions.showing import worded


@bp.route("/<int:key>/papers", methods=["GET", "POST"])
def papers(key):
    """The sets of papers made for a test, and the making of another."""
    quiz, form = load(Quiz, key, may_run_quiz), PaperSetForm()
    if form.validate_on_submit():
        made = make_papers(quiz, form.letters.data, form.label.data, by=viewer())
        flash(_("The papers are ready to print."), "good")
        return redirect(url_for(".papers", key=quiz.id, _anchor=f"set-{made.id}"))
    return render_template("quizzes/papers.html", quiz=quiz, form=form, sets=paper_sets(quiz),
                           left_out=[(version.question, plain(worded(version, "stem", language())))
                                     for version in undecided_by_grid(quiz)])


@bp.get("/papers/<int:key>.pdf")
def paper_set(key):
    """The papers of a set with their answer sheets."""
    return made_file(papers_of(load(PaperSet, key, may_print_set)), f"de-{key}.pdf", inline=True)


@bp.get("/papers/<int:key>-sheets.pdf")
def named_sheets(key):
    """An answer sheet with its name for each participant of a class."""
    papers = load(PaperSet, key, may_print_set)
    classes = db.session.scalars(classes_to_mark(viewer(), papers.quiz.version.course))
    wanted = key_argument("class")
    course_class = next((one for one in classes if wanted in (None, one.id)), None)
    people = enrolments_in(course_class) if course_class else []
    if not people:
        raise Refusal(_("Nobody is in this class yet, so there is no sheet to print."))
    return made_file(named_sheets_of(papers, people), f"phieu-{key}-{course_class.id}.pdf",
                     inline=True)


@bp.get("/papers/<int:key>-key.pdf")
def paper_key(key):
    """What is right on each paper of a set."""
    papers = load(PaperSet, key, may_print_set)
    insist_not_sitting(papers.quiz.version.course_id, viewer())
    return made_file(key_to(papers), f"dap-an-{key}.pdf", inline=True)
