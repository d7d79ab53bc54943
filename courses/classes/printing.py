"""What stands on the lists that the participants of a class sign."""
from sqlalchemy import select

from lms.kernel.db import db
from lms.kernel.errors import Refusal
from lms.kernel.i18n import _
from lms.kernel.mail import link_to
from lms.kernel.paper import MissingGlyph
from lms.organisations.models import Unit
from lms.organisations.naming import agency
from lms.organisations.queries import tree
from lms.organisations.words import BLOCK

from courses.classes.drawing import AttendanceSheet, Participant, draw_sheets
from courses.classes.queries import enrolments_in, titles_on
from courses.classes.queries.lecturers import lecturer_names


def sheets_to_sign(course_class, sessions):
    """The bytes of a PDF with the list of each of ``sessions``, in Vietnamese as papers are."""
    if not sessions:
        raise Refusal(_("The class has no sessions, so there is no list to sign. Add them first."))
    people, superior = participants(course_class), superior_of(course_class)
    names = lecturer_names(course_class)
    try:
        return draw_sheets(*(sheet_of(session, people, superior, names)
                             for session in sessions))
    except MissingGlyph as fault:
        raise Refusal(_("These letters cannot be printed: %(letters)s. Look again at the names and "
                        "titles.", letters=fault)) from None


def participants(course_class):
    """The people of the class as the list names them, in its order."""
    people = enrolments_in(course_class)
    titles = titles_on([one.person_id for one in people], course_class.starts_on)
    # The year of birth tells namesakes apart; the day is not a trainer's to read (matrix, row 4).
    return tuple(
        Participant(one.person.full_name, one.person.birth_year,
                    one.unit.name_vi if one.unit else "", titles.get(one.person_id, ""))
        for one in people)


def superior_of(course_class):
    """Who acts for the unit above the organiser when the class began; nothing above the top."""
    above = tree(course_class.starts_on).path(course_class.organiser_id)[1:]
    units = {unit.id: unit for unit in db.session.scalars(select(Unit).where(Unit.id.in_(above)))}
    return next((agency(units[key]) for key in above if units[key].kind != BLOCK), "")


def sheet_of(session, people, superior, names):
    """What the list of one session says; ``names`` are those of the class's lecturers."""
    course_class = session.course_class
    return AttendanceSheet(
        superior=superior, issuer=agency(course_class.organiser),
        class_title=course_class.title_vi, class_code=course_class.code, day=session.on,
        half=session.half, topic=session.topic_vi,
        trainer=names[session.trainer_id], place=course_class.place,
        address=link_to(f"/sessions/{session.id}/attendance"), participants=people)
