"""Facts in, and the matrix of a whole province out: seconds and CPU, and how they grow."""
import os
import tempfile
import time
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from lms import create_app
from lms.kernel.db import db
from lms.kernel.transaction import transaction

from bench import facts_folder
from courses.coverage.facts.load import import_folder
from courses.coverage.queries import figures
from tests import databases

SIZES = (1_000, 5_000, 20_000)
YEAR_ENDS = [date(year, 12, 31) for year in range(2019, 2026)] + [facts_folder.TODAY]


@contextmanager
def application(folder):
    """The application on an empty database of its own, which is gone afterwards."""
    address = (databases.fresh_postgresql("bench") if databases.on_postgresql()
               else f"sqlite:///{folder / 'bench.sqlite'}")
    app = create_app({"DATABASE_URL": address, "SECRET_KEY": "bench", "STORAGE": str(folder),
                      "JOBS_FILE": str(folder / "jobs.sqlite")})
    with app.app_context():
        db.create_all()
        yield app
        db.session.remove()
        db.engine.dispose()


def cpu(work, repeat=5):
    """The CPU milliseconds of this process for ``work``, the best of some runs."""
    best = float("inf")
    for _ in range(repeat):
        start = time.process_time()
        work()
        best = min(best, time.process_time() - start)
        db.session.rollback()
    return best * 1000


def seconds(work):
    """The seconds ``work`` takes on the clock, and what it returns."""
    start = time.perf_counter()
    result = work()
    return time.perf_counter() - start, result


def bare_rows(count):
    """The baseline: fetch ``count`` integers one row each, the least that reading them costs."""
    db.session.execute(db.text(
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < :count) "
        "SELECT i FROM n"), {"count": count}).all()


def bare_inserts(count):
    """The baseline of an import: so many rows of four numbers in one transaction, no more."""
    bare = db.Table("bare", db.MetaData(), *(db.Column(name, db.Integer) for name in "abcd"))
    with transaction():
        bare.create(db.session.connection())
        db.session.execute(bare.insert(), [{"a": n, "b": n, "c": n, "d": n} for n in range(count)])


def take_in(path):
    """Import the folder in one transaction."""
    with transaction():
        return import_folder(path)


def measure(people):
    """One province of ``people``: import, matrix of one day, of eight year-ends."""
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        facts_folder.build(folder / "facts", people)
        with application(folder):
            taken, outcome = seconds(lambda: take_in(folder / "facts"))
            facts = sum(outcome.added.values())
            bare, _nothing = seconds(lambda: bare_inserts(facts))
            db.session.execute(db.text("ANALYZE"))
            db.session.commit()
            matrix = cpu(lambda: figures(on=facts_folder.TODAY))
            years = cpu(lambda: [figures(on=day) for day in YEAR_ENDS], repeat=2)
            rows = cpu(lambda: bare_rows(facts))
            count = len(figures(on=facts_folder.TODAY))
    print(f"{people:>7,} people  {facts:>9,} facts  "
          f"import {taken:6.1f} s = {taken / bare:4.1f} × bare inserts;  "
          f"{count:,} figures {matrix:6.0f} ms CPU = {matrix / rows:5.2f} × one row a fact;  "
          f"eight year-ends {years:6.0f} ms")


def main():
    """Print a line for each size."""
    name = "PostgreSQL" if databases.on_postgresql() else "SQLite"
    print(f"Coverage on {name}: {facts_folder.UNITS} units × {facts_folder.GOALS} goals, "
          f"eight years of facts")
    for people in map(int, os.environ.get("LMS_BENCH_PEOPLE", "").split() or SIZES):
        measure(people)


if __name__ == "__main__":
    main()
