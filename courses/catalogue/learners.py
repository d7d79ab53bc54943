"""How many learn a course: asked of the rooms above, which know."""
from lms.kernel.offers import Offers

#: ``(course)`` → (how many are under way, how many completed it).
counters = Offers()


def learners_of(course):
    """How many people are in the middle of ``course``, and how many completed it."""
    counts = counters.of(course)
    return sum(under_way for under_way, _ in counts), sum(done for _, done in counts)
