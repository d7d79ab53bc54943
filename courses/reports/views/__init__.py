"""The pages of reports, by audience."""
