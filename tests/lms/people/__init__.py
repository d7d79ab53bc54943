"""Tests of lms/people."""
