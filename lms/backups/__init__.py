"""Backups: a copy of the database, the files and the secret, and whether it can be restored."""
