"""One hand at a time on a class."""
from lms.kernel.db import db
from lms.kernel.errors import Refusal
from lms.kernel.i18n import _
from lms.kernel.locks import advisory_lock


def take_class(course_class):
    """Wait for whoever is changing the class, then refuse where it is over.

    Two nominations at once cannot fill one seat twice, and nothing slips into a class
    between the moment its results are worked out and the moment it is closed.
    """
    advisory_lock(f"class {course_class.id}")
    db.session.refresh(course_class)
    if course_class.closed_at is not None:
        raise Refusal(_("This class is closed; its results stand and no longer change."))
    if course_class.cancelled_at is not None:
        raise Refusal(_("This class is cancelled, so nothing in it changes any more."))
