"""Where courses may name somebody: their titles and descriptions, the texts of their steps."""
from flask import url_for
from sqlalchemy import select
from sqlalchemy.orm import contains_eager

from lms.kernel.db import db
from lms.kernel.i18n import _, named
from lms.people.mentions import VERSION, Place, Shelf

from courses.catalogue.models import Activity, Course, CourseVersion, Link, Media, TextPage


def course_texts():
    """What is said about the courses."""
    return Shelf("course", (Course.title_vi, Course.title_en, Course.summary_vi,
                            Course.summary_en, Course.legal_basis), course_places)


def course_places(ids):
    """The courses with the ``ids``, each with the form where its texts are changed."""
    return [Place(course.id, _("Course “%(course)s”: its title, description or legal basis",
                               course=named(course)),
                  url_for("catalogue.edit_course", key=course.id))
            for course in db.session.scalars(select(Course).where(Course.id.in_(ids)))]


def step_texts():
    """The titles and texts of the steps, in drafts and in published versions."""
    return Shelf("activity", (
        Activity.title_vi, Activity.title_en, TextPage.body_vi, TextPage.body_en,
        Media.transcript_vi, Media.transcript_en, Link.note_vi, Link.note_en), step_places)


def step_places(ids):
    """The steps with the ``ids``: of a draft its form, of a published version its course."""
    steps = db.session.scalars(
        select(Activity).join(Activity.version).join(CourseVersion.course)
        .options(contains_eager(Activity.version).contains_eager(CourseVersion.course))
        .where(Activity.id.in_(ids))
        .order_by(CourseVersion.course_id, CourseVersion.number, Activity.position))
    return [_place_of(step) for step in steps]


def _place_of(step):
    version, words = step.version, {"step": named(step), "course": named(step.version.course)}
    if version.published_at is None:
        return Place(step.id, _("“%(step)s” in the draft of “%(course)s”", **words),
                     url_for(step.edit_endpoint, key=step.id))
    said = _("“%(step)s” in version %(n)s of “%(course)s”", n=version.number, **words)
    return Place(step.id, said, url_for("catalogue.draft_page", key=version.course_id), VERSION)
