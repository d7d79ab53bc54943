"""Tests of lms/accounts."""
