"""Quizzes: which questions are asked, by which rules."""
