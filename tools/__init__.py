"""Small programs that look after the project; none of them is needed to run it."""
