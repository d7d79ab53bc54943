"""Acting as of a day gone by, so that what happened then is recorded as of then."""
from contextlib import contextmanager
from datetime import UTC, datetime, time

from lms.kernel import clock


def on(day, hour=3):
    """Inside the block it is ``day``, at ``hour`` o'clock UTC."""
    return at(datetime.combine(day, time(hour), UTC))


@contextmanager
def at(moment):
    """Inside the block it is ``moment``."""
    real = clock.source
    clock.source = lambda: moment
    try:
        yield
    finally:
        clock.source = real
