"""The pages of the room, by audience."""
