"""Questions about goals and the people behind the figures."""
