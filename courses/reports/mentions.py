"""Where locked reports may name somebody: in their titles, and among who reports and signs."""
from flask import url_for
from sqlalchemy import select

from lms.kernel.db import db
from lms.kernel.i18n import _, day
from lms.people.mentions import ISSUED, Place, Shelf

from courses.reports.models import Report


def report_texts():
    """What the heads and the feet of locked reports say."""
    return Shelf("locked_report", (Report.title, Report.heading), report_places)


def report_places(ids):
    """The reports with the ``ids``, each with its page; what is locked stays."""
    return [Place(one.id, _("Locked report of %(day)s: its title, or who reports and signs",
                            day=day(one.on)), url_for("reports.report", key=one.id), ISSUED)
            for one in db.session.scalars(
                select(Report).where(Report.id.in_(ids)).order_by(Report.on, Report.id))]
