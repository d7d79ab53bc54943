"""The production server: one process a core on one socket, and one for jobs when there are any."""
import contextlib
import ctypes
import gc
import logging
import os
import resource
import signal
import socket
import sys
import time
from importlib import import_module

from sqlalchemy.orm import configure_mappers
from waitress.server import create_server

from lms.app import create_app
from lms.config import VAR
from lms.kernel import jobs
from lms.kernel.arrival import Channel
from lms.kernel.db import db
from lms.kernel.i18n import vietnamese

#: A child that dies sooner than this many seconds after its start is not started again at once.
PAUSE = 1.0
#: Every so many seconds it is looked whether a child died or work waits.
LOOK = 0.25
A_MINUTE = 60
#: The names of the process that does the jobs, and of the one that does what is done often.
JOBS, OFTEN = "jobs", "often"
#: Seconds after which a thread lets another one go on, a tenth of what is usual: whoever holds the
#: turn to write gives way at every statement, and would wait so long to come back.
SWITCH = 0.0005
#: So many people's lines one process holds at once, and so many files it may have open for them.
LINES, FILES = 2000, 8192
#: Settings of the C library's memory, by their names in <malloc.h>: blocks of a MiB are given
#: back at once, a free end of 128 KiB too, and all threads share one arena.  Python lets only one
#: of them run at a time; arenas of their own kept 25 MB in all that nobody used.
MEMORY = {"M_MMAP_THRESHOLD": (-3, 1024 * 1024), "M_TRIM_THRESHOLD": (-1, 128 * 1024),
          "M_ARENA_MAX": (-8, 1)}


def main():
    """Prepare the database, start the children, and watch over them until told to stop."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(message)s")
    for talkative in ("huey", "alembic"):
        logging.getLogger(talkative).setLevel(logging.WARNING)
    VAR.mkdir(exist_ok=True)
    say("Opening the database …")
    app = create_app()
    # No connection of this process goes on in its children: each of them opens its own.
    with app.app_context():
        db.engine.dispose()
    prepare(app)
    spare_memory(app)
    allow_many_lines()
    listener = listen(app.config["HOST"], app.config["PORT"])
    say(f"{app.config['SITE_NAME']}: http://{app.config['HOST']}:{app.config['PORT']}  "
        "(stop with Ctrl+C)")
    Family(app, {f"web {n}": lambda: serve(app, listener) for n in range(workers(app))}).watch()


def prepare(app):
    """Bring the database up to date in a child; what that loads and leaves behind goes with it."""
    child = start(lambda: import_module("lms.prepare").prepare(app))
    if os.waitpid(child, 0)[1]:
        raise SystemExit("The database could not be prepared; the reason stands above.")


def listen(host, port):
    """The socket that all web processes share."""
    try:
        return socket.create_server((host, port), backlog=512)
    except OSError as error:
        raise SystemExit(f"{host}:{port} cannot be opened ({error.strerror}). Stop what uses it, "
                         "or choose another port with LMS_PORT.") from None


def say(line):
    """Tell the person at the terminal."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def workers(app):
    """How many web processes to start: as set, else one a core this process may use."""
    return app.config["WORKERS"] or len(os.sched_getaffinity(0))


def spare_memory(app):
    """Let the children share what all of them need, and give large blocks back once used.

    Every check of a password takes 19 MiB for a moment; each thread would keep its own.
    """
    configure_mappers()
    vietnamese()
    for name in app.jinja_env.list_templates():
        app.jinja_env.get_template(name)
    gc.collect()
    gc.freeze()
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None)
    if mallopt:
        for setting, value in MEMORY.values():
            mallopt(setting, value)


def allow_many_lines():
    """Let this process and its children open more files than the 1,024 of most systems: a hall of
    people with two lines each would come to it, and nobody else would be heard any more.
    """
    now, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    unlimited = resource.RLIM_INFINITY
    wanted = FILES if most == unlimited else min(FILES, most)
    if now != unlimited and now < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, most))


def serve(app, listener):
    """Answer requests until told to stop; requests under way are finished."""
    sys.setswitchinterval(SWITCH)
    server = create_server(app, sockets=[listener], threads=app.config["THREADS"],
                           connection_limit=LINES, asyncore_use_poll=True, channel_timeout=120,
                           # What is a little too large is refused by a page of ours.
                           ident=None, max_request_body_size=2 * app.config["MAX_CONTENT_LENGTH"])
    server.channel_class = Channel
    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    server.run()


def stop(_signal, _frame):
    """End the loop of waitress, which then waits for the requests under way."""
    raise SystemExit(0)


def run_jobs(app, minutely):
    """Do the jobs that wait; the present one is finished before the process ends when told to."""
    stopping = []
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stopping.append(True))
    jobs.do_what_waits(app, minutely, stopping)


def run_often(app):
    """Do what is done often."""
    with app.app_context():
        jobs.do_often()


class Family:
    """The children of this process: one for each role, one for the jobs while there are any, and
    one for a moment every ``jobs.OFTEN``.

    The process of the jobs ends when it has nothing left to do, and gives back all it took.
    """

    def __init__(self, app, roles):
        self.app, self.roles, self.bell = app, roles, jobs.Bell(app)
        self.children, self.stopping, self.minute, self.turn = {}, False, None, None

    def watch(self):
        """Start a child for each role and a new one whenever one dies, until SIGTERM or SIGINT."""
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self.stop)
        for name, run in self.roles.items():
            self.bear(name, run)
        while self.children or not self.stopping:
            if not self.bury():
                self.do_often()
                self.look_for_jobs()
                time.sleep(LOOK)

    def bear(self, name, run):
        """Start a child that does ``run``."""
        pid = start(run)
        self.children[pid] = (name, time.monotonic())
        if self.stopping:  # Told so in this very instant.
            self.stop()

    def bury(self):
        """Whether a child has ended; one that should not have is started again."""
        try:
            pid, status = os.waitpid(-1, os.WNOHANG)
        except ChildProcessError:
            return False
        name, since = self.children.pop(pid, (None, 0))
        if name is None or self.stopping or (name not in self.roles and status == 0):
            return bool(pid)
        logging.error("The process %s died and is started again.", name)
        time.sleep(max(0, PAUSE - (time.monotonic() - since)))
        if name in self.roles and not self.stopping:
            self.bear(name, self.roles[name])
        return True

    def look_for_jobs(self):
        """Start a child for the jobs when a minute begins or work waits, unless one is at it."""
        if self.stopping or self.is_at(JOBS):
            return
        minute = int(time.time() // A_MINUTE)
        minutely = minute != self.minute
        if minutely or self.bell.rings():
            self.minute = minute
            self.bear(JOBS, lambda: run_jobs(self.app, minutely))

    def do_often(self):
        """Start a child for what is done often when its time has come, unless one is at it."""
        turn = int(time.time() // jobs.OFTEN.total_seconds())
        if not self.stopping and turn != self.turn and not self.is_at(OFTEN):
            self.turn = turn
            self.bear(OFTEN, lambda: run_often(self.app))

    def is_at(self, role):
        """Whether a child does ``role``."""
        return any(name == role for name, _since in self.children.values())

    def stop(self, *_signal):
        """Ask every child to finish what it does and stop."""
        self.stopping = True
        for pid in self.children:
            with contextlib.suppress(ProcessLookupError):  # It ended in this very instant.
                os.kill(pid, signal.SIGINT)


def start(run):
    """The number of a new process that does ``run`` and nothing else."""
    pid = os.fork()
    if pid == 0:
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        signal.signal(signal.SIGINT, signal.SIG_DFL)
        try:
            run()
        except SystemExit as ending:
            os._exit(bool(ending.code))
        except BaseException:
            logging.exception("A process ended in an error.")
            os._exit(1)
        os._exit(0)
    return pid


if __name__ == "__main__":
    main()
