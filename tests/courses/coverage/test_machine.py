"""Whatever users do, in whatever order: every figure is the oracle's, and the past stays told."""
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test

from lms.kernel import clock

from tests.conftest import MORNING
from tests.courses.coverage.machine import Province

#: A few stories in every run; ``--hypothesis-profile=deep`` tells many and longer ones.
QUICK = settings(max_examples=5, stateful_step_count=13, derandomize=True, database=None)


class Clock:
    """A clock that goes on when it is told to."""

    def __init__(self, monkeypatch):
        self.back()
        monkeypatch.setattr(clock, "source", lambda: self.now)

    def back(self):
        """It is the morning again, an hour after the world was built."""
        self.now = MORNING + timedelta(hours=1)

    def pass_by(self, **time):
        """So much later."""
        self.now += timedelta(**time)


@pytest.mark.slow
def test_whatever_users_do_the_figures_are_the_oracles(world, monkeypatch):
    Province.world, Province.clock_of = world, Clock(monkeypatch)
    deep = settings.get_current_profile_name() == "deep"

    run_state_machine_as_test(Province, settings=settings(
        settings.get_profile("deep") if deep else QUICK, deadline=None,
        suppress_health_check=list(HealthCheck)))
