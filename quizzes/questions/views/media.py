"""Pictures and recordings in questions: kept, put into a text, answered."""
from flask import abort, jsonify, url_for

from lms.kernel.errors import Refusal
from lms.kernel.web import load, viewer

from courses.catalogue.actions import keep_picture
from courses.catalogue.html import recording
from courses.catalogue.models import Course
from courses.catalogue.policies import may_edit_course
from courses.catalogue.views.steps import lines_of
from courses.completions.policies import may_read_file
from courses.completions.views.files import sent
from quizzes.blueprint import bp
from quizzes.questions.actions import keep_sound
from quizzes.questions.forms import MediaForm
from quizzes.questions.queries import files_with

DAY = 86_400


def lines_for(course, form, stream):
    """The lines that show the picture, or play the recording, that came with ``form``."""
    words = form.alternative.data
    if not form.is_sound:
        return lines_of(keep_picture(course, stream, words, by=viewer()))
    file = keep_sound(course, stream, form.file.data.filename, words, by=viewer()).file
    return recording(url_for("learning.file", key=file.id, name=file.name), words)


@bp.post("/courses/<int:key>/media")
def new_media(key):
    """Keep a picture or a recording for questions; the answer is the lines that show it."""
    course, form = load(Course, key, may_edit_course), MediaForm()
    stream = form.read() if form.validate() else None
    if stream is None:
        return jsonify(faults=[fault for errors in form.errors.values() for fault in errors]), 400
    try:
        return jsonify(html=lines_for(course, form, stream)), 201
    except Refusal as refusal:
        return jsonify(faults=[refusal.message]), 409


@bp.get("/pictures/<digest>")
def picture(digest):
    """The picture a question shows, by the hash of its bytes."""
    found = next((file for file in files_with(digest) if may_read_file(viewer(), file)), None)
    if found is None:
        abort(404)
    return sent(found, f"private, max-age={DAY}")
