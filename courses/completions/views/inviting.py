"""Inviting to a course: a message to paste, a poster to hang up, what a link to it says."""
import re

from flask import render_template, url_for

from lms.kernel.db import db
from lms.kernel.i18n import ENGLISH, language, named
from lms.kernel.web import load

from courses.catalogue.inviting import to_course
from courses.catalogue.models import Course
from courses.catalogue.views.posters import poster_file
from courses.completions.policies import may_invite
from courses.completions.views.blueprint import bp

COURSE = re.compile(r"/courses/(\d{1,9})")


def course_behind(path):
    """The title and description of the course at ``path``, for a messenger that is not signed in:
    they are public of a published course that is open to everybody (authorisation matrix, row 13).
    """
    found = COURSE.fullmatch(path)
    course = db.session.get(Course, int(found[1])) if found else None
    if course is None or not course.open or course.withdrawn_at or not course.published:
        return None
    title, about = named(course), course.summary_vi
    return title, (course.summary_en if language() == ENGLISH else "") or about or title


@bp.get("/courses/<int:key>/invitation")
def invitation(key):
    """What to paste and what to hang up so that people find a course."""
    course = load(Course, key, may_invite, Course.owner)
    return render_template(
        "catalogue/invitation.html", thing=course, invitation=to_course(course),
        ways=[(named(course), url_for(".course", key=course.id))],
        poster=url_for(".poster", key=course.id))


@bp.get("/courses/<int:key>/poster.pdf")
def poster(key):
    """The poster of a course."""
    course = load(Course, key, may_invite, Course.owner)
    return poster_file(to_course(course), course.key)
