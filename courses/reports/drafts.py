"""The letters and decisions of a class that can be written now, and what they still lack."""
from lms.kernel.i18n import _, _l, ngettext

from courses.catalogue.models import ONLINE
from courses.classes.queries import quotas_of, seats_taken
from courses.reports import letters
from courses.reports.queries.letters import goals_asking_for

WORDS = {
    letters.NOMINATING: _l("Letter that asks the units to send people"),
    letters.OPENING: _l("Decision that opens the class, with the list of participants"),
    letters.PROGRAMME: _l("Programme of the class"),
    letters.RECOGNISING: _l("Decision that recognises the results, with their list"),
}


def no_more(course_class):
    """Why nothing of the class is written any more, as a sentence; nothing where it is."""
    return (_("The class is cancelled, so its papers are no longer written.")
            if course_class.cancelled_at else "")


def waits_for(course_class, letter):
    """Why a letter of the class cannot be written, as a sentence; nothing where it can."""
    if course_class.cancelled_at:
        return no_more(course_class)
    if letter == letters.PROGRAMME and not course_class.sessions:
        return _("The class has no sessions yet. Add them first.")
    if letter == letters.RECOGNISING and course_class.closed_at is None:
        return _("The class is not closed yet, so there are no results to recognise.")
    return ""


def lacks(course_class):
    """Sentences on what every letter of the class will lack."""
    if not course_class.sessions:
        yield _("The class has no sessions yet, so no programme is enclosed.")
    bare = sum(not session.topic_vi or session.trainer_id is None
               for session in course_class.sessions)
    if bare:
        yield ngettext("%(num)s session lacks its topic or who teaches it.",
                       "%(num)s sessions lack their topic or who teaches them.", bare)
    if not course_class.place and course_class.mode != ONLINE:
        yield _("The class has no place yet.")


def letter_lacks(course_class, letter):
    """Sentences on what this letter of the class will lack besides."""
    if letter == letters.NOMINATING:
        yield from _nominating_lacks(course_class)
    if letter == letters.OPENING and not seats_taken(course_class):
        yield _("Nobody is in the class yet: the decision comes without a list of participants.")
    if letter == letters.RECOGNISING and not course_class.course.certified:
        yield _("The course gives no certificates, so the decision grants none.")


def called(lecturer):
    """What the invitation of ``lecturer`` is called."""
    return _("Invitation of %(name)s to teach", name=lecturer.full_name)


def _nominating_lacks(course_class):
    if not quotas_of(course_class):
        yield (_("No unit has seats of its own yet: the letter goes to the units of the organiser.")
               if course_class.internal else
               _("No unit has seats of its own yet: the letter goes to all units."))
    if not goals_asking_for(course_class):
        yield _("No goal asks for the course: write for whom it is.")
