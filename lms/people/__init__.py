"""Persons, their dated memberships and roles, and how lists of them come in."""
