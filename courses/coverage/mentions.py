"""Where goals may name somebody: in their titles and their basis."""
from flask import url_for
from sqlalchemy import select

from lms.kernel.db import db
from lms.kernel.i18n import _, named
from lms.people.mentions import Place, Shelf

from courses.coverage.models import Goal


def goal_texts():
    """What is said about the goals."""
    return Shelf("goal", (Goal.title_vi, Goal.title_en, Goal.basis), goal_places)


def goal_places(ids):
    """The goals with the ``ids``, each with the form where its texts are changed."""
    return [Place(goal.id, _("Goal “%(goal)s”: its title or basis", goal=named(goal)),
                  url_for("coverage.edit_goal", key=goal.id))
            for goal in db.session.scalars(select(Goal).where(Goal.id.in_(ids)))]
