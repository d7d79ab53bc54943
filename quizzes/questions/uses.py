"""Where questions are asked: told by the rooms above."""
from lms.kernel.offers import Offers

#: ``(ids)`` → by a question's id a list of Use: the tests that ask it.
uses = Offers()
