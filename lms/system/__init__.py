"""The system itself: its database, disk, jobs, letters and backups, for who runs it."""
