"""Who may learn, read a file, read a record, take a completion back."""
from datetime import date
from io import BytesIO

import pytest

from lms.kernel import storage
from lms.kernel.db import db
from lms.people.models import Posting

from courses.catalogue.actions import (
    add_step,
    change_course,
    change_step,
    draft,
    keep_picture,
    publish,
    withdraw,
)
from courses.catalogue.html import figure
from courses.catalogue.queries import draft_version, steps_of
from courses.completions.actions import begin
from courses.completions.policies import (
    may_begin,
    may_learn,
    may_open_course,
    may_read_file,
    may_read_record,
    may_revoke,
)
from tests.courses.books import begun, photo, published
from tests.world import PDF

ALL = {"lan", "hoa", "minh", "ha", "an", "vi"}


def those_who(may, world, *things):
    """The names of the people to whom the policy says yes."""
    return {name for name in ALL if may(getattr(world, name), *things)}


def test_a_step_of_an_open_course_is_read_by_everybody(world):
    assert those_who(may_learn, world, world.law_intro) == ALL


def test_a_step_of_a_course_that_is_not_open_is_read_by_who_has_a_reason(world):
    change_course(world.press_law, {"open": False}, by=world.an)

    assert those_who(may_learn, world, world.law_intro) == {"lan", "ha", "minh", "an", "vi"}
    assert those_who(may_begin, world, world.press_law) == {"lan", "ha"}
    assert those_who(may_open_course, world, world.press_law) == ALL


def test_a_trainer_reads_what_others_wrote_without_taking_part(world):
    change_course(world.kit, {"open": False}, by=world.an)

    assert those_who(may_learn, world, world.kit_book) == {"minh", "ha", "an", "vi"}
    assert those_who(may_begin, world, world.kit) == {"ha"}


def test_a_step_of_a_draft_is_read_by_its_authors(world):
    step = steps_of(draft(world.press_law, by=world.minh))[0]

    assert those_who(may_learn, world, step) == {"minh", "an"}


def test_a_test_is_never_learned_like_a_page(world):
    assert those_who(may_learn, world, world.law_quiz) == set()


def test_a_withdrawn_course_stays_open_to_who_began_it(world):
    begin(world.lan, world.press_law, by=world.lan)
    withdraw(world.press_law, by=world.an)

    assert those_who(may_open_course, world, world.press_law) == {"lan", "minh", "an", "vi"}
    assert those_who(may_learn, world, world.law_intro) == {"lan", "minh", "an", "vi"}


def test_a_file_is_read_through_a_course_its_reader_may_see(world):
    course = begun(world.minh)
    file = storage.keep(BytesIO(PDF), "so-tay.pdf")
    assert those_who(may_read_file, world, file) == set()

    add_step(draft_version(course), "document", {"title_vi": "Sổ tay", "file_id": file.id},
             by=world.minh)
    assert those_who(may_read_file, world, file) == {"minh", "an"}

    publish(course, "", False, by=world.minh)
    assert those_who(may_read_file, world, file) == ALL


def test_a_picture_opens_with_the_page_that_shows_it(world):
    course = published(world.minh)
    picture = keep_picture(course, photo(), "Bản đồ", by=world.minh)
    assert those_who(may_read_file, world, picture.file) == {"minh", "an"}

    step = steps_of(draft(course, by=world.minh))[0]
    change_step(step, {"body_vi": figure(f"/files/{picture.file_id}/hinh.webp", "", 1, 1)},
                by=world.minh)
    assert those_who(may_read_file, world, picture.file) == {"minh", "an"}

    publish(course, "", False, by=world.minh)
    assert those_who(may_read_file, world, picture.file) == ALL


def test_a_page_opens_no_file_but_the_pictures_of_its_course(world):
    course = published(world.minh)
    stolen = storage.keep(BytesIO(PDF), "danh-sach.pdf")
    step = steps_of(draft(course, by=world.minh))[0]
    change_step(step, {"body_vi": f'<a href="/files/{stolen.id}/x.pdf">x</a>'}, by=world.minh)

    publish(course, "", False, by=world.minh)

    assert those_who(may_read_file, world, stolen) == set()


@pytest.mark.parametrize(("learner", "readers"), [
    ("lan", {"lan", "hoa", "an", "vi"}), ("pao", {"ha", "an", "vi"}), ("vi", {"an", "vi"})])
def test_a_record_is_read_by_its_owner_and_by_who_answers_for_them(world, learner, readers):
    assert those_who(may_read_record, world, getattr(world, learner)) == readers


def test_after_a_move_the_old_manager_reads_the_record_no_more(world):
    post = db.session.query(Posting).filter_by(person_id=world.lan.id).one()
    post.valid_to = date(2026, 11, 25)
    db.session.add(Posting(person_id=world.lan.id, unit_id=world.office.id,
                           valid_from=date(2026, 11, 25)))
    db.session.flush()

    assert those_who(may_read_record, world, world.lan) == {"lan", "ha", "an", "vi"}


def test_an_officer_takes_completions_back_but_not_their_own(world):
    assert those_who(may_revoke, world, world.vi_learned) == {"an"}

    world.vi_learned.person_id = world.an.id
    db.session.flush()

    assert those_who(may_revoke, world, world.vi_learned) == set()
