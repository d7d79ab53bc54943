"""The page of the system, and what of it needs somebody's hand."""
from flask import Blueprint, current_app, render_template, url_for
from markupsafe import Markup

from lms.kernel import clock
from lms.kernel.i18n import _, day
from lms.kernel.web import require
from lms.system.policies import may_read_system, may_run_system
from lms.system.queries import OLD, disks, last_whole_backup, state_of_system

bp = Blueprint("system", __name__, template_folder="templates")


@bp.get("/system")
def system():
    """How the system stands: database, disk, jobs, letters, backups."""
    require(may_read_system)
    return render_template("system/system.html", state=state_of_system())


def line_on_system(person):
    """On the officer's first page: a disk that is nearly full, or backups that nobody makes."""
    if not may_run_system(person):
        return None
    if any(disk.is_short for disk in disks().values()):
        return _line(_("Less than 1 GB is free on the disk of the system."))
    if current_app.config["DEMO"]:
        return None
    made = last_whole_backup()
    if made and made > clock.now() - OLD:
        return None
    return _line(_("The last backup that could be restored is of %(day)s.", day=day(
        clock.local(made))) if made else _("No backup was made and tried yet."))


def _line(words):
    return Markup('<a href="{}">{}</a>').format(url_for("system.system"), words)
