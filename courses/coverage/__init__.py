"""Goals, and how far along we are."""
