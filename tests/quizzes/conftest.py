"""The fixtures of the tests of quizzes."""
from datetime import timedelta

import pytest

from lms.kernel import clock

from tests.conftest import MORNING


@pytest.fixture
def later(monkeypatch):
    """``later(minutes)``: so many minutes after the morning of every test."""
    def move(minutes):
        monkeypatch.setattr(clock, "source", lambda: MORNING + timedelta(minutes=minutes))
    return move
