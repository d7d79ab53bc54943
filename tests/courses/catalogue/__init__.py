"""Tests of courses/catalogue."""
