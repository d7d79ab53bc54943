"""Surveys: what people think, without who thought it."""
