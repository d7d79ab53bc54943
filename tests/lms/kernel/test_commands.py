"""What is wrong with the database below is said in one line at the terminal."""
import pytest

from lms import create_app
from lms.kernel.db import db


@pytest.fixture
def terminal(database, tmp_path):
    """The terminal of an installation whose database has no tables yet."""
    address = (database.fresh_postgresql("bare") if database.on_postgresql()
               else f"sqlite:///{tmp_path}/new.sqlite")
    app = create_app({"DATABASE_URL": address, "SECRET_KEY": "x", "STORAGE": str(tmp_path),
                      "JOBS_FILE": str(tmp_path / "jobs.sqlite")})
    yield app.test_cli_runner()
    with app.app_context():
        db.engine.dispose()


@pytest.mark.parametrize("words", [
    "coverage show", "coverage check", "facts export out", "quizzes check", "audit verify",
    "accounts create-admin --username an --name An --password suối-mưa-ngựa-đá",
])
def test_a_database_without_tables_is_said_in_a_sentence(terminal, words, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    shown = terminal.invoke(args=words.split())

    assert shown.exit_code == 1
    assert "Hãy chạy “make migrate” trước." in shown.stderr
    assert "Traceback" not in shown.output
