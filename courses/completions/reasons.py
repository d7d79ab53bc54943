"""Why somebody may take a course that is not open to everybody: told by the rooms above."""
from lms.kernel.offers import Offers

#: ``(person, course)`` → whether the course is expected of the person.
reasons = Offers()
