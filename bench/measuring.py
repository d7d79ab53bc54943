"""An application on an empty database, and the CPU a piece of work takes."""
import time
from contextlib import contextmanager

from lms import create_app
from lms.kernel.db import db

from tests import databases


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
