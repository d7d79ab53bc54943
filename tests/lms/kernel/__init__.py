"""Tests of lms/kernel."""
