"""What a trainer learns from a test: its questions, its paper, what was gained, what is odd."""
