"""The pages on which courses are learned, and the record of what was learned."""
