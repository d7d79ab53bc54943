"""The migrations build exactly the models, and go down again."""
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from flask_migrate import downgrade, upgrade
from sqlalchemy import inspect

from lms import create_app
from lms.kernel.db import db
from lms.kernel.migrations import migrate

VERSIONS = Path(__file__).resolve().parent.parent.parent / "migrations"


@pytest.fixture
def empty_app(database, tmp_path):
    """An application on a database without a table."""
    url = (database.url("migrations") if database.on_postgresql()
           else f"sqlite:///{tmp_path}/lms.sqlite")
    app = create_app({"SECRET_KEY": "x", "DATABASE_URL": url, "TESTING": True,
                      "JOBS_FILE": str(tmp_path / "jobs.sqlite"), "STORAGE": str(tmp_path)})
    migrate.init_app(app)
    with app.app_context():
        yield app
        db.session.remove()
        db.engine.dispose()


@pytest.mark.slow
def test_the_migrations_build_exactly_the_models(empty_app):
    upgrade()

    with db.engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(
            connection, opts={"compare_type": True}), db.metadata) == []


@pytest.mark.slow
def test_the_migrations_go_down_again(empty_app):
    upgrade()
    downgrade(revision="base")

    assert set(inspect(db.engine).get_table_names()) - {"alembic_version"} == set()


def test_the_head_is_written_down_so_that_two_branches_collide_in_git():
    newest = max(path.name[:4] for path in (VERSIONS / "versions").glob("*.py"))

    assert (VERSIONS / "HEAD").read_text().strip() == newest
