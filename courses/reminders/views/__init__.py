"""The pages of reminders, by audience."""
