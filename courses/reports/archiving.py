"""What the letters and decisions add to the file of a class."""
from lms.kernel.i18n import VIETNAMESE, speaking

from courses.classes.archiving import AFTERWARDS, BEFOREHAND, FilePaper
from courses.classes.queries.lecturers import lecturers_in
from courses.reports import letters
from courses.reports.drafts import WORDS, called, waits_for
from courses.reports.papers import drawn
from courses.reports.policies import may_write_letters
from courses.reports.queries.letters import invitation_of, matter_of_class

#: The list of what a file holds says that they are not the papers that were signed.
UNSIGNED = "Word, chưa ký"


def letters_of_class(course_class, viewer):
    """The letters of the class that wait for nothing, for those who may write them."""
    if course_class.cancelled_at or not may_write_letters(viewer, course_class):
        return []
    matter = matter_of_class(course_class)
    with speaking(VIETNAMESE):
        found = [_file(str(word), letter, letters.WRITTEN[letter](matter),
                       AFTERWARDS if letter == letters.RECOGNISING else BEFOREHAND)
                 for letter, word in WORDS.items() if not waits_for(course_class, letter)]
        return found + [_file(called(one), f"giay-moi-{one.id}", invitation_of(one, matter),
                              BEFOREHAND) for one in lecturers_in(course_class)]


def _file(title, name, paper, stage):
    return FilePaper(f"{title} ({UNSIGNED})", f"{name}.docx", drawn(paper, "docx"), stage)
