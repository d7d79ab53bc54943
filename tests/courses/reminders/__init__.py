"""Tests of courses/reminders."""
