"""The pages of quizzes, by audience."""
