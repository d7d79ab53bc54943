"""Tests of questions in and out."""
