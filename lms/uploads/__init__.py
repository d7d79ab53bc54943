"""Large files sent in pieces, so that a line that breaks costs one piece."""
