"""Several write at once while the trail is sealed: nothing is left out, and nothing false told."""
import random
import threading
import time

import pytest

from lms import create_app
from lms.kernel import audit
from lms.kernel.audit import AuditEntry
from lms.kernel.db import db
from lms.kernel.sealing import AuditSeal, seal_what_waits
from lms.kernel.transaction import transaction
from lms.kernel.verifying import verify
from lms.people.models import Person

pytestmark = pytest.mark.slow

WRITERS, ACTS = 4, 25


@pytest.fixture
def alone(database, tmp_path):
    """An application with a database of its own, in which one person can act."""
    address = (database.url("sealing") if database.on_postgresql()
               else f"sqlite:///{tmp_path}/lms.sqlite")
    app = create_app({"DATABASE_URL": address, "SECRET_KEY": "x", "TESTING": True,
                      "AUDIT_KEY": "for tests only", "STORAGE": f"{tmp_path}/files",
                      "JOBS_FILE": f"{tmp_path}/jobs.sqlite"})
    with app.app_context():
        db.create_all()
        with transaction():
            db.session.add(Person(key="AN", full_name="Lý Hoài Ân"))
        yield app
        db.session.remove()
        db.engine.dispose()


def act(app, seed, done):
    """Act again and again; some acts take long, some come to nothing after all."""
    chance = random.Random(seed)
    for number in range(ACTS):
        with app.app_context():
            try:
                with transaction():
                    by = db.session.scalars(db.select(Person)).one()
                    for _entry in range(chance.randint(1, 4)):
                        audit.record(by, "tried", by, writer=seed, number=number)
                    time.sleep(chance.random() / 50)
                    if chance.random() < 0.2:
                        raise KeyError
            except KeyError:
                continue
    done.append(seed)


def seal(app, done):
    """Seal again and again until all are done."""
    while len(done) < WRITERS:
        with app.app_context(), transaction():
            seal_what_waits()


def test_what_several_write_at_once_is_sealed_once_and_verified(alone):
    done = []
    threads = [threading.Thread(target=act, args=(alone, seed, done)) for seed in range(WRITERS)]
    threads += [threading.Thread(target=seal, args=(alone, done)) for _sealer in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    with transaction():
        seal_what_waits()
    verdict = verify()
    entries = db.session.scalar(db.select(db.func.count(AuditEntry.id)))
    assert verdict.faults == []
    assert (verdict.entries, verdict.waiting) == (entries, 0)
    assert entries > WRITERS * ACTS
    assert db.session.scalar(db.select(db.func.count(AuditSeal.number))) > 3
