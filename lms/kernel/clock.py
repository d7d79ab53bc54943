"""The only place that knows what time it is."""
from datetime import UTC, datetime, timedelta
from functools import partial
from zoneinfo import ZoneInfo

from flask import current_app, has_app_context

DEFAULT_ZONE = "Asia/Ho_Chi_Minh"

#: Where the time comes from; tests put a clock that stands still in its place.
source = partial(datetime.now, UTC)


def zone():
    """The time zone of the deployment (setting ``TIMEZONE``)."""
    return ZoneInfo(current_app.config["TIMEZONE"] if has_app_context() else DEFAULT_ZONE)


def now():
    """This moment, in UTC."""
    return source()


def today():
    """The calendar day it is in the deployment's time zone."""
    return local(now()).date()


def local(moment):
    """``moment`` as the clock on the wall shows it in the deployment."""
    return moment.astimezone(zone())


def end_of(day):
    """The last moment, in UTC, of the calendar ``day`` in the deployment's time zone."""
    midnight = datetime(day.year, day.month, day.day, tzinfo=zone()) + timedelta(days=1)
    return midnight.astimezone(UTC) - timedelta(microseconds=1)
