"""The fixtures of the tests of quizzes."""
from datetime import timedelta

import pytest

from lms.kernel import clock

from courses.completions.actions import finish_step
from quizzes.attempts.actions import submit
from quizzes.attempts.checking import faults
from tests.conftest import MORNING


@pytest.fixture
def later(monkeypatch):
    """``later(minutes)``: so many minutes after the morning of every test."""
    def move(minutes):
        monkeypatch.setattr(clock, "source", lambda: MORNING + timedelta(minutes=minutes))
    return move


@pytest.fixture
def ready(world, later):
    """Lan has read press law and handed in an empty attempt: what she passes now completes it."""
    submit(world.running, by=world.lan)
    for step in (world.law_intro, world.law_text):
        finish_step(world.lan, step, by=world.lan)
    later(10)
    return world


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
