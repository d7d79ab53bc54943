"""What those who are to come to a class are told of it."""
from lms.kernel import clock
from lms.kernel.i18n import _, day, in_both, named
from lms.notices.actions import Tiding, tell_each

from courses.classes.queries import enrolments_in
from courses.classes.words import HALVES

#: A class that changes in one of these concerns everybody who is to come.
CONCERNS_ALL = {"starts_on", "ends_on", "place"}


def tell_sent(course_class, enrolments, by):
    """Tell the people of ``enrolments`` that they are sent to the class, where it still comes."""
    if course_class.ends_on >= clock.today():
        _tell(course_class, enrolments, "sent", lambda: _(
            "You are sent to the class “%(class)s”: %(days)s, %(place)s.",
            **_facts(course_class)), by)


def tell_moved(course_class, by):
    """Tell everybody in the class its new days and place."""
    _tell(course_class, enrolments_in(course_class), "moved", lambda: _(
        "The class “%(class)s” has changed. It is now held: %(days)s, %(place)s.",
        **_facts(course_class)), by)


def tell_session_moved(session, by):
    """Tell everybody in the class the new time of one of its half-days."""
    course_class = session.course_class
    _tell(course_class, enrolments_in(course_class), f"session-{session.id}", lambda: _(
        "A session of the class “%(class)s” has moved. It is now held: %(half)s, %(day)s.",
        half=HALVES[session.half], day=day(session.on), **{"class": named(course_class)}), by)


def tell_cancelled(course_class, by):
    """Tell everybody in the class that it is called off, and why."""
    _tell(course_class, enrolments_in(course_class), "cancelled", lambda: _(
        "The class “%(class)s” of %(days)s is cancelled. Reason: %(reason)s",
        reason=course_class.cancel_reason, **_facts(course_class)), by)


def tell_announced(course_class, announcement, enrolments, by):
    """Tell everybody in the class what was announced, in the words in which it was."""
    _tell(course_class, enrolments, f"announced-{announcement.id}", lambda: _(
        "%(name)s to the class “%(class)s”: %(text)s", name=by.full_name, text=announcement.text,
        **{"class": named(course_class)}), by)


def _tell(course_class, enrolments, what, words, by):
    text_vi, text_en = in_both(words)
    # The moment keeps a second change apart from the first; the transaction is done once.
    about = f"class-{course_class.id}-{what}-{clock.now():%Y%m%d%H%M%S%f}"
    tell_each([Tiding(enrolment.person, text_vi, text_en, f"/classes/{course_class.id}",
                      f"{about}-{enrolment.person_id}") for enrolment in enrolments], by)


def _facts(course_class):
    first, last = course_class.starts_on, course_class.ends_on
    days = day(first) if first == last else f"{day(first)} – {day(last)}"
    return {"class": named(course_class), "days": days,
            "place": course_class.place or _("place not yet known")}
