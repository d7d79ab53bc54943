"""Why somebody may take a course that is not open to everybody: told by the rooms above."""

_offered = []


def offer(reason):
    """Have ``reason(person, course)`` asked: whether the course is expected of the person."""
    if reason not in _offered:
        _offered.append(reason)


def given(person, course):
    """Whether there is a reason for ``person`` to take ``course``."""
    return any(reason(person, course) for reason in _offered)
