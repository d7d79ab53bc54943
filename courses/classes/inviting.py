"""The invitation to a class."""
from lms.kernel.i18n import day
from lms.kernel.mail import link_to

from courses.catalogue.inviting import MODES, Invitation
from courses.classes.drawing import HALF_WORDS
from courses.classes.models import ONLINE


def to_class(course_class):
    """The invitation to ``course_class``: when, where, by whom; none of its people."""
    where = course_class.place or (MODES[ONLINE] if course_class.mode == ONLINE else "")
    return Invitation("MỜI DỰ LỚP TẬP HUẤN", course_class.title_vi, (
        ("Thời gian", when(course_class)),
        ("Hình thức" if where == MODES[ONLINE] else "Địa điểm", where),
        ("Đơn vị tổ chức", course_class.organiser.name_vi)),
        link_to(f"/classes/{course_class.id}"))


def when(course_class):
    """The days of the class and how it begins: buổi sáng 01/12/2026 đến 02/12/2026 (3 buổi)."""
    first, last = course_class.starts_on, course_class.ends_on
    begins = course_class.sessions[0] if course_class.sessions else None
    half = f"{HALF_WORDS[begins.half].lower()} " if begins and begins.on == first else ""
    days = f"{half}{day(first)}" + (f" đến {day(last)}" if last != first else "")
    count = len(course_class.sessions)
    return f"{days} ({count} buổi)" if count > 1 else days
