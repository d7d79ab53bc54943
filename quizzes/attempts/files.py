"""Files handed in as answers: sent with the form of their question, read by who marks them."""
from pathlib import PurePath

from flask import flash, redirect, request, url_for

from lms.kernel.arrival import arrived_at
from lms.kernel.errors import Refusal
from lms.kernel.i18n import _
from lms.kernel.web import load, viewer

from courses.completions.views.files import sent
from quizzes.attempts.file_policies import may_read_handed_in
from quizzes.attempts.filing import hand_in_file
from quizzes.attempts.models import AnswerFile, Attempt
from quizzes.attempts.policies import may_answer_attempt
from quizzes.attempts.showing import fields_of
from quizzes.attempts.views import keep_new
from quizzes.blueprint import bp
from quizzes.questions.keys import insist_not_sitting


@bp.post("/attempts/<int:key>/<int:slot>/files")
def new_file(key, slot):
    """Keep what the form answers, in every question it holds, and the file that came with it."""
    attempt, arrived = load(Attempt, key, may_answer_attempt), arrived_at()
    upload = request.files.get(f"s{slot}-file")
    if upload is None or not upload.filename:
        raise Refusal(_("Choose a file first; nothing was handed in."))
    keep_new(attempt, [place for place in range(len(attempt.paper)) if any(
        name.startswith(f"s{place}-") for name in request.form)], arrived)
    declared = bool(fields_of(slot, request.form).get("no_secret"))
    hand_in_file(attempt, slot, (upload.stream, upload.filename), declared, by=viewer())
    flash(_("The file “%(name)s” was handed in whole.", name=upload.filename), "good")
    return redirect(url_for(".question", key=attempt.id, slot=slot))


@bp.get("/files/<int:key>")
def handed_in(key):
    """A file that was handed in; for others it bears no name that could tell whose it is."""
    handed = load(AnswerFile, key, may_read_handed_in)
    own = handed.attempt.person_id == viewer().id
    if not own:
        insist_not_sitting(handed.attempt.quiz.version.course_id, viewer())
    ending = PurePath(handed.file.name).suffix
    return sent(handed.file, name=None if own else f"bai-lam-{handed.id}{ending}")
