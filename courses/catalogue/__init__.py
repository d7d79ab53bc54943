"""Courses, their versions and activities."""
