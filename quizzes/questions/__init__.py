"""The bank of questions: their kinds, wordings and versions."""
