"""Where classes may name somebody: title, place, decision, topics of the sessions."""
from flask import url_for
from sqlalchemy import select

from lms.kernel.db import db
from lms.kernel.i18n import _, named
from lms.people.mentions import Place, Shelf

from courses.classes.models import CourseClass, Session


def class_texts():
    """What is said about the classes."""
    return Shelf("course_class", (CourseClass.title_vi, CourseClass.title_en, CourseClass.place,
                                  CourseClass.decision), class_places)


def class_places(ids):
    """The classes with the ``ids``, each with the form where its texts are changed."""
    return [Place(one.id, _("Class “%(name)s”: its title, place or decision", name=named(one)),
                  url_for("classes.edit_class", key=one.id))
            for one in db.session.scalars(select(CourseClass).where(CourseClass.id.in_(ids)))]


def session_texts():
    """The topics of the sessions."""
    return Shelf("class_session", (Session.topic_vi, Session.topic_en), session_places)


def session_places(ids):
    """The sessions with the ``ids``, each with the form where its topic is changed."""
    return [Place(one.id, _("Class “%(name)s”: the topic of a session",
                            name=named(one.course_class)),
                  url_for("classes.edit_session", key=one.id))
            for one in db.session.scalars(select(Session).where(Session.id.in_(ids)))]
