"""Tests of reorganisations."""
