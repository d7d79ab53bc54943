"""Attempts: the answers of a person to a paper, and their mark."""
