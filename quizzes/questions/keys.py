"""Nobody looks at the keys of a course while they sit at one of its tests."""
from lms.kernel.errors import Refusal
from lms.kernel.i18n import _, named
from lms.kernel.offers import Offers

#: ``(person, course_id)`` → the test of that course at which they sit, or None: told by the rooms
#: above, which know who answers.
sat_by = Offers()


def insist_not_sitting(course_id, by):
    """Refuse to show ``by`` what tells the key of a question of the course (None: of none) from
    the moment they begin one of its tests until the right answers are shown to them there.

    All its tests, since they ask from one bank.  Asked once the page is known to be theirs
    otherwise: nobody else learns from it whether there is such a question.
    """
    sat = sat_by.of(by, course_id) if course_id is not None else ()
    if sat:
        raise Refusal(_("You sit at “%(test)s” yourself, so what tells the right answers of this "
                        "course is closed to you until the test shows them to you. Ask another "
                        "trainer or an officer.", test=named(sat[0])))
