"""Courses and files that tests of courses write, beside those of the world."""
from io import BytesIO

from PIL import Image
from sqlalchemy import select

from lms.kernel.audit import AuditEntry
from lms.kernel.db import db

from courses.catalogue.actions import add_step, create_course, publish
from courses.catalogue.queries import draft_version

PAGE = {"title_vi": "Bài", "title_en": "", "minutes": 5, "body_vi": "<p>Nội dung.</p>",
        "body_en": ""}


def begun(author, key="C13", **values):
    """A course of ``author`` with an empty draft."""
    return create_course({"key": key, "title_vi": f"Khóa {key}", **values}, by=author)


def page(course, author, title="Bài", **values):
    """A page added to the draft of ``course``."""
    return add_step(draft_version(course), "page", {**PAGE, "title_vi": title, **values},
                    by=author)


def published(author, titles=("Một", "Hai"), key="C13", **values):
    """A published course of ``author`` with a page for each title."""
    course = begun(author, key, **values)
    for title in titles:
        page(course, author, title)
    publish(course, "", False, by=author)
    db.session.commit()
    return course


def photo(width=40, height=30, colour="#1b4671", kind="PNG", mode="RGB"):
    """The bytes of a picture in one colour, as a stream."""
    stream = BytesIO()
    Image.new(mode, (width, height), colour).save(stream, kind)
    stream.seek(0)
    return stream


def traces():
    """What was done, the oldest first."""
    return db.session.scalars(select(AuditEntry.verb).order_by(AuditEntry.id)).all()
