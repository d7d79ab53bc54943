"""How either database is copied while it is in use, and how a copy is opened elsewhere.

SQLite does both by itself; for PostgreSQL its own programs do, which know each version of it.
"""
import os
import shutil
import subprocess
from contextlib import closing

from sqlalchemy import create_engine, make_url

from lms.kernel.errors import Refusal
from lms.kernel.i18n import _
from lms.kernel.sqlite import in_memory, sqlite3

SQLITE, POSTGRESQL = "lms.sqlite", "lms.dump"
#: Characters of what a program said that are told.
TOLD = 500


def name_of(url):
    """What the copy of the database at ``url`` is called."""
    return SQLITE if make_url(url).get_backend_name() == "sqlite" else POSTGRESQL


def copy_database(url, target):
    """Copy the database at ``url`` to the new file ``target``, as it is at one moment; others go on
    writing meanwhile.
    """
    if name_of(url) == POSTGRESQL:
        _run("pg_dump", url, "--format=custom", f"--file={target}")
        return
    database = make_url(url).database
    if in_memory(database):
        raise Refusal(_("A database in memory is gone when the system stops; there is nothing to "
                        "back up."))
    with closing(sqlite3.connect(database)) as connection:
        connection.execute("VACUUM INTO ?", (str(target),))


def open_copy(copy, folder, into):
    """Open the ``copy`` of a database elsewhere and give its address: SQLite's in ``folder``,
    PostgreSQL's in the empty database at the address ``into``.

    Refuses a copy that is damaged.
    """
    if copy.name == POSTGRESQL:
        if not into:
            raise Refusal(_("A PostgreSQL backup is tried in an empty database: name its address "
                            "with --into."))
        _run("pg_restore", into, "--no-owner", "--exit-on-error", copy)
        return into
    shutil.copyfile(copy, folder / SQLITE)
    faults = _faults_in(folder / SQLITE)
    if faults:
        raise Refusal(_("The copy of the database is damaged: %(said)s", said=faults[0]))
    return f"sqlite:///{folder / SQLITE}"


def _faults_in(database):
    """What SQLite finds wrong in the file ``database``, in its words."""
    with closing(sqlite3.connect(database)) as connection:
        try:
            said = [row[0] for row in connection.execute("PRAGMA integrity_check")]
            lost = [f"{table} {row}" for table, row, *_parent in connection.execute(
                "PRAGMA foreign_key_check")]
        except sqlite3.DatabaseError as error:
            return [str(error)]
    return [words for words in said if words != "ok"] + lost


def ask_copy(url, question):
    """The first column of what the database at ``url`` answers to the text ``question``."""
    engine = create_engine(url)
    with engine.connect() as connection:
        found = connection.exec_driver_sql(question).scalars().all()
    engine.dispose()
    return found


def _run(program, url, *words):
    """Run a ``program`` of PostgreSQL on the database at ``url``; its password is in no list of
    processes.
    """
    address = make_url(url)
    plain = address.set(drivername="postgresql", password=None)
    environment = os.environ | ({"PGPASSWORD": address.password} if address.password else {})
    try:
        ended = subprocess.run(  # noqa: S603 - programs and words of ours
            [program, f"--dbname={plain.render_as_string()}", *map(str, words)],
            env=environment, capture_output=True, text=True, check=False)
    except FileNotFoundError:
        raise Refusal(_("%(program)s is not on this machine. Install the client programs of "
                        "PostgreSQL, of the version of the server.", program=program)) from None
    if ended.returncode:
        raise Refusal(_("%(program)s failed: %(said)s", program=program,
                        said=ended.stderr.strip()[-TOLD:]))
