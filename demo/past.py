"""Acting as of a day gone by, so that what happened then is recorded as of then."""
from contextlib import contextmanager
from datetime import UTC, datetime, time

from lms.kernel import clock


@contextmanager
def on(day, hour=3):
    """Inside the block it is ``day``, at ``hour`` o'clock UTC."""
    real = clock.source
    moment = datetime.combine(day, time(hour), UTC)
    clock.source = lambda: moment
    try:
        yield
    finally:
        clock.source = real
