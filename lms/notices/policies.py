"""Who may read a message."""


def may_read_notice(person, notice):
    """A message is read by the one it was written to, and by nobody else."""
    return notice.person_id == person.id
