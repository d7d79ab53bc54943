"""Quiet hours, at their edges."""
from datetime import datetime

import pytest

from lms.kernel.quiet import is_quiet, quiet_at

NIGHT, SUNDAY = "20:00-07:00", "sunday"


@pytest.mark.parametrize(("at", "quiet"), [
    ("2026-11-25 06:59", True), ("2026-11-25 07:00", False), ("2026-11-25 19:59", False),
    ("2026-11-25 20:00", True), ("2026-11-26 00:00", True),
    ("2026-11-28 19:59", False), ("2026-11-29 12:00", True), ("2026-11-30 07:00", False)])
def test_the_night_and_sunday_are_quiet(at, quiet):
    assert quiet_at(datetime.fromisoformat(at), NIGHT, SUNDAY) is quiet


@pytest.mark.parametrize(("at", "hours", "days", "quiet"), [
    ("2026-11-25 12:00", "11:30-13:30", "", True), ("2026-11-25 13:30", "11:30-13:30", "", False),
    ("2026-11-28 12:00", "", "Saturday, sunday", True), ("2026-11-25 03:00", "", "", False)])
def test_the_settings_say_when(at, hours, days, quiet):
    assert quiet_at(datetime.fromisoformat(at), hours, days) is quiet


def test_the_clock_on_the_wall_of_the_deployment_counts(world):
    # 10:00 on a Wednesday in Cao Bằng.
    assert is_quiet(datetime.fromisoformat("2026-11-25T03:00+00:00")) is False
    assert is_quiet(datetime.fromisoformat("2026-11-25T14:00+00:00")) is True
