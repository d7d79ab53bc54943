"""What a page that waits for a job is told, again and again, until it goes on."""
from flask import jsonify

from lms.kernel import jobs
from lms.kernel.i18n import _


def told(key, finished, then, words):
    """How far the work with the progress ``key`` has come, for the script of the page: ``words``
    say it of (done, total), ``then`` is where the page goes once it has ``finished``.
    """
    done, total = jobs.progress_of(key) or (0, 0)
    return jsonify(finished=finished, done=done, total=total, next=then,
                   text=words(done, total) if total else _("It begins …"))
