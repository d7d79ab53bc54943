"""Two who run jobs at once do an act once, and it is not taken for failed."""
import threading
import time
from datetime import date

import pytest
from sqlalchemy import select

from lms import create_app
from lms.kernel import clock
from lms.kernel.audit import AuditEntry
from lms.kernel.db import db
from lms.kernel.transaction import transaction
from lms.organisations.models import Unit
from lms.people.models import OFFICER, Person, Role

from courses.reorganisation.actions import reorganise, take_effect
from courses.reorganisation.models import Reorganisation
from courses.reorganisation.plan import Heir
from tests.courses.reorganisation.test_actions import plan

BEFORE = date(2020, 1, 1)


@pytest.fixture
def alone(database, tmp_path):
    """An application with a database of its own, in which an office waits to be renamed."""
    address = (database.url("acts") if database.on_postgresql()
               else f"sqlite:///{tmp_path}/lms.sqlite")
    app = create_app({"DATABASE_URL": address, "SECRET_KEY": "x", "TESTING": True,
                      "STORAGE": f"{tmp_path}/files", "JOBS_FILE": f"{tmp_path}/jobs.sqlite"})
    with app.app_context():
        db.create_all()
        with transaction():
            an = Person(key="AN", full_name="Lý Hoài Ân")
            office = Unit(key="VP", name_vi="Văn phòng", kind="department", valid_from=BEFORE)
            db.session.add_all([an, office, Role(person=an, kind=OFFICER, valid_from=BEFORE)])
            db.session.flush()
            reorganise(plan("rename", office, heirs=[Heir(name_vi="Văn phòng Sở")],
                            on=clock.today().replace(year=2999)), by=an)
        yield app
        db.session.remove()
        db.engine.dispose()


def run(app):
    """What another runner of jobs does."""
    with app.app_context(), transaction():
        take_effect()


def test_a_runner_that_comes_a_moment_later_leaves_what_the_first_one_did(alone, monkeypatch):
    moment = clock.now().replace(year=2999)
    monkeypatch.setattr(clock, "source", lambda: moment)
    other = threading.Thread(target=run, args=(alone,))

    with transaction():
        take_effect()
        other.start()
        time.sleep(0.5)  # It sees the act waiting, for nothing is committed yet.
    other.join()

    db.session.expire_all()
    act = db.session.scalars(select(Reorganisation)).one()
    assert (act.done_at, act.failed_at) == (moment, None)
    assert db.session.scalars(select(AuditEntry.verb).order_by(AuditEntry.id)).all() == [
        "act entered ahead", "units reorganised"]
