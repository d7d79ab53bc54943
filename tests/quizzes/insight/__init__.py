"""Tests of what a trainer learns from a test."""
