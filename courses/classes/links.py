"""What the rooms above add to the page of a class, and to a trainer's day."""
from typing import NamedTuple

from lms.kernel.offers import Offers

#: ``(course_class, person)`` → (address, word) on the page of the class.
links = Offers()
#: ``(trainer)`` → (title, sentence, address, word) of something that waits for them.
waits = Offers()
#: ``(course_class, viewer)`` → the ``archiving.FilePaper``s it adds to the file of the class.
file_papers = Offers()
#: ``(course_class, person)`` → the Drafts of its letters and decisions, or nothing.
drafts = Offers()


class Drafts(NamedTuple):
    """Papers that a clerk goes on writing, and what all of them lack, as sentences."""

    said: str
    papers: list


class Draft(NamedTuple):
    """A paper that a clerk goes on writing: its title, a word about it, (word, address) of its
    files; without files ``said`` tells what it waits for.
    """

    title: str
    said: str
    files: list
