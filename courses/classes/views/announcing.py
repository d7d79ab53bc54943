"""Telling everybody in a class something."""
from flask import flash, redirect, render_template, url_for

from lms.kernel.i18n import ngettext
from lms.kernel.web import load, viewer

from courses.classes.actions import announce
from courses.classes.forms import AnnouncementForm
from courses.classes.models import CourseClass
from courses.classes.policies import may_announce
from courses.classes.queries import seats_taken
from courses.classes.views.blueprint import bp


@bp.route("/classes/<int:key>/announcement", methods=["GET", "POST"])
def announcement(key):
    """Write to everybody in a class."""
    course_class, form = load(CourseClass, key, may_announce), AnnouncementForm()
    taken = seats_taken(course_class)
    if form.validate_on_submit():
        announce(course_class, form.text.data.strip(), by=viewer())
        flash(ngettext("%(num)s person was told.", "%(num)s people were told.", taken), "good")
        return redirect(url_for(".show", key=key))
    return render_template("classes/announcement.html", course_class=course_class, form=form,
                           taken=taken)
