"""What classes cost, in đồng."""
from collections import defaultdict
from typing import NamedTuple

from sqlalchemy import select

from lms.kernel.db import db
from lms.organisations.models import Unit

from courses.classes.models import ClassCost
from courses.classes.words import HEADINGS, SOURCES


class Amounts(NamedTuple):
    """What was planned and what was spent."""

    planned: int = 0
    actual: int = 0

    def with_cost(self, cost):
        """Both with those of ``cost``; an amount nobody entered is nothing."""
        return Amounts(self.planned + (cost.planned or 0), self.actual + (cost.actual or 0))


def costs_of(course_class):
    """The lines of what the class costs: by heading, then source, then payer."""
    order = {key: place for place, key in enumerate([*HEADINGS, *SOURCES])}
    rows = db.session.scalars(select(ClassCost).join(ClassCost.payer).where(
        ClassCost.class_id == course_class.id).order_by(Unit.precedence, Unit.id)).unique().all()
    return sorted(rows, key=lambda one: (order[one.heading], order[one.source]))


def summed(costs):
    """The Amounts of ``costs`` together."""
    total = Amounts()
    for cost in costs:
        total = total.with_cost(cost)
    return total


def costs_by(class_ids):
    """(source, the unit that pays) → Amounts, of these classes; one statement."""
    found = defaultdict(Amounts)
    for cost in db.session.scalars(
            select(ClassCost).where(ClassCost.class_id.in_(class_ids))).unique():
        key = cost.source, cost.payer
        found[key] = found[key].with_cost(cost)
    return dict(found)
