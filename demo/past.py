"""Acting as of a day gone by, so that what happened then is recorded as of then; and by lot."""
from contextlib import contextmanager
from datetime import UTC, datetime, time

from lms.kernel import clock

from quizzes.papers import assembling


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


@contextmanager
def by_lot(lots):
    """Inside the block papers are drawn and shuffled by ``lots``."""
    real, assembling.chance = assembling.chance, lots
    try:
        yield
    finally:
        assembling.chance = real
