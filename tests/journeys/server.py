"""The real application on the demonstration province, in a process of its own.

``Province`` builds the province once and keeps it as a pattern; ``Server`` answers from a
copy of it.  Either does so in a process of its own, so that its clock, its threads and its
database never meet those of the tests.  These processes are forked from one that has read the
code of the application and has done nothing yet: to read it takes longer than to start.
"""
import logging
import multiprocessing
import os
import shutil
import signal
import sys
from contextlib import closing
from datetime import UTC, datetime
from urllib.request import urlopen

from sqlalchemy import select
from waitress.server import create_server

from lms import create_app
from lms.accounts.actions import open_session
from lms.accounts.demo import SIGN_INS
from lms.accounts.models import Account
from lms.config import Config
from lms.kernel import clock
from lms.kernel.db import db
from lms.kernel.transaction import transaction
from lms.serve import listen

from tests import databases

#: The moment the server starts: Wednesday 25/11/2026, 10:00 in Cao Bằng.
MORNING = datetime(2026, 11, 25, 3, 0, tzinfo=UTC)
#: Seconds the province may take to be built, and a server to stop.
PATIENCE = 1500
#: Where processes come from that know the code and have no thread, no clock and no connection.
NURSERY = multiprocessing.get_context("forkserver")
NURSERY.set_forkserver_preload([__name__, *(f"{room}.feature" for room in Config.PACKAGES)])


class Province:
    """The demonstration province, built once under ``folder`` and copied for each server."""

    def __init__(self, folder):
        self.folder = folder
        self.name = f"province_{os.environ.get('PYTEST_XDIST_WORKER', 'main')}"
        self.address = self.fresh("pattern")
        done(build, self.folder, self.address)

    def fresh(self, name, pattern=None):
        """The address of a new database: empty, or like the one called ``pattern``."""
        if databases.on_postgresql():
            return databases.fresh_postgresql(f"{self.name}_{name}",
                                              pattern and f"{self.name}_{pattern}")
        place = self.folder / f"{name}.sqlite"
        if pattern:
            shutil.copy(self.folder / f"{pattern}.sqlite", place)
        return f"sqlite:///{place}"


class Server:
    """A running copy of the province under the name ``name``."""

    def __init__(self, province, name):
        self.address = province.fresh(name, "pattern")
        self.complaints = province.folder / f"{name}.txt"
        ours, theirs = NURSERY.Pipe(duplex=False)
        self.process = begin(serve, province.folder, self.address, self.complaints, theirs)
        theirs.close()
        try:
            self.url, self.cookies = ours.recv()
        except EOFError:
            raise AssertionError(self.stop()) from None
        finally:
            ours.close()

    def signed_in(self, username):
        """What the browser of ``username`` holds after signing in, as it is handed to one."""
        return {"cookies": [{"name": "lms", "value": self.cookies[username], "path": "/",
                             "domain": "127.0.0.1", "httpOnly": True, "sameSite": "Lax"}]}

    def close(self):
        """Stop once everything is answered that browsers asked for before they were closed: what
        comes last is answered last.  What the process had to say comes back.
        """
        with urlopen(f"{self.url}/health", timeout=PATIENCE):
            return self.stop()

    def stop(self):
        """End the process; what it had to say comes back, which should be nothing."""
        self.process.terminate()
        self.process.join(PATIENCE)
        assert self.process.exitcode is not None, "The server does not stop."
        self.process.close()
        return self.complaints.read_text(encoding="utf-8")


def begin(role, folder, address, complaints, *more):
    """A process that plays the ``role``: a function of the application; it speaks to a file."""
    process = NURSERY.Process(target=play, args=(role, folder, address, complaints, *more))
    process.start()
    return process


def done(role, folder, address):
    """What ``role`` does with the application is done, in a process of its own."""
    complaints = folder / f"{role.__name__}.txt"
    process = begin(role, folder, address, complaints)
    process.join(PATIENCE)
    assert (process.exitcode, complaints.read_text(encoding="utf-8")) == (0, "")
    process.close()


def play(role, folder, address, complaints, *more):
    """Be the process: what the shell says of settings is not for it, and it speaks to a file."""
    for name in [name for name in os.environ if name.startswith(("LMS_", "COV_"))]:
        del os.environ[name]
    with complaints.open("w", encoding="utf-8") as paper:
        os.dup2(paper.fileno(), sys.stdout.fileno())
        os.dup2(paper.fileno(), sys.stderr.fileno())
    role(application(folder, address), *more)


def application(folder, address):
    """The application as ``make run`` opens it, on a clock that starts in the morning."""
    begun = datetime.now(UTC)
    clock.source = lambda: MORNING + (datetime.now(UTC) - begun)
    return create_app({
        "DATABASE_URL": address, "SECRET_KEY": "for journeys only", "DEMO": True,
        "STORAGE": str(folder / "files"), "JOBS_FILE": str(folder / "jobs.sqlite")})


def build(app):
    """Fill the empty database of ``app`` with the province."""
    with app.app_context():
        db.create_all()
        with transaction():
            for _title, step in app.demonstration:
                step()
        db.session.remove()
        db.engine.dispose()


def let_in(app):
    """username → the cookie of a session, for whoever can sign in: the form and its slow check of
    a password take longer than three pages.
    """
    sign = app.session_interface.get_signing_serializer(app).dumps
    with app.app_context():
        with transaction():
            accounts = db.session.scalars(select(Account).where(
                Account.username.in_([username for username, *_words in SIGN_INS])))
            cookies = {account.username: sign({"_user_id": open_session(account), "_fresh": True})
                       for account in accounts}
        db.session.remove()
    return cookies


def serve(app, told):
    """Answer on a free port until told to stop; the address, and the cookies of those who have
    signed in, go to whom it is ``told``.
    """
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    # A browser that asks for five things at once is no trouble worth a line.
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)
    with closing(listen("127.0.0.1", 0)) as listener:
        app.config["SITE_URL"] = f"http://127.0.0.1:{listener.getsockname()[1]}"
        server = create_server(app, sockets=[listener], threads=4, ident=None,
                               max_request_body_size=app.config["MAX_CONTENT_LENGTH"])
        told.send((app.config["SITE_URL"], let_in(app)))
        told.close()
        server.run()
