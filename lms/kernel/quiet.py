"""When nobody is disturbed: hours of every day, and whole days."""
from datetime import time

from flask import current_app

from lms.kernel import clock

DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


def is_quiet(moment):
    """Whether nobody is reminded at ``moment``, by the settings and the clock on the wall."""
    config = current_app.config
    return quiet_at(clock.local(moment), config["QUIET_HOURS"], config["QUIET_DAYS"])


def quiet_at(local, hours, days):
    """Whether ``local`` lies in ``hours`` ("20:00-07:00", the end left out) or on one of ``days``.

    Hours may run over midnight; either setting may be empty.
    """
    if DAYS[local.weekday()] in days.lower().replace(",", " ").split():
        return True
    if not hours:
        return False
    begin, end = (time.fromisoformat(text.strip()) for text in hours.split("-"))
    now = local.time()
    return begin <= now < end if begin <= end else now >= begin or now < end
