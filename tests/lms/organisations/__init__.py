"""Tests of lms/organisations."""
