"""The real application on the demonstration province, in a process of its own.

``Province`` builds the province once and keeps it as a pattern; ``Server`` answers from a
copy of it.  Run as a program, this module is either of the two inside its own process, so
that its clock, its threads and its database never meet those of the tests.
"""
import logging
import os
import shutil
import signal
import subprocess
import sys
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from urllib.request import urlopen

from waitress.server import create_server

from lms import create_app
from lms.kernel import clock
from lms.kernel.db import db
from lms.kernel.transaction import transaction
from lms.serve import listen

from tests import databases

#: The moment the server starts: Wednesday 25/11/2026, 10:00 in Cao Bằng.
MORNING = datetime(2026, 11, 25, 3, 0, tzinfo=UTC)
#: Seconds the province may take to be built, and a server to stop.
PATIENCE = 1500
#: Where the warning comes from that this house has no say in: the package of PostgreSQL.
QUIET = ("-W", "ignore:XDG_RUNTIME_DIR is not set")


class Province:
    """The demonstration province, built once under ``folder`` and copied for each server."""

    def __init__(self, folder):
        self.folder = folder
        self.name = f"province_{os.environ.get('PYTEST_XDIST_WORKER', 'main')}"
        self.address = self.fresh("pattern")
        with run("build", self.folder, self.address) as building:
            complaint = building.communicate(timeout=PATIENCE)[0]
        assert building.returncode == 0, complaint

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
        # Complaints go to a file: a pipe that nobody empties would stop a server that has many.
        self.complaints = province.folder / f"{name}.txt"
        with self.complaints.open("w", encoding="utf-8") as complaints:
            self.process = run("serve", province.folder, self.address, complaints)
        self.url = self.process.stdout.readline().strip()
        if not self.url.startswith("http://"):
            raise AssertionError(self.url + self.stop())

    def close(self):
        """Stop once everything is answered that browsers asked for before they were closed: what
        comes last is answered last.  What the process had to say comes back.
        """
        with urlopen(f"{self.url}/health", timeout=PATIENCE):
            return self.stop()

    def stop(self):
        """End the process; what it had to say comes back, which should be nothing."""
        self.process.terminate()
        with self.process:
            said = self.process.communicate(timeout=PATIENCE)[0]
        return said + self.complaints.read_text(encoding="utf-8")


def run(role, folder, address, complaints=subprocess.STDOUT):
    """A process of this module in the given role; it complains where it speaks, or apart."""
    environment = {name: value for name, value in os.environ.items()
                   if not name.startswith(("LMS_", "COV_"))}
    return subprocess.Popen(
        [sys.executable, *QUIET, "-m", "tests.journeys.server", role, folder, address],
        cwd=databases.ROOT, env=environment, text=True, stdout=subprocess.PIPE,
        stderr=complaints)


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


def serve(app):
    """Answer on a free port until told to stop; the address is the first line of output."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    # A browser that asks for five things at once is no trouble worth a line.
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)
    with closing(listen("127.0.0.1", 0)) as listener:
        app.config["SITE_URL"] = f"http://127.0.0.1:{listener.getsockname()[1]}"
        server = create_server(app, sockets=[listener], threads=4, ident=None,
                               max_request_body_size=app.config["MAX_CONTENT_LENGTH"])
        sys.stdout.write(app.config["SITE_URL"] + "\n")
        sys.stdout.flush()
        server.run()


if __name__ == "__main__":
    ROLE, FOLDER, ADDRESS = sys.argv[1:]
    {"build": build, "serve": serve}[ROLE](application(Path(FOLDER), ADDRESS))
