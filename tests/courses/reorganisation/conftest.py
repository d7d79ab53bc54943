"""What tests of acts that wait share."""
import pytest

from lms.kernel import clock

from courses.reorganisation.actions import take_effect


@pytest.fixture
def the_day(monkeypatch):
    """Let it be a day at noon, and what is done every minute be done."""
    def begin(day):
        moment = clock.now().replace(year=day.year, month=day.month, day=day.day)
        monkeypatch.setattr(clock, "source", lambda: moment)
        take_effect()
    return begin
