"""The blueprint the pages of classes share, and the frame of a class."""
from flask import Blueprint, url_for

from lms.kernel import clock
from lms.kernel.i18n import _
from lms.kernel.web import viewer

from courses.classes import words
from courses.classes.links import links
from courses.classes.policies import (
    may_arrange_class,
    may_follow_classes,
    may_invite_to,
    may_read_results,
    may_run_class,
    may_schedule_class,
    may_see_roster,
)
from courses.classes.queries import enrolments_in, roster, seats_left

bp = Blueprint("classes", __name__, template_folder="../templates")


@bp.context_processor
def words_of_classes():
    """The words of states, modes, half-days and marks, for the templates."""
    return {"words": words, "today": clock.today()}


def frame(course_class, part=""):
    """What every part of the page of a class shows: its head, its parts, what may be done."""
    person = viewer()
    running = not course_class.over
    return {
        "course_class": course_class,
        "may_run": running and may_run_class(person, course_class),
        "may_arrange": running and may_arrange_class(person, course_class),
        "may_schedule": running and may_schedule_class(person, course_class),
        "may_read_results": may_read_results(person, course_class),
        "may_follow": may_follow_classes(person),
        "may_invite": may_invite_to(person, course_class),
        "parts": parts_of(course_class, part), "links": links.of(course_class, person),
        "left": seats_left(course_class),
    }


def parts_of(course_class, shown):
    """The parts of the page of the class that the viewer may open: word, address, is it shown."""
    names = may_see_roster(viewer(), course_class)
    results = may_read_results(viewer(), course_class)
    return [(word, url_for(f"classes.{part}", key=course_class.id), part == shown)
            for word, part, may in (
                (_("Sessions (%(num)s)", num=len(course_class.sessions)), "show", True),
                (_("Participants"), "people", names), (_("Attendance"), "grid", results),
                (_("Results"), "closing", results), (_("Papers"), "papers", results)) if may]


def seen_in(course_class):
    """The people of the class the viewer may see, and how many more there are."""
    if may_read_results(viewer(), course_class):
        return enrolments_in(course_class), 0
    return roster(course_class, viewer())
