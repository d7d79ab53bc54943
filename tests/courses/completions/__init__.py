"""Tests of courses/completions."""
