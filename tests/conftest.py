"""The fixtures of every test: ``database``, ``app``, ``world``, ``browse``."""
import gc
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from sqlalchemy.pool import StaticPool

from lms import create_app
from lms.kernel import clock, probing
from lms.kernel.db import db

from tests import databases
from tests import world as world_module
from tests.browser import Browser
from tests.journeys.server import Province

#: The morning every test happens on: Wednesday 25/11/2026, 10:00 in Cao Bằng.
MORNING = datetime(2026, 11, 25, 3, 0, tzinfo=UTC)


# What a test says does not depend on how busy the machine is.
settings.register_profile("house", deadline=None, suppress_health_check=[
    HealthCheck.too_slow, HealthCheck.data_too_large])
settings.load_profile("house")
databases.watch()
# Many and longer stories of tests/courses/coverage/test_machine.py.
settings.register_profile("deep", settings.get_profile("house"), max_examples=400,
                          stateful_step_count=40)


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items):
    """Mark what runs on each database, and what opens pages: by the fixtures that tests ask for."""
    for item in items:
        for fixture, mark in (("database", "database"), ("browse", "pages")):
            if fixture in item.fixturenames:
                item.add_marker(mark)


def pytest_collection_finish():
    """What was imported stays; a look for garbage every hundred thousand objects is enough.

    Python looks every seven hundred, which takes one second in twenty of a run.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 50, 100)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item):
    """A test begins: nobody has touched a database yet."""
    databases.touched.clear()
    return (yield)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(item):
    """A test that runs on one database only, because it asks for none, has touched none."""
    answer = yield
    if "database" not in item.fixturenames:
        assert databases.touched == [], "Whoever touches a database asks for ``database``."
    return answer


@pytest.fixture(scope="session")
def database():
    """Where databases come from; whoever asks for it runs on SQLite and on PostgreSQL."""
    return databases


@pytest.fixture(scope="session")
def app(database, tmp_path_factory):
    """The application on an empty database, with the world built once."""
    settings = {
        "TESTING": True, "SECRET_KEY": "for tests only", "WTF_CSRF_ENABLED": False,
        "AUDIT_KEY": "for tests only", "CHECKPOINTS": str(tmp_path_factory.mktemp("checkpoints")),
        "STORAGE": str(tmp_path_factory.mktemp("files")),
        "JOBS_FILE": str(tmp_path_factory.mktemp("jobs") / "jobs.sqlite"),
        "DATABASE_URL": database.url(),
    }
    if not database.on_postgresql():
        settings["SQLALCHEMY_ENGINE_OPTIONS"] = {"poolclass": StaticPool}
    application = create_app(settings)
    with application.app_context():
        db.create_all()
        clock.source, real = (lambda: MORNING), clock.source
        world_module.build()
        clock.source = real
        db.session.remove()
    application.files_of_the_world = files_in(application)
    yield application
    with application.app_context():
        db.engine.dispose()


@pytest.fixture(scope="session")
def demonstration(database, tmp_path_factory):
    """The demonstration province, built once as a pattern of which others take copies."""
    return Province(tmp_path_factory.mktemp("province"))


def files_in(app):
    """The bytes of all files that ``app`` keeps, by their path."""
    return {path: path.read_bytes() for path in Path(app.config["STORAGE"]).rglob("*")
            if path.is_file()}


@contextmanager
def fresh_world(app):
    """The world as it was built, for one test or one history: all it changes is rolled back, and
    the files it took away lie in their places again, no checkpoint tells of it, and nobody has
    missed a code yet: in a minute that stands still the misses of all tests would add up.
    """
    with app.app_context():
        engines = db.engines
        engine = engines[None]
        with engine.connect() as connection:
            outer = connection.begin()
            engines[None] = connection
            yield world_module.World()
            db.session.remove()
            engines[None] = engine
            outer.rollback()
    for path, content in app.files_of_the_world.items():
        if not path.exists():
            path.write_bytes(content)
    for path in Path(app.config["CHECKPOINTS"]).iterdir():
        path.unlink()
    probing._missed.clear()


@pytest.fixture
def world(app, monkeypatch):
    """The world as it was built, for this test alone."""
    monkeypatch.setattr(clock, "source", lambda: MORNING)
    with fresh_world(app) as inhabited:
        yield inhabited


@pytest.fixture
def browse(app, world):
    """``browse(world.lan)`` is a browser in which Lan is signed in; ``browse()`` a stranger's."""
    def sign_in(person=None):
        return Browser(app, person)
    return sign_in
