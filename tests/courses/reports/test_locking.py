"""Locking: what is kept, who may, what never changes."""
