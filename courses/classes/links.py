"""What the rooms above add to the page of a class, and to a trainer's day."""
from lms.kernel.offers import Offers

#: ``(course_class, person)`` → (address, word) on the page of the class.
links = Offers()
#: ``(trainer)`` → (title, sentence, address, word) of something that waits for them.
waits = Offers()
#: ``(course_class, viewer)`` → a ``archiving.FilePaper`` for the file of the class, or nothing.
file_papers = Offers()
