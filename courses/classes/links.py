"""What the rooms above add to the page of a class."""
from lms.kernel.offers import Offers

#: ``(course_class, person)`` → (address, word) on the page of the class.
links = Offers()
