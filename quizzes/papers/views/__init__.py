"""The pages of quizzes for those who write and run them."""
