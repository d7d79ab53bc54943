"""Whoever runs a class tells everybody in it something."""
from lms.kernel import audit
from lms.kernel.db import db
from lms.kernel.errors import Refusal
from lms.kernel.i18n import _

from courses.classes.models import ClassAnnouncement
from courses.classes.queries import enrolments_in
from courses.classes.tidings import tell_announced


def announce(course_class, text, by):
    """Tell everybody in the class ``text``; it stays on its page.  Gives the ClassAnnouncement.

    Refused where nobody is in the class, or where it is over.  Row 26 of the matrix.
    """
    if course_class.over:
        raise Refusal(_("This class is over, so there is nobody to tell anything."))
    enrolments = enrolments_in(course_class)
    if not enrolments:
        raise Refusal(_("Nobody is in this class yet, so nobody would read it."))
    announcement = ClassAnnouncement(class_id=course_class.id, text=text, by_id=by.id)
    db.session.add(announcement)
    db.session.flush()
    audit.record(by, "class told", course_class, people=len(enrolments))
    tell_announced(course_class, announcement, enrolments, by)
    return announcement
