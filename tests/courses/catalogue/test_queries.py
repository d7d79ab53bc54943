"""Finding courses, and telling a draft from what is published."""
from datetime import date

import pytest

from lms.kernel.db import db
from lms.people.models import Role

from courses.catalogue.actions import add_step, change_step, draft, move_step, remove_step, withdraw
from courses.catalogue.policies import (
    may_create_course,
    may_edit_course,
    may_publish_course,
    may_read_courses,
    may_see_course,
)
from courses.catalogue.queries import (
    changes_of,
    courses_on_offer,
    courses_seen_by,
    draft_version,
    published_version,
    steps_of,
    trainers_today,
)
from tests.courses.books import PAGE, begun, published
from tests.statements import counted


def keys(statement):
    """The codes of the courses that ``statement`` finds."""
    return [course.key for course in db.session.scalars(statement).unique()]


def everybody(world):
    """The people of the world by name."""
    return {name: getattr(world, name) for name in ("lan", "hoa", "minh", "ha", "an", "vi")}


def those_who(may, world, *things):
    """The names of the people to whom the policy says yes."""
    return {name for name, person in everybody(world).items() if may(person, *things)}


def test_authors_see_their_own_drafts_officers_and_auditors_all(world):
    begun(world.minh, "C13")
    begun(world.an, "C14")

    assert keys(courses_seen_by(world.minh)) == ["C13", "KIT", "PRESS"]
    assert keys(courses_seen_by(world.an)) == ["C13", "C14", "KIT", "PRESS"]
    assert keys(courses_seen_by(world.vi)) == ["C13", "C14", "KIT", "PRESS"]


@pytest.mark.parametrize("search", ["luat bao", "LUẬT", "press", "Press", "bao chi"])
def test_a_course_is_found_without_marks_in_both_languages_and_by_code(world, search):
    assert keys(courses_seen_by(world.an, search)) == ["PRESS"]


def test_signs_in_a_search_mean_themselves(world):
    assert keys(courses_seen_by(world.an, "%")) == []
    assert keys(courses_seen_by(world.an, "  ")) == ["KIT", "PRESS"]


def test_on_offer_is_what_anybody_may_begin(world):
    published(world.minh, key="C13", open=False)
    published(world.minh, key="C14")
    begun(world.minh, "C15")
    withdraw(world.kit, by=world.an)

    assert keys(courses_on_offer()) == ["C14", "PRESS"]


def test_a_draft_is_seen_by_its_author_and_the_officer_until_it_is_published(world):
    course = begun(world.minh)

    assert those_who(may_see_course, world, course) == {"minh", "an"}
    assert those_who(may_see_course, world, world.press_law) == {
        "lan", "hoa", "minh", "ha", "an", "vi"}


def test_a_withdrawn_course_is_seen_by_those_who_write_or_check_it(world):
    withdraw(world.press_law, by=world.an)

    assert those_who(may_see_course, world, world.press_law) == {"minh", "an", "vi"}


def test_a_course_is_written_and_published_by_its_trainers_and_officers(world):
    assert those_who(may_edit_course, world, world.press_law) == {"minh", "an"}
    assert those_who(may_publish_course, world, world.press_law) == {"minh", "an"}
    assert those_who(may_edit_course, world, world.kit) == {"an"}
    assert those_who(may_create_course, world) == {"minh", "an"}
    assert those_who(may_read_courses, world) == {"minh", "an", "vi"}


def test_an_author_who_is_no_trainer_any_more_writes_no_more(world):
    for role in world.minh.roles:
        role.valid_to = date(2026, 11, 25)

    assert not may_edit_course(world.minh, world.press_law)


def test_a_fresh_draft_differs_in_nothing(world):
    published_one = published_version(world.press_law)

    changes = changes_of(draft(world.press_law, by=world.minh), published_one)

    assert not changes.any


def test_the_changes_of_a_draft_are_told_step_by_step(world):
    published_one = published_version(world.press_law)
    version = draft(world.press_law, by=world.minh)
    intro, law, quiz = steps_of(version)
    new = add_step(version, "page", PAGE, by=world.minh)
    change_step(intro, {"body_vi": "<p>Khác.</p>"}, by=world.minh)
    remove_step(law, by=world.minh)
    move_step(quiz, 0, by=world.minh)

    changes = changes_of(version, published_one)

    assert (changes.new, changes.changed) == ({new.lineage}, {"law-intro"})
    assert [step.title_vi for step in changes.removed] == ["Toàn văn luật"]
    assert changes.moved
    assert changes.any


def test_another_question_changes_a_test(world):
    published_one = published_version(world.press_law)
    version = draft(world.press_law, by=world.minh)
    quiz = steps_of(version)[2]
    quiz.items.pop()
    db.session.flush()

    assert changes_of(version, published_one).changed == {"law-quiz"}


def test_everything_is_new_in_a_first_draft(world):
    course = begun(world.minh)
    step = add_step(draft_version(course), "page", PAGE, by=world.minh)

    assert changes_of(draft_version(course), None).new == {step.lineage}


def test_trainers_are_those_of_today_by_name(world):
    db.session.add_all([
        Role(person_id=world.ha.id, kind="trainer", valid_from=date(2026, 11, 25)),
        Role(person_id=world.lan.id, kind="trainer", valid_from=date(2026, 1, 1),
             valid_to=date(2026, 11, 25))])

    assert [person.full_name for person in trainers_today()] == ["Bế Văn Hạ", "Triệu Văn Minh"]


@pytest.mark.parametrize("count", [3, 60])
def test_the_steps_of_a_version_cost_one_statement(world, count):
    version = published_version(published(world.minh, titles=[f"Bài {n}" for n in range(count)]))
    version_id = version.id
    db.session.expunge_all()
    version = db.session.get(type(version), version_id)

    with counted() as statements:
        weights = [(step.title_vi, step.weight, step.word) for step in steps_of(version)]

    assert len(weights) == count
    assert len(statements) == 1
