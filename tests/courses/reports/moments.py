"""Time that passes between locking a report and looking at it again."""
from datetime import timedelta

from lms.kernel import clock


def later(monkeypatch, **span):
    """From now on it is so much later; gives the moment."""
    moment = clock.now() + timedelta(**span)
    monkeypatch.setattr(clock, "source", lambda: moment)
    return moment
