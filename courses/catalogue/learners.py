"""How many learn a course: asked of the rooms above, which know."""

_counters = []


def count_with(counter):
    """Have ``counter(course)``, which gives (under way, completed), asked before publishing."""
    if counter not in _counters:
        _counters.append(counter)


def learners_of(course):
    """How many people are in the middle of ``course``, and how many completed it."""
    counts = [counter(course) for counter in _counters]
    return sum(under_way for under_way, _ in counts), sum(done for _, done in counts)
