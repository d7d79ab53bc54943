"""The page of messages, for everybody."""
from flask import Blueprint, flash, redirect, render_template, url_for

from lms.kernel.i18n import _, language, ngettext
from lms.kernel.pages import paged
from lms.kernel.web import here_or, load, viewer
from lms.notices.actions import read, read_all
from lms.notices.models import Notice
from lms.notices.policies import may_read_notice
from lms.notices.queries import notices_of

bp = Blueprint("notices", __name__, template_folder="templates")


@bp.get("/messages")
def messages():
    """What the viewer was told, the newest first."""
    return render_template("notices/messages.html", page=paged(notices_of(viewer())),
                           language=language())


@bp.post("/messages/<int:key>/opening")
def opening(key):
    """Note that the message was read, and go to the page it tells of."""
    notice = read(load(Notice, key, may_read_notice), by=viewer())
    return redirect(here_or(notice.url) if notice.url else url_for(".messages"))


@bp.post("/messages/reading")
def reading():
    """Note that all messages were read."""
    count = read_all(viewer(), by=viewer())
    flash(ngettext("%(num)s message is marked as read.", "%(num)s messages are marked as read.",
                   count) if count else _("All messages were read already."), "good")
    return redirect(url_for(".messages"))
