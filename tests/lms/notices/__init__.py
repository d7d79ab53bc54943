"""Tests of lms/notices."""
