"""The queue of answers that people mark, and the page on which one is marked."""
from flask import flash, redirect, render_template, request, url_for

from lms.kernel.i18n import _, language, ngettext
from lms.kernel.text import clean
from lms.kernel.web import require, viewer

from quizzes.attempts.by_hand import read_points, rubric_of
from quizzes.attempts.showing import worded
from quizzes.blueprint import bp
from quizzes.essays.actions import mark
from quizzes.essays.policies import may_mark_essays
from quizzes.essays.queries import (
    count_for_others,
    count_waiting,
    queue_of,
    waiting_with,
)
from quizzes.questions.keys import insist_not_sitting
from quizzes.questions.kinds.base import settings_of
from quizzes.questions.kinds.essay import files_of
from quizzes.questions.queries import versions_of
from quizzes.questions.richtext import shown

#: Characters of a comment.
LONGEST = 2000


def waits_to_be_marked(trainer):
    """What a trainer's day says of answers that wait for them; None where there are none."""
    count = count_waiting(trainer) if may_mark_essays(trainer) else 0
    if not count:
        return None
    return (_("Answers to mark"),
            ngettext("%(num)s answer waits.", "%(num)s answers wait.", count),
            url_for("quizzes.essays"), _("Mark them"))


@bp.get("/essays")
def essays():
    """The answers that wait for the viewer, by question."""
    require(may_mark_essays)
    groups = {}
    for one in queue_of(viewer()):
        groups.setdefault(one.question_id, []).append(one)
    versions = versions_of({places[0].version_id for places in groups.values()})
    return render_template("essays/queue.html", others=count_for_others(viewer()), groups=[
        (worded(versions[places[0].version_id][1], "stem", language()), places)
        for places in groups.values()])


def after(question_id):
    """Where a marker goes on who has marked an answer to the question: to the next one to it,
    so that many are marked one after another; after the last, to the queue.
    """
    left = [one for one in queue_of(viewer()) if one.question_id == question_id]
    if not left:
        flash(_("The answer is marked."), "good")
        return redirect(url_for(".essays"))
    flash(ngettext("The answer is marked; %(num)s more waits.",
                   "The answer is marked; %(num)s more wait.", len(left)), "good")
    return redirect(url_for(".essay", code=left[0].code))


@bp.route("/essays/<code>", methods=["GET", "POST"])
def essay(code):
    """Mark one answer by its rubric."""
    require(may_mark_essays)
    one = waiting_with(code, viewer())
    if one is None:
        flash(_("This answer does not wait for you any more. Take the next one."), "warn")
        return redirect(url_for(".essays"))
    insist_not_sitting(one.attempt.quiz.version.course_id, viewer())
    rubric, faulty, files = rubric_of(one.version), (), files_of(one.answer)
    texts = [request.form.get(f"points-{number}", "") for number in range(1, len(rubric) + 1)]
    if request.method == "POST":
        try:
            points = read_points(one.version, texts)
        except ValueError as wrong:
            faulty = wrong.args
        else:
            mark(code, points, clean(request.form.get("comment", ""))[:LONGEST], by=viewer())
            return after(one.version.question_id)
    return render_template(
        "essays/essay.html", one=one, rubric=rubric, faulty=faulty, texts=texts,
        comment=request.form.get("comment", ""),
        stem=worded(one.version, "stem", language()), language=language(),
        explanation=shown(worded(one.version, "explanation", language())),
        most_words=settings_of(one.version).get("most_words"),
        text="\n".join(text for text in one.answer if text not in files),
        files=[text.removeprefix("file:") for text in files])
