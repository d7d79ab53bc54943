"""Work to do later: a row written by the transaction is the truth, huey only carries its number."""
import json
import logging
import sqlite3
from datetime import datetime, timedelta
from pathlib import Path

from flask import current_app
from huey import SqliteHuey
from sqlalchemy import JSON, ForeignKey, and_, event, null, or_, select, update
from sqlalchemy.orm import Mapped, mapped_column

from lms.kernel import clock
from lms.kernel.db import Base, Written, db
from lms.kernel.errors import Refusal
from lms.kernel.transaction import transaction

log = logging.getLogger(__name__)

#: A job whose runner died is begun again after this time.
LEASE = timedelta(minutes=10)
#: So often is done what may not wait for a minute, nor for a long job.
OFTEN = timedelta(seconds=15)

#: So long, at most, a job that ended keeps what its work gave.
KEPT = timedelta(days=30)

#: The fault of a job that failed for a reason that nobody but the log is told.
FAULT = "fault"

_work = {}
_kept = {}
_every_minute = []
_often = []
_often_each = {}


class Job(Base):
    """A piece of work, from the moment it was asked for to its end."""

    __tablename__ = "job"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    arguments: Mapped[dict] = mapped_column(JSON)
    asked_at: Mapped[datetime] = mapped_column(default=clock.now)
    begun_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None] = mapped_column(index=True)
    fault: Mapped[str | None]
    #: What the work gave, for the page of whoever asked for it; let go of in time.
    result: Mapped[dict | None] = mapped_column(JSON, deferred=True)
    by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))

    @property
    def waits(self):
        """Whether it has not come to its end."""
        return self.ended_at is None

    @property
    def has_let_go(self):
        """Whether it ended so long ago that what its work gave is not kept any more."""
        return not self.waits and self.ended_at < clock.now() - _kept.get(self.name, KEPT)


def work(name, kept=KEPT):
    """Name a function as work that can be done later; it takes the job's arguments by keyword.

    The function is one transaction, and idempotent: it may be begun again after a crash.  What it
    gives, in JSON values, is ``kept`` so long as the job's result, at most ``KEPT``.
    """
    def register(function):
        _work[name], _kept[name] = function, kept
        return function
    return register


def forget_results():
    """Let go of what work gave whose time to be kept is over; the runner of jobs calls it.  The
    job itself stays: its page says what became of it.
    """
    now = clock.now()
    old = and_(Job.result.is_not(None), or_(Job.ended_at < now - KEPT, *(
        and_(Job.name == name, Job.ended_at < now - kept)
        for name, kept in _kept.items() if kept < KEPT)))
    # Looked for first: where there is nothing to let go of, nobody who writes has to wait.
    if db.session.scalar(select(Job.id).where(old).limit(1)):
        db.session.execute(update(Job).where(old).values(result=null()))


def every_minute(function):
    """Have ``function`` called once a minute by the runner of jobs, as a transaction of its own."""
    if function not in _every_minute:
        _every_minute.append(function)


def often(function):
    """Have ``function`` called every ``OFTEN`` by a process of its own, as a transaction of its
    own, also while a job of many minutes is under way.
    """
    if function not in _often:
        _often.append(function)


def often_each(find, do):
    """Have ``do`` called every ``OFTEN`` with each key that ``find`` gives, in the same process,
    each as a transaction of its own: nobody waits for all of them, and where one fails the others
    are done all the same, and it is tried again the next time.
    """
    _often_each[find] = do


def do_minutely():
    """Call what is done every minute; where one thing fails, the others are done all the same."""
    for function in _every_minute:
        _alone(function)


def do_often():
    """Call what is done every ``OFTEN`` in the same way."""
    for function in _often:
        _alone(function)
    for find, do in _often_each.items():
        for key in _alone(find) or ():
            _alone(do, key)


def _alone(function, *arguments):
    """What ``function`` gives, as a transaction of its own; nothing where it fails."""
    try:
        with transaction():
            return function(*arguments)
    except Exception:
        log.exception("What is done again and again failed: %s%s.", function.__name__, arguments)
        return None


def later(name, by, **arguments):
    """Ask for the work ``name``; it begins after this transaction has been committed."""
    job = Job(name=name, arguments=arguments, by_id=by.id if by else None)
    db.session.add(job)
    db.session.flush()
    db.session.info.setdefault("jobs", []).append(job.id)
    return job


def run(job_id):
    """Do the job ``job_id`` unless it is done or another runner has it."""
    with transaction():
        job = db.session.get(Job, job_id, with_for_update=True)
        if job is None or job.ended_at or (job.begun_at and job.begun_at > clock.now() - LEASE):
            return
        job.begun_at = clock.now()
        name, arguments = job.name, job.arguments
    fault, result = _attempt(name, arguments)
    kept = null() if result is None else Written(json.dumps(result))
    with transaction():
        job = db.session.get(Job, job_id)
        job.ended_at, job.fault, job.result = clock.now(), fault, kept


def _attempt(name, arguments):
    try:
        with transaction():
            return None, _work[name](**arguments)
    except Refusal as refusal:
        return refusal.message, None
    except Exception:
        log.exception("The job %s %s failed.", name, arguments)
        return FAULT, None


def newest(name, *conditions):
    """The Job with the ``name`` that was asked for last, of those that meet the ``conditions``; or
    None.
    """
    return db.session.scalar(select(Job).where(Job.name == name, *conditions)
                             .order_by(Job.id.desc()).limit(1))


def has_failed(name, **arguments):
    """Whether the work ``name`` with these arguments ended with a fault or a refusal."""
    return arguments in db.session.scalars(select(Job.arguments).where(
        Job.name == name, Job.ended_at.is_not(None), Job.fault.is_not(None))).all()


def waiting():
    """The numbers of jobs to begin: never begun, or begun by a runner that died."""
    stale = clock.now() - LEASE
    return db.session.scalars(
        select(Job.id).where(Job.ended_at.is_(None),
                             (Job.begun_at.is_(None)) | (Job.begun_at < stale))
        .order_by(Job.id)).all()


def progress(key, done, total):
    """Tell whoever watches how far the work ``key`` has come."""
    current_app.extensions["jobs"].storage.put_data(key.encode(), f"{done}/{total}".encode())


def progress_of(key):
    """How far the work ``key`` has come: (done, total), or None before it began."""
    value = current_app.extensions["jobs"].storage.peek_data(key.encode())
    return tuple(int(part) for part in value.split(b"/")) if isinstance(value, bytes) else None


class Bell:
    """Tells the parent of all processes whether work waits in the queue.

    While the files of the queue stay as they are nobody has to open them; and they are closed
    again, for a child would inherit them.
    """

    def __init__(self, app):
        self.storage = app.extensions["jobs"].storage
        self.files = [Path(f"{self.storage.filename}{ending}") for ending in ("", "-wal")]
        self.heard = None
        self.storage.close()

    def rings(self):
        """Whether work waits that was not there when this was asked before."""
        now = [_last_change(file) for file in self.files]
        if now == self.heard:
            return False
        try:
            asked = self.storage.queue_size() > 0
        except sqlite3.OperationalError:  # Busy: it is asked again at the next look.
            return False
        finally:
            self.storage.close()
        self.heard = now
        return asked


def _last_change(file):
    try:
        found = file.stat()
    except FileNotFoundError:
        return None
    return found.st_mtime_ns, found.st_size


def do_what_waits(app, minutely, stopping):
    """Do the work in the queue, and with ``minutely`` what is due every minute, until nothing is
    left, or until the list ``stopping`` holds something when a piece of work is done.
    """
    if minutely:
        with app.app_context():
            for job_id in waiting():
                run(job_id)
            do_minutely()
    queue = app.extensions["jobs"]
    while not stopping and (task := queue.dequeue()):
        queue.execute(task)


def init_app(app):
    """Give ``app`` its queue; ``lms.serve`` has it emptied."""
    Path(app.config["JOBS_FILE"]).parent.mkdir(parents=True, exist_ok=True)
    queue = SqliteHuey(filename=app.config["JOBS_FILE"], name="lms", utc=True, results=False)
    app.extensions["jobs"] = queue

    @queue.task()
    def begin(job_id):
        with app.app_context():
            run(job_id)

    queue.begin = begin


@event.listens_for(db.session, "after_commit")
def _hand_over(session):
    """Put what was asked for into the queue of the application that asked."""
    for job_id in session.info.pop("jobs", ()):
        current_app.extensions["jobs"].begin(job_id)
