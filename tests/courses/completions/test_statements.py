"""The pages a trainee opens most ask the database a few times, and rows are up to date."""
import pytest

from lms.kernel.db import db

from courses.catalogue.queries import steps_of
from courses.completions.actions import begin
from courses.completions.queries import studies_under_way
from tests.courses.books import published
from tests.statements import counted


@pytest.fixture
def study(world):
    """Lan is in the middle of a course of two pages."""
    study = begin(world.lan, published(world.minh), by=world.lan)
    db.session.commit()
    return study


@pytest.mark.parametrize(("page", "most"), [
    ("/my-work", 8), ("/courses/{course}", 6), ("/steps/{step}", 5)])
def test_a_trainees_page_is_asked_in_few_statements(world, browse, study, page, most):
    lan = browse(world.lan)
    address = page.format(course=study.course_id, step=steps_of(study.version)[0].id)
    lan.get(address)

    with counted() as statements:
        lan.get(address)

    assert len(statements) <= most, statements


def test_rows_tell_of_what_was_done_in_the_same_transaction(world, study):
    study.finished_at = study.begun_at

    assert studies_under_way(world.lan) == []
