"""What jobs gave is kept for a time and no longer."""
from datetime import timedelta

import pytest
from sqlalchemy import text

from lms.kernel import clock, jobs
from lms.kernel.db import db

from tests.conftest import MORNING
from tests.statements import counted

SHORT = timedelta(days=2)
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def works(monkeypatch, world):
    """Work whose result is kept as usual, and work whose result is kept for two days."""
    monkeypatch.setattr(jobs, "_work", {})
    monkeypatch.setattr(jobs, "_kept", {})
    jobs.work("usual")(lambda: {"found": 1})
    jobs.work("short", SHORT)(lambda: {"keys": ["A"]})


def done(name):
    """A job of that name that was asked for and done."""
    job = jobs.later(name, None)
    db.session.commit()
    jobs.run(job.id)
    return job


def after(monkeypatch, time):
    """So long afterwards the runner of jobs comes by, as it does every minute."""
    monkeypatch.setattr(clock, "source", lambda: MORNING + time)
    jobs.forget_results()
    db.session.commit()


@pytest.mark.parametrize(("name", "kept"), [("usual", jobs.KEPT), ("short", SHORT)])
def test_what_a_job_gave_is_let_go_of_when_its_time_is_over(monkeypatch, name, kept):
    monkeypatch.setattr(clock, "source", lambda: MORNING)
    job = done(name)
    after(monkeypatch, kept)
    assert (job.has_let_go, job.result is None) == (False, False)

    after(monkeypatch, kept + timedelta(seconds=1))

    assert (job.has_let_go, job.result, job.fault) == (True, None, None)
    assert job.ended_at == MORNING


def test_nothing_of_it_stays_in_the_database(monkeypatch):
    monkeypatch.setattr(clock, "source", lambda: MORNING)
    done("short")

    after(monkeypatch, 3 * DAY)

    assert db.session.execute(text("SELECT result FROM job")).scalars().all() == [None]


def test_a_job_that_waits_is_left_alone(monkeypatch):
    monkeypatch.setattr(clock, "source", lambda: MORNING)
    job = jobs.later("short", None)
    db.session.commit()

    after(monkeypatch, 90 * DAY)

    assert (job.has_let_go, job.waits) == (False, True)
    jobs.run(job.id)
    assert job.result == {"keys": ["A"]}


def test_what_a_job_gave_whose_name_nobody_knows_any_more_goes_too(monkeypatch):
    monkeypatch.setattr(clock, "source", lambda: MORNING)
    job = done("usual")
    job.name = "of an earlier release"
    db.session.commit()

    after(monkeypatch, jobs.KEPT + DAY)

    assert job.result is None


def test_where_there_is_nothing_to_let_go_of_nothing_is_written(monkeypatch):
    monkeypatch.setattr(clock, "source", lambda: MORNING)
    done("usual")

    with counted() as statements:
        jobs.forget_results()

    assert [one.split()[0] for one in statements] == ["SELECT"]
