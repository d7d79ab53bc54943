"""Whoever never comes back is handed in by the clock, never later than promised."""
from datetime import timedelta
from types import SimpleNamespace

import pytest
from flask import current_app

from lms import serve
from lms.kernel import clock, jobs

from quizzes.attempts.protocol import GRACE, QUEUE, TIMED_OUT
from tests.conftest import MORNING

#: Handed in by the clock so long after the deadline and its grace at the latest.
PROMISED = timedelta(seconds=60)


class Family(serve.Family):
    """The children of the server: the one for jobs never ends, the one for what is done often does
    it at once, with what the test sees.
    """

    def bear(self, name, _run):
        """A child is born."""
        if name == serve.OFTEN:
            jobs.do_often()
        else:
            self.children[len(self.children)] = (name, 0)


@pytest.mark.parametrize("second", [0, 1, 7, 14, 15, 29, 31, 59])
def test_the_clock_hands_in_within_a_minute_of_the_grace_also_while_a_long_job_is_under_way(
        world, monkeypatch, second):
    attempt = world.running
    attempt.deadline = MORNING + timedelta(minutes=30, seconds=second)
    last = attempt.deadline + GRACE
    now = attempt.deadline - timedelta(seconds=5)
    monkeypatch.setattr(clock, "source", lambda: now)
    monkeypatch.setattr(serve, "time", SimpleNamespace(
        time=lambda: now.timestamp(), monotonic=lambda: now.timestamp()))
    family = Family(current_app._get_current_object(), {})

    while attempt.submitted_at is None and now <= last + PROMISED:
        family.look_for_jobs()
        family.do_often()
        now += timedelta(seconds=serve.LOOK)

    assert family.is_at(serve.JOBS)
    assert attempt.state == TIMED_OUT
    assert last + QUEUE <= now <= last + PROMISED
