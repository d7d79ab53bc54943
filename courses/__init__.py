"""Courses: what is learned, in which classes, by whom, and how far along we are."""
