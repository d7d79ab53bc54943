"""What is said when the machine below fails: a busy or restarting database, a full disk.

Nothing was saved then, and it is nobody's fault here: 503, come again.  A script hears it in its
own language and keeps what it has; a person sees a calm page that keeps what was typed.
"""
import errno
import logging

from flask import current_app, jsonify, request
from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as NoConnection

from lms.kernel.again import typed_fields
from lms.kernel.i18n import _, language
from lms.kernel.sqlite import Busy, sqlite3, write_intent
from lms.kernel.transaction import SAFE
from lms.kernel.web import here_or

log = logging.getLogger(__name__)

#: In how many seconds whoever was not served may come again.
AGAIN = 5
#: What SQLite answers when the disk or the machine fails it, and not the statement.
SQLITE_FAILED = {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_CORRUPT,
                 sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_LOCKED,
                 sqlite3.SQLITE_NOMEM, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_PROTOCOL,
                 sqlite3.SQLITE_READONLY}
#: What PostgreSQL answers to who writes while it only reads, as one that has just taken over does.
ONLY_READS = "25006"
#: What the system answers when a disk is full, broken or closed to writing, or too much is open.
SYSTEM_FAILED = {errno.EDQUOT, errno.EIO, errno.EMFILE, errno.ENFILE, errno.ENOSPC, errno.EROFS}
#: The part of SQLite's extended codes that says what kind of failure it was.
KIND = 0xFF


def init_app(app):
    """Give ``app`` words for whoever has to wait because it is busy."""
    for waiting in (Busy, NoConnection):
        app.register_error_handler(waiting, ask_to_wait)


def is_below(error):
    """Whether ``error`` came from the machine below, and not from what we asked of it."""
    if isinstance(error, DBAPIError):
        if isinstance(error.orig, sqlite3.Error):
            return getattr(error.orig, "sqlite_errorcode", 0) & KIND in SQLITE_FAILED
        return isinstance(error, (OperationalError, InterfaceError)) or (
            getattr(error.orig, "sqlstate", None) == ONLY_READS)
    return isinstance(error, OSError) and error.errno in SYSTEM_FAILED


def ask_to_wait(_error):
    """Others were before; nothing is wrong."""
    return ask_to_come_again(_("The system is busy, and nothing was saved. "
                               "Wait a moment, then send it again."))


def own_up(error):
    """The machine below failed with ``error``: the log has its own words, in one line."""
    log.error("%s %s could not be served: %s", request.method, request.path,
              getattr(error, "orig", error))
    if request.method in SAFE:
        return ask_to_come_again(_("The system cannot read its data just now. Wait a moment, "
                                   "then open the page again."))
    return ask_to_come_again(_("The system cannot save just now, and nothing was saved. Wait a "
                               "moment, then send it again; if it stays so, tell the operator."))


def ask_to_come_again(message):
    """The answer 503 with the ``message``; it asks the database nothing."""
    write_intent.set(False)  # The answer itself waits for nobody.
    body = jsonify(error=message) if request.is_json else _calm_page(message)
    return body, 503, {"Retry-After": str(AGAIN)}


def _calm_page(message):
    fields = typed_fields()
    page = current_app.jinja_env.get_template("again.html" if fields else "refusal.html")
    return page.render(message=message, fields=fields, back=here_or(request.path),
                       in_trouble=True, locale=language(),
                       site_name=current_app.config["SITE_NAME"])
