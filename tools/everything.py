"""``make test``: every test; whatever a database concerns on SQLite and, beside it, on PostgreSQL.

Each of the two runs has half of the cores and builds its world and its province once.  What is
marked ``looks``, and what concerns no database, is seen beside SQLite alone, for the rest takes
longer on PostgreSQL: neither run waits long for the other.  What the one on PostgreSQL says is
kept, and shown when the one on SQLite is through.  Words after the name go to both:
``python -m tools.everything tests/house``.
"""
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SAID = ROOT / "var" / "tests-on-postgresql.txt"
#: How pytest ends where none of the tests asked for is of its kind.
NONE_FOUND = 5


def command(*only):
    """The words that run the tests, all or ``only`` some, on half of the cores."""
    half = (os.cpu_count() or 2) // 2
    workers = ["-n", str(half), "--dist", "loadscope"] if half > 1 else []
    return [sys.executable, "-m", "pytest", "-q", *workers, *only, *sys.argv[1:]]


def on(database):
    """The environment of a run on ``database``."""
    return os.environ | {"LMS_TEST_DATABASE": database}


def tell(words):
    """Say it at once, before what the tests say."""
    sys.stdout.write(words)
    sys.stdout.flush()


def main():
    """Run both; gives the code to end with, which is 0 if both found all well."""
    SAID.parent.mkdir(exist_ok=True)
    with SAID.open("w+", encoding="utf-8") as said, subprocess.Popen(  # noqa: S603 - as written
            command("-m", "database and not looks"), cwd=ROOT, env=on("postgresql"), stdout=said,
            stderr=subprocess.STDOUT) as beside:
        tell("== On SQLite, with the tests that concern no database\n")
        here = subprocess.run(command(), cwd=ROOT,  # noqa: S603 - as written
                              env=on("sqlite"), check=False).returncode
        tell("== On PostgreSQL, at the same time: the tests that a database concerns\n")
        there = beside.wait()
        said.seek(0)
        tell(said.read())
    codes = {here, there}
    return max(codes - {NONE_FOUND} or codes)


if __name__ == "__main__":
    sys.exit(main())
