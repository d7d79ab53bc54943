"""The fact of learning."""
