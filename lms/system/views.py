"""The page of the system, and what of it needs somebody's hand."""
from flask import Blueprint, current_app, redirect, render_template, url_for
from markupsafe import Markup

from lms.kernel import clock, jobs
from lms.kernel.checkpoints import checkpoint
from lms.kernel.errors import Refusal
from lms.kernel.i18n import _, day, moment, number
from lms.kernel.sealing import waiting_since
from lms.kernel.waiting import told
from lms.kernel.web import made_file, require, viewer
from lms.system.actions import VERIFYING, ask_to_verify, last_verdict
from lms.system.policies import may_read_system, may_run_system, may_verify_trail
from lms.system.queries import (
    OLD,
    UNSEALED,
    disks,
    last_whole_backup,
    state_of_system,
    state_of_trail,
)
from lms.system.words import verdict_words

bp = Blueprint("system", __name__, template_folder="templates")


@bp.get("/system")
def system():
    """How the system stands: database, disk, jobs, letters, backups."""
    require(may_read_system)
    return render_template("system/system.html", state=state_of_system(), trail=state_of_trail())


@bp.get("/system/trail")
def verified_trail():
    """What verifying the trail, entry by entry, found last, or how far it has come."""
    require(may_verify_trail)
    newest, found = jobs.newest(VERIFYING), last_verdict()
    verdict, at = found or (None, None)
    return render_template(
        "system/trail.html", verdict=verdict, words=verdict and verdict_words(verdict), at=at,
        waits=newest is not None and newest.waits, failed=newest is not None and newest.fault,
        newest=checkpoint())


@bp.post("/system/trail")
def verification():
    """Verify the trail now, in the background."""
    require(may_verify_trail)
    ask_to_verify(by=viewer())
    return redirect(url_for(".verified_trail"))


@bp.get("/system/trail/progress")
def verification_progress():
    """How far the verifying has come."""
    require(may_verify_trail)
    newest = jobs.newest(VERIFYING)
    return told(VERIFYING, newest is None or not newest.waits, url_for(".verified_trail"),
                lambda done, total: _("%(done)s of %(total)s entries compared",
                                      done=number(done), total=number(total)))


@bp.get("/system/checkpoint.json")
def checkpoint_file():
    """The newest checkpoint, to be kept where nobody of this system can change it."""
    require(may_verify_trail)
    made = checkpoint()
    if made is None:
        raise Refusal(_("Nothing is sealed yet. Come again in a minute."), back=url_for(".system"))
    return made_file(f"{made.line()}\n", f"checkpoint-{made.seal}.json")


def line_on_system(person):
    """On the officer's first page: a disk that is nearly full, a trail that is not sealed
    any more, or backups that nobody makes."""
    if not may_run_system(person):
        return None
    if any(disk.is_short for disk in disks().values()):
        return _line(_("Less than 1 GB is free on the disk of the system."))
    if current_app.config["DEMO"]:
        return None
    since = waiting_since()
    if since and since < clock.now() - UNSEALED:
        return _line(_("Nothing was sealed in the trail since %(moment)s: whoever runs the system "
                       "should see whether the runner of jobs works.", moment=moment(since)))
    made = last_whole_backup()
    if made and made > clock.now() - OLD:
        return None
    return _line(_("The last backup that could be restored is of %(day)s.", day=day(
        clock.local(made))) if made else _("No backup was made and tried yet."))


def _line(words):
    return Markup('<a href="{}">{}</a>').format(url_for("system.system"), words)
