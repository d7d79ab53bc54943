"""Tests of courses/classes."""
