"""The pages of goals and figures, by audience."""
