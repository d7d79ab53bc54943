"""What the forms of goals offer to choose from."""
from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from lms.kernel.db import db

from courses.catalogue.models import Course
from courses.coverage.models import Goal


def all_courses():
    """The courses a goal may ask for, by code."""
    return db.session.scalars(select(Course).order_by(Course.key)).all()


def goals_listed():
    """The goals with their group and courses, by code."""
    return db.session.scalars(
        select(Goal).options(joinedload(Goal.group), selectinload(Goal.courses))
        .order_by(Goal.key)).all()
