"""Tests of courses/coverage."""
