"""Tests of lms/transfers."""
