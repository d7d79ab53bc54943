"""The fixtures of the tests of quizzes."""
from datetime import timedelta

import pytest

from lms.kernel import clock

from quizzes.attempts.checking import faults
from tests.conftest import MORNING


@pytest.fixture
def later(monkeypatch):
    """``later(minutes)``: so many minutes after the morning of every test."""
    def move(minutes):
        monkeypatch.setattr(clock, "source", lambda: MORNING + timedelta(minutes=minutes))
    return move


@pytest.fixture(autouse=True)
def every_promise_holds(request):
    """After each test every attempt in the world is as promised."""
    if "world" not in request.fixturenames:
        yield
        return
    request.getfixturevalue("world")
    yield
    if not request.node.get_closest_marker("breaks_promises"):
        assert faults()[0] == []
