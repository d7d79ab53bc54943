"""The pages of classes, by audience."""
