"""The demonstration province: its content, and what is made from it."""
