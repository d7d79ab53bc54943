"""Looking up courses, their versions and steps."""
from sqlalchemy import func, or_, select
from sqlalchemy.orm import joinedload, selectin_polymorphic, selectinload

from lms.kernel.db import db
from lms.kernel.text import fold
from lms.people.policies import is_auditor, is_officer

from courses.catalogue.models import (
    Activity,
    Course,
    CourseTrainer,
    CourseVersion,
    Document,
    Media,
)


def courses_seen_by(person, search=""):
    """The statement of the courses ``person`` may see in the list, by key: an author also drafts."""
    statement = select(Course).options(
        joinedload(Course.owner), selectinload(Course.versions)).order_by(Course.key)
    if not (is_officer(person) or is_auditor(person)):
        published = select(CourseVersion.course_id).where(CourseVersion.published_at.is_not(None))
        own = select(CourseTrainer.course_id).where(CourseTrainer.person_id == person.id)
        statement = statement.where(or_(
            Course.id.in_(own), Course.id.in_(published) & Course.withdrawn_at.is_(None)))
    return statement.where(Course.fold.contains(fold(search))) if search else statement


def published_version(course):
    """The newest published version of ``course``, or None."""
    published = [version for version in course.versions if version.published_at]
    return published[-1] if published else None


def draft_version(course):
    """The version of ``course`` that is not yet published, or None."""
    return next((version for version in course.versions if version.published_at is None), None)


def steps_of(version):
    """The steps of ``version`` in their order, with the size of each document and recording."""
    return db.session.scalars(
        select(Activity).where(Activity.version_id == version.id).order_by(Activity.position)
        .options(selectin_polymorphic(Activity, [Document, Media]),
                 joinedload(Document.file), joinedload(Media.file))).all()


def next_position(version):
    """Where a new step of ``version`` goes."""
    last = db.session.scalar(select(func.max(Activity.position)).filter_by(version_id=version.id))
    return 0 if last is None else last + 1
