"""The class that a list to phone from names for each course."""
from datetime import date

from lms.kernel.db import db

from courses.classes.models import CourseClass
from courses.coverage.queries import figures
from courses.reports.queries.working import missing_in, next_classes

TODAY = date(2026, 11, 25)


def test_a_class_to_come_is_named_before_one_that_has_begun(world):
    begun = CourseClass(
        code="LBC-2026-01", title_vi="Luật Báo chí, khóa 1/2026", course=world.press_law,
        organiser=world.department, starts_on=date(2026, 11, 24), ends_on=TODAY, seats=40,
        opened_at=world.december_class.opened_at)
    db.session.add(begun)
    db.session.flush()
    missing = missing_in(world.department, figures([world.goal_b], [world.department], TODAY),
                         TODAY)

    assert next_classes(missing, world.an) == {world.press_law.id: world.december_class}

    world.december_class.cancelled_at = world.december_class.opened_at
    db.session.flush()
    assert next_classes(missing, world.an) == {world.press_law.id: begun}
