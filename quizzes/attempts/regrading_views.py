"""Correcting the key of a question after it was asked: what, what would change, done."""
from hashlib import sha256

from flask import flash, redirect, render_template, request, url_for

from lms.kernel.i18n import language, ngettext
from lms.kernel.web import load, viewer

from quizzes.attempts.policies import may_take_passes
from quizzes.attempts.regrading_actions import looked_at, mend
from quizzes.attempts.regrading_forms import MendingForm
from quizzes.attempts.regrading_keys import (
    author_part,
    gaps_shown,
    options_of,
    partners_of,
    shown,
    way_of,
)
from quizzes.attempts.regrading_queries import mendings_about, times_asked
from quizzes.attempts.showing import worded
from quizzes.blueprint import bp
from quizzes.questions.keys import insist_not_sitting
from quizzes.questions.kinds import KINDS
from quizzes.questions.models import Question
from quizzes.questions.policies import may_edit_question
from quizzes.questions.richtext import plain


@bp.route("/questions/<int:key>/key", methods=["GET", "POST"])
def mend_key(key):
    """Say what is right instead; then see whose marks change; then change them."""
    question = load(Question, key, may_edit_question)
    insist_not_sitting(question.course_id, viewer())
    form = MendingForm(question, times_asked(question), may_take_passes(viewer()))
    if not form.validate_on_submit():
        return render_template("quizzes/mend_key.html", form=form, question=question,
                               former=mendings_about(question), **key_part(question, form))
    _mending, remarks = looked_at(question, form.change()._replace(keeps=False), viewer())
    seen = fingerprint(remarks)
    if request.form.get("seen") != seen:
        return render_template(
            "quizzes/mend_preview.html", form=form, question=question, seen=seen,
            remarks=remarks, again="seen" in request.form, passed_on=passed_on(),
            own=any(remark.attempt.person_id == viewer().id for remark in remarks),
            stem=plain(worded(question.versions[-1], "stem", language())))
    _mending, events = mend(question, form.change(), by=viewer())
    flash(ngettext("%(num)s mark was changed; whoever it concerns was told.",
                   "%(num)s marks were changed; whoever it concerns was told.", len(events)),
          "good")
    return redirect(url_for(".mend_key", key=question.id))


def key_part(question, form):
    """What the part of the form that asks for the key shows."""
    newest, kind = question.versions[-1], question.kind
    keys = form.keys() if form.is_submitted() else (
        [[part] for part in newest.right] if way_of(kind) == "accepted"
        else [KINDS[kind].key_of(newest)])
    return {"way": way_of(kind), "options": options_of(newest, language()),
            "partners": partners_of(kind, newest, language()), "given": shown(kind, keys),
            "gaps": gaps_shown(newest, keys, language()), **author_part(kind, newest, keys),
            "stem": plain(worded(newest, "stem", language()))}


def passed_on():
    """What the first page asked, to be sent along with the second: pairs of name and value."""
    return [(name, value) for name, value in request.form.items(multi=True)
            if name not in ("csrf_token", "seen", "rule")]


def fingerprint(remarks):
    """By what is recognised that the marks to change are still the ones that were looked at."""
    lines = (f"{one.attempt.id} {one.attempt.score} {one.marks.score}" for one in remarks)
    return sha256("\n".join(lines).encode()).hexdigest()
