"""How the system stands."""
import platform
import shutil
from datetime import datetime, timedelta
from pathlib import Path
from typing import NamedTuple

from flask import current_app
from sqlalchemy import func, make_url, select, text

from lms.backups.models import Backup
from lms.kernel import clock, mail
from lms.kernel.checkpoints import Checkpoint, newest_kept
from lms.kernel.db import db
from lms.kernel.jobs import Job
from lms.kernel.sealing import AuditSeal, count_waiting, last_seal
from lms.kernel.storage import StoredFile

#: So far back it is told what failed.
LATELY = timedelta(days=30)
#: Less free space than this, in bytes, is told on the officer's first page.
LITTLE = 1_000_000_000
#: A whole backup older than this is told there too.
OLD = timedelta(days=7)
#: So is an entry of the trail that waits longer for its seal, which is made every minute.
UNSEALED = timedelta(hours=1)
#: So many backups and failed jobs are shown.
SHOWN = 10


class Disk(NamedTuple):
    """A disk on which something of the system lies: free bytes of all."""

    free: int
    total: int

    @property
    def is_short(self):
        """Whether it will soon be full."""
        return self.free < LITTLE


class State(NamedTuple):
    """How the system stands, for its page."""

    #: The name and version of the database, its size in bytes; the migration of this release.
    database: str
    size: int
    migration: str
    python: str
    disks: dict
    #: How many files, and their bytes.
    files: int
    bytes: int
    #: How many jobs wait and since when the oldest does; those that failed lately.
    waiting: int
    since: datetime | None
    failed: list
    #: None where no letters are sent; else how many wait, how many were given up lately.
    letters: tuple | None
    backups: list


def state_of_system():
    """The State of this moment."""
    name, size = _database()
    now = clock.now()
    files, stored = db.session.execute(select(
        func.count(StoredFile.id), func.coalesce(func.sum(StoredFile.size), 0))).one()
    waiting, since = db.session.execute(select(func.count(Job.id), func.min(Job.asked_at)).where(
        Job.ended_at.is_(None))).one()
    failed = db.session.scalars(select(Job).where(
        Job.fault.is_not(None), Job.ended_at > now - LATELY)
        .order_by(Job.ended_at.desc()).limit(SHOWN)).all()
    return State(
        database=name, size=size, migration=_migration(), python=platform.python_version(),
        disks=disks(), files=files, bytes=stored, waiting=waiting, since=since, failed=failed,
        letters=(mail.count_waiting(), mail.failed_since(now - LATELY)) if mail.is_on() else None,
        backups=db.session.scalars(select(Backup).order_by(Backup.id.desc()).limit(SHOWN)).all())


class Trail(NamedTuple):
    """How the trail is sealed, for the page."""

    seal: AuditSeal | None
    waiting: int
    #: The newest checkpoint in the folder.
    kept: Checkpoint | None


def state_of_trail():
    """The Trail of this moment."""
    return Trail(last_seal(), count_waiting(), newest_kept())


def disks():
    """What lies on the disks of this machine → its Disk: the files and, on SQLite, the database."""
    places = {"files": Path(current_app.config["STORAGE"])}
    database = make_url(current_app.config["SQLALCHEMY_DATABASE_URI"])
    if database.get_backend_name() == "sqlite" and Path(database.database or "").is_file():
        places = {"database": Path(database.database).parent} | places
    return {name: Disk(usage.free, usage.total) for name, place in places.items()
            if place.is_dir() and (usage := shutil.disk_usage(place))}


def last_whole_backup():
    """When the newest backup was made that could be restored when it was tried; None without one.
    """
    return db.session.scalar(select(func.max(Backup.made_at)).where(
        Backup.tried_at.is_not(None), Backup.fault == ""))


def _database():
    """The name and version of the database, and its size in bytes."""
    if db.engine.dialect.name == "sqlite":
        version = db.session.scalar(select(func.sqlite_version()))
        pages, page = (db.session.scalar(text(f"PRAGMA {name}"))
                       for name in ("page_count", "page_size"))
        return f"SQLite {version}", pages * page
    version = db.session.scalar(text("SHOW server_version"))
    return f"PostgreSQL {version.split()[0]}", db.session.scalar(
        select(func.pg_database_size(func.current_database())))


def _migration():
    return (Path(current_app.root_path).parent / "migrations/HEAD").read_text(
        encoding="utf-8").strip()
