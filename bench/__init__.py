"""How fast and how small: figures with their ratio to a bare baseline of the same run."""
