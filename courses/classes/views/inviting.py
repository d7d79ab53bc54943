"""Inviting to a class: a message to paste, a poster to hang up."""
from flask import render_template, url_for

from lms.kernel.i18n import _, named
from lms.kernel.web import load

from courses.catalogue.views.posters import poster_file
from courses.classes.inviting import to_class
from courses.classes.models import CourseClass
from courses.classes.policies import may_invite_to
from courses.classes.views.blueprint import bp


@bp.get("/classes/<int:key>/invitation")
def invitation(key):
    """What to paste and what to hang up so that people come to a class."""
    course_class = load(CourseClass, key, may_invite_to)
    return render_template(
        "catalogue/invitation.html", thing=course_class, invitation=to_class(course_class),
        ways=[(_("Classes"), url_for(".classes")),
              (named(course_class), url_for(".show", key=course_class.id))],
        poster=url_for(".poster", key=course_class.id))


@bp.get("/classes/<int:key>/poster.pdf")
def poster(key):
    """The poster of a class."""
    course_class = load(CourseClass, key, may_invite_to)
    return poster_file(to_class(course_class), course_class.code)
