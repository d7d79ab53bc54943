"""Tests of the demonstration province."""
