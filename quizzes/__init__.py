"""Quizzes: questions, attempts, marks."""
