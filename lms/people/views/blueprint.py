"""The blueprint the pages of people share."""
from datetime import timedelta

from flask import Blueprint, g

from lms.kernel import clock

bp = Blueprint("people", __name__, template_folder="../templates")


@bp.before_request
def note_the_moment():
    """Note what was known before the request: by it a page tells what a change corrected."""
    g.began = clock.now() - timedelta(microseconds=1)
