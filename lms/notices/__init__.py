"""Messages inside the system: what somebody is told, and whether they have read it."""
