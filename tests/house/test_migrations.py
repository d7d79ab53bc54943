"""The migrations build exactly the models, and go down again."""
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from flask_migrate import downgrade, upgrade
from sqlalchemy import inspect, text

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


@pytest.mark.slow
def test_whom_the_entries_there_are_were_about_is_told_when_the_table_is_made(empty_app):
    upgrade(revision="0026")
    with db.engine.begin() as connection:
        for name in ("LAN", "PAO", "AN"):
            connection.execute(text(
                "INSERT INTO person (key, full_name, birth, gender, phone, email, sort_key, fold)"
                f" VALUES ('{name}', '{name}', '', '', '', '', '', '')"))
        lan, pao, an = connection.execute(text("SELECT id FROM person ORDER BY id")).scalars()
        connection.execute(text(
            "INSERT INTO account (person_id, username, password_hash, code_hash, made_at)"
            f" VALUES ({pao}, 'pao', '', '', '2026-11-25 03:00:00')"))
        account = connection.execute(text("SELECT id FROM account")).scalar()
        for by, subject, details in (
                (an, f"person:{lan}", "{}"), (an, f"account:{account}", "{}"),
                (an, "goal:1", f'{{"people": [{lan}, {pao}, {an}, 999]}}'),
                (an, "attempt:1", f'{{"person": {pao}}}'), (lan, f"person:{lan}", "{}"),
                ("NULL", f"person:{lan}", '{"people": 3}')):
            connection.execute(text(
                "INSERT INTO audit_entry (at, by_id, verb, subject, details)"
                f" VALUES ('2026-11-25 03:00:00', {by}, 'tried', '{subject}', '{details}')"
                .replace(":", "\\:")))

    upgrade(revision="0027")

    with db.engine.connect() as connection:
        first = connection.execute(text("SELECT min(id) FROM audit_entry")).scalar()
        about = connection.execute(text(
            "SELECT entry_id, person_id FROM audit_about ORDER BY entry_id, person_id")).all()
    assert [(entry - first, person) for entry, person in about] == [
        (0, lan), (1, pao), (2, lan), (2, pao), (3, pao), (5, lan)]
