"""The pages on which courses are written."""
