"""Signing in, passwords, sessions."""
