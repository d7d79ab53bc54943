"""The bank of a course: found, narrowed, changed together; what waits for a review."""
from flask import flash, redirect, render_template, request, url_for

from lms.kernel.errors import Refusal
from lms.kernel.forms import Form
from lms.kernel.i18n import _, language, ngettext
from lms.kernel.pages import cut, paged
from lms.kernel.text import clean
from lms.kernel.web import load, require, viewer

from courses.catalogue.models import Course
from courses.catalogue.policies import may_edit_course
from quizzes.blueprint import bp
from quizzes.questions.actions import (
    bring_back_question,
    hold_back,
    place_questions,
    retire_question,
    review_question,
)
from quizzes.questions.forms import DIFFICULTY_WORDS, BulkForm, ReviewForm
from quizzes.questions.keys import insist_not_sitting
from quizzes.questions.kinds import KINDS
from quizzes.questions.models import DIFFICULTIES, DRAFT, IN_USE, RETIRED, REVIEWED, Question
from quizzes.questions.policies import may_edit_question, may_write_questions
from quizzes.questions.queries import (
    Wanted,
    alike_in,
    categories_of,
    chosen_of,
    is_past,
    pairs_shown,
    reckoned_at,
    resting_on,
    rows_of,
    tags_used,
    to_review,
    uses_of,
    wanted_of,
    with_figures,
)
from quizzes.questions.richtext import plain
from quizzes.questions.showing import worded
from quizzes.questions.verdicts import ENOUGH, FEW, verdict_choices, worded_verdict


def stem_of(version):
    """The words of the stem in the reader's language."""
    return plain(worded(version, "stem", language()))


def wanted_here():
    """What the address narrows the list to."""
    return Wanted(
        words=request.args.get("q", ""), category=request.args.get("category", ""),
        tag=request.args.get("tag", ""), kind=request.args.get("kind", ""),
        difficulty={str(level): level for level in DIFFICULTIES}.get(
            request.args.get("difficulty")), state=request.args.get("state", ""))


@bp.get("/courses/<int:key>/questions")
def bank(key):
    """The questions of a course."""
    course, wanted = load(Course, key, may_edit_course), wanted_here()
    insist_not_sitting(course.id, viewer())
    verdict, order = request.args.get("verdict", ""), request.args.get("order", "")
    page = paged(with_figures(wanted_of(course, wanted), verdict, order), scalars=False)
    return render_template(
        "quizzes/bank/bank.html", course=course, wanted=wanted, page=page, kinds=KINDS,
        stem_of=stem_of, is_past=is_past, uses=uses_of([row[0].id for row in page.rows]),
        categories=themselves(categories_of(course)), tags=themselves(tags_used(course)),
        form=BulkForm(), difficulties=DIFFICULTY_WORDS, states=state_words(),
        kind_words=[(name, kind.title) for name, kind in KINDS.items()], verdict=verdict,
        verdicts=verdict_choices(), order=order, orders=order_words(), judged=judged,
        reckoned_at=reckoned_at(course))


def judged(figures):
    """The status and the words of what the answers say, from ENOUGH answers on; or None."""
    found = figures and worded_verdict(figures.verdict, ENOUGH)
    return found[:2] if found and figures.verdict != FEW else None


def order_words():
    """The orders of the list by their names."""
    return [("hard", _("the hardest first")), ("easy", _("the easiest first")),
            ("little", _("telling least apart first")), ("asked", _("asked most first"))]


def themselves(words):
    """Choices whose words are their values."""
    return [(word, word) for word in words]


def state_words():
    """The states of a question by their names."""
    return {DRAFT: _("draft"), REVIEWED: _("reviewed"), IN_USE: _("in use"),
            RETIRED: _("retired")}


@bp.post("/courses/<int:key>/questions/changes")
def bulk_change(key):
    """Change the topic, tags, difficulty or state of the questions ticked."""
    course, form = load(Course, key, may_edit_course), BulkForm()
    insist_not_sitting(course.id, viewer())
    if not form.validate():
        raise Refusal(_("Nothing was changed: a text is too long. Go back and make it shorter."))
    questions, changes = chosen_of(course, form.chosen()), form.changes()
    if not questions or not changes:
        raise Refusal(_("Nothing was changed. Tick questions, and say what should change."))
    place_questions(questions, changes, by=viewer())
    flash(ngettext("%(num)s question was changed.", "%(num)s questions were changed.",
                   len(questions)), "good")
    return redirect(url_for(".bank", key=course.id))


@bp.get("/courses/<int:key>/questions/alike")
def alike_questions(key):
    """Questions that seem to ask the same."""
    course = load(Course, key, may_edit_course)
    insist_not_sitting(course.id, viewer())
    page = cut(alike_in(course))
    return render_template("quizzes/bank/alike.html", course=course, stem_of=stem_of, page=page,
                           rows=pairs_shown(page.rows))


@bp.post("/questions/<int:key>/retirement")
def retirement(key):
    """Ask a question no more, or again."""
    record = load(Question, key, may_edit_question)
    insist_not_sitting(record.course_id, viewer())
    (bring_back_question if record.retired_at else retire_question)(record, by=viewer())
    return redirect(url_for(".bank", key=record.course_id))


@bp.get("/review")
def reviewing():
    """What rests on a law that changed, and what waits for a review."""
    require(may_write_questions)
    law = clean(request.args.get("law", ""))
    return render_template(
        "quizzes/bank/review.html", law=law, stem_of=stem_of, is_past=is_past,
        resting=rows_of(resting_on(law, viewer())) if law else None,
        page=paged(to_review(viewer()), scalars=False), form=Form())


@bp.post("/review")
def holding():
    """Hold back every question that rests on the law named, until it is reviewed."""
    require(may_write_questions)
    law, why = clean(request.form.get("law", "")), clean(request.form.get("why", ""))[:300]
    questions = [question for question, _version in rows_of(resting_on(law, viewer()))]
    if not questions:
        raise Refusal(_("No question rests on “%(law)s”. Look for other words of the basis.",
                        law=law))
    for question in questions:
        hold_back(question, why, by=viewer())
    flash(ngettext("%(num)s question is held back until somebody has reviewed it.",
                   "%(num)s questions are held back until somebody has reviewed them.",
                   len(questions)), "good")
    return redirect(url_for(".reviewing"))


@bp.route("/questions/<int:key>/review", methods=["GET", "POST"])
def review_of(key):
    """Find a question right as it stands, with another last day or none."""
    record = load(Question, key, may_edit_question)
    insist_not_sitting(record.course_id, viewer())
    form = ReviewForm(valid_until=record.versions[-1].valid_until)
    if form.validate_on_submit():
        review_question(record, form.valid_until.data, by=viewer())
        flash(_("Reviewed. New tests may ask %(key)s again.", key=record.key), "good")
        return redirect(url_for(".reviewing"))
    return render_template("quizzes/bank/review_of.html", record=record, form=form,
                           version=record.versions[-1], stem=stem_of(record.versions[-1]))
