"""Down by import, up by signal, never sideways."""
import subprocess
import sys
from pathlib import Path

from lms import create_app
from lms.kernel.db import db

ROOT = Path(__file__).resolve().parent.parent.parent


def test_the_import_contracts_are_kept():
    lint = Path(sys.executable).parent / "lint-imports"

    answer = subprocess.run([lint, "--no-cache"], cwd=ROOT, capture_output=True, text=True)

    assert answer.returncode == 0, answer.stdout


def test_the_ground_floor_stands_without_the_features(database, tmp_path):
    app = create_app({
        "PACKAGES": ("lms.organisations", "lms.people", "lms.accounts"), "SECRET_KEY": "x",
        "DATABASE_URL": database.url("ground"), "TESTING": True,
        "JOBS_FILE": str(tmp_path / "jobs.sqlite"), "STORAGE": str(tmp_path)})

    with app.app_context():
        db.create_all()

        assert app.test_client().get("/sign-in").status_code == 200

        db.engine.dispose()
