"""The pages a trainee opens most ask the database eight times at most."""
import pytest

from lms.kernel.db import db

from courses.catalogue.queries import steps_of
from courses.completions.actions import begin
from tests.courses.books import published
from tests.statements import counted


@pytest.fixture
def study(world):
    """Lan is in the middle of a course of two pages."""
    study = begin(world.lan, published(world.minh), by=world.lan)
    db.session.commit()
    return study


@pytest.mark.parametrize("page", ["/my-work", "/courses/{course}", "/steps/{step}"])
def test_a_trainees_page_is_asked_in_eight_statements(world, browse, study, page):
    lan = browse(world.lan)
    address = page.format(course=study.course_id, step=steps_of(study.version)[0].id)
    lan.get(address)

    with counted() as statements:
        lan.get(address)

    assert len(statements) <= 8, statements
