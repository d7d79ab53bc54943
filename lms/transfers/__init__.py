"""Moves to a unit the asker does not answer for: asked by one side, decided by the other."""
