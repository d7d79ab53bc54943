"""What people mark: the queue of answers, the rubric, the second and the third marker."""
