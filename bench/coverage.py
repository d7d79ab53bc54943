"""Facts in, and the matrix of a whole province out: seconds and CPU, and how they grow."""
import argparse
import os
import tempfile
import time
from datetime import date
from pathlib import Path

from lms.kernel.db import db
from lms.kernel.transaction import transaction

from bench import facts_folder, growth
from bench.measuring import application, cpu
from courses.coverage.facts.load import import_folder
from courses.coverage.queries import figures
from tests import databases

SIZES = (1_000, 5_000, 20_000)
YEAR_ENDS = [date(year, 12, 31) for year in range(2019, 2026)] + [facts_folder.TODAY]


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


def main(growing=growth.SIZES):
    """Print a line for each size that is brought in, then how the pages grow."""
    name = "PostgreSQL" if databases.on_postgresql() else "SQLite"
    print(f"Coverage on {name}: {facts_folder.UNITS} units × {facts_folder.GOALS} goals, "
          f"eight years of facts")
    for people in map(int, os.environ.get("LMS_BENCH_PEOPLE", "").split() or SIZES):
        measure(people)
    growth.main(growing)


if __name__ == "__main__":
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--people", type=int, nargs="+", metavar="N",
                           help="measure only how the pages grow over these sizes")
    sizes = arguments.parse_args().people
    if sizes:
        growth.main(sizes)
    else:
        main()
