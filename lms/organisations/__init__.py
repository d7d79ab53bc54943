"""Units, their tree, and their reorganisation."""
