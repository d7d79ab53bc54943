"""Tests of marking by hand."""
