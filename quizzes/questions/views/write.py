"""Writing a question: its kind, its form, what the trainee will see, its versions."""
from types import SimpleNamespace

from flask import flash, redirect, render_template, request, url_for

from lms.kernel.i18n import _, language
from lms.kernel.web import load, viewer

from courses.catalogue.actions import keep_picture
from courses.catalogue.models import Course
from courses.catalogue.policies import may_edit_course
from quizzes.blueprint import bp
from quizzes.questions.actions import kept, place_question, reword_question, write_question
from quizzes.questions.forms import MediaForm, QuestionForm
from quizzes.questions.keys import insist_not_sitting
from quizzes.questions.kinds import KINDS, right_answer
from quizzes.questions.kinds.choice import Choice
from quizzes.questions.models import Question
from quizzes.questions.policies import may_edit_question
from quizzes.questions.queries import asked_in, categories_of, figures_of_versions, like_it
from quizzes.questions.richtext import plain, shown
from quizzes.questions.showing import face, fixed_words, worded
from quizzes.questions.verdicts import ENOUGH, worded_verdict
from quizzes.questions.views.media import lines_for

#: Buttons that show the form once more and save nothing.
ONCE_MORE = ("more", "preview", "add_picture", "read_spot")
#: Rows the form has at first, and how many empty ones it keeps below those filled in.
ROWS, SPARE, MORE = 4, 1, 4


@bp.route("/courses/<int:key>/questions/new", methods=["GET", "POST"])
def new_question(key):
    """Choose a kind, then write a question of it."""
    course = load(Course, key, may_edit_course)
    kind = request.values.get("kind", "")
    if kind not in KINDS:
        return render_template("quizzes/authoring/kinds.html", course=course, kinds=KINDS.values())
    return answer(course, kind)


@bp.route("/questions/<int:key>", methods=["GET", "POST"])
def edit_question(key):
    """Reword a question: a new version for attempts to come."""
    record = load(Question, key, may_edit_question)
    insist_not_sitting(record.course_id, viewer())
    return answer(record.course, record.kind, record)


def answer(course, kind, question=None):
    """Save what the form holds and go on, or show it (again)."""
    media = MediaForm()
    form = QuestionForm(kind, question, fields_given(course, media))
    once_more = form.fields is None or any(name in form.fields for name in ONCE_MORE)
    if not once_more and form.validate():
        return saved(form, course, kind, question)
    return render_template(
        "quizzes/authoring/edit.html", course=course, kind=KINDS[kind], form=form, media=media,
        question=question, part=form.part, rows=rows_wanted(form.part, form.fields),
        categories=categories_of(course), **preview_of(form, kind))


def saved(form, course, kind, question):
    """Keep the question as ``form`` says and go back to the bank."""
    if question is None:
        made = write_question(course, kind, form.wording(), viewer(), form.place())
        flash(_("The question was added to the bank."), "good")
        if double := like_it(made):
            flash(_("%(key)s asks nearly the same. Look whether both are needed.",
                    key=double.key), "warn")
    else:
        reword_question(question, form.wording(), by=viewer(), seen=form.fingerprint.data)
        place_question(question, form.place(), by=viewer())
        flash(_("Attempts that begin from now on show the new wording."), "good")
    return redirect(url_for(".bank", key=course.id))


def fields_given(course, media):
    """What the browser sent, with the lines of a picture that came along; None for a visit."""
    if request.method != "POST":
        return None
    fields = request.form.copy()
    if "add_picture" in fields:
        stream = media.read() if media.validate() else None
        if stream is not None:
            into = fields.get("into", "stem_vi")
            fields[into] = fields.get(into, "") + lines_for(course, media, stream)
    upload = request.files.get("spot")
    if upload and upload.filename:
        kept = keep_picture(course, upload.stream, fields.get("alt_vi", ""), by=viewer())
        fields["picture"] = kept.file.sha256
        fields["width"], fields["height"] = str(kept.width), str(kept.height)
    return fields


def rows_wanted(part, fields):
    """How many rows the form of a kind has."""
    filled = max((len(rows) for rows in part.values() if isinstance(rows, list)), default=0)
    more = MORE if fields is not None and "more" in fields else 0
    return min(26, max(ROWS, filled + SPARE) + more)


def preview_of(form, kind):
    """The question as the trainee will see it, where that was asked for and it can be asked, and
    which of its options do not move.
    """
    if form.fields is None or "preview" not in form.fields or not form.validate():
        return {"seen": None}
    draft = SimpleNamespace(**kept(kind, form.wording()))
    return {"seen": face(kind, draft, [option["key"] for option in draft.options], [], language()),
            "fixed": fixed_words(kind, draft, language())}


@bp.get("/questions/<int:key>/preview")
def preview(key):
    """A question as the trainee meets it; answered here, it is marked and nothing is kept."""
    record = load(Question, key, may_edit_question)
    insist_not_sitting(record.course_id, viewer())
    version, kind = record.versions[-1], KINDS[record.kind]
    tried = "try" in request.args
    chosen = kind.read(version, request.args) if tried else []
    return render_template(
        "quizzes/authoring/preview.html", record=record, tried=tried,
        fixed=fixed_words(record.kind, version, language()),
        question=face(record.kind, version, [option["key"] for option in version.options],
                      chosen, language()),
        share=kind.mark(version, chosen) if tried else None,
        right=kind.words(version, right_answer(record.kind, version), language()),
        feedback=kind.feedback(version, chosen, language()),
        explanation=shown(worded(version, "explanation", language())))


@bp.get("/questions/<int:key>/versions")
def versions(key):
    """Every wording a question had, the newest first, what the answers say, where it is asked."""
    record = load(Question, key, may_edit_question)
    insist_not_sitting(record.course_id, viewer())
    kind, figures = KINDS[record.kind], figures_of_versions(record)
    return render_template(
        "quizzes/authoring/versions.html", record=record, tests=asked_in(record), kind=kind,
        enough=ENOUGH,
        wordings=[(version, plain(worded(version, "stem", language())),
                   kind.words(version, right_answer(record.kind, version), language()),
                   figures.get(version.id), told_by(kind, version, figures.get(version.id)))
                  for version in reversed(record.versions)])


def told_by(kind, version, figures):
    """What the figures of ``version`` say: the verdict in words, and each answer in words with how
    many gave it, the options that nobody chose too; None where there are none.
    """
    if figures is None:
        return None
    given = {part: counts for part, *counts in figures.chosen}
    parts = dict.fromkeys([option["key"] for option in version.options]
                          if isinstance(kind, Choice) else given)
    right = {*version.right, *right_answer(kind.name, version)}
    return (worded_verdict(figures.verdict, ENOUGH),
            [("; ".join(kind.words(version, [part], language())) or part, part in right,
              given.get(part, (0, 0, 0))) for part in parts | given])
