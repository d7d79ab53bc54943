"""One piece of work among several: where it fails, nothing of it stays and the others go on."""
import logging

from lms.kernel.db import db
from lms.kernel.errors import Refusal
from lms.kernel.trouble import is_below

log = logging.getLogger(__name__)


def all_or_nothing(work, what):
    """Do ``work()``, all of it or nothing; gives what stopped it, or None.

    What stopped it is a Refusal or a fault of ours, whose trace the log keeps under ``what``.
    Where the machine below fails, that is raised: everything is to be tried again.
    """
    try:
        with db.session.begin_nested():
            work()
    except Refusal as refusal:
        return refusal
    except Exception as error:
        if is_below(error):
            raise
        log.exception("%s failed.", what)
        return error
    return None
