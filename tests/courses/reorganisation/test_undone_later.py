"""An act is undone after something else happened on the same day."""
import pytest
from sqlalchemy import select

from lms.kernel.db import db
from lms.kernel.errors import Refusal
from lms.people.careers import come_back, take_on
from lms.people.models import Posting
from lms.people.queries import postings_of

from courses.classes.models import Quota
from courses.coverage.truth_queries import overlapping_facts, two_main_posts, wrong_figures
from courses.reorganisation.plan import Heir
from courses.reorganisation.undoing import undo
from tests.courses.reorganisation.test_actions import JULY, TODAY, act


def test_whoever_has_another_main_post_since_is_not_given_the_old_one_beside_it(world):
    done = act(world, "dissolve", world.office, on=TODAY)
    come_back(world.pao, {"unit": world.department, "title": "Chuyên viên", "valid_from": TODAY},
              by=world.an)
    point = db.session.begin_nested()

    with pytest.raises(Refusal, match="Đã có thay đổi dựa trên lần sắp xếp này"):
        undo(done, by=world.an)

    point.rollback()
    assert two_main_posts() == []


def test_a_concurrent_post_elsewhere_does_not_stand_in_the_way(world):
    done = act(world, "dissolve", world.office, on=TODAY)
    db.session.add(Posting(person=world.pao, unit=world.newspaper, title="Cộng tác viên",
                           main=False, valid_from=TODAY))
    db.session.flush()

    undo(done, by=world.an)

    assert [(post.unit.key, post.main, post.valid_to) for post in postings_of(world.pao)
            if post.valid_from != post.valid_to] == [
        ("BAO", False, None), ("SVH-VP", True, None)]


def test_seats_changed_since_are_not_lost(world):
    seats = {unit.id: Quota(class_id=world.december_class.id, unit_id=unit.id, seats=number)
             for unit, number in ((world.office, 3), (world.newspaper, 5))}
    db.session.add_all(seats.values())
    db.session.flush()
    done = act(world, "merge", world.office, heirs=[Heir(unit=world.newspaper)])
    seats[world.newspaper.id].seats = 12
    db.session.flush()

    with pytest.raises(Refusal, match="Đã có thay đổi dựa trên lần sắp xếp này"):
        undo(done, by=world.an)

    assert db.session.scalars(select(Quota.seats)).all() == [12]


def test_whoever_is_left_with_a_concurrent_post_is_given_a_main_one(world, browse):
    take_on(world.pao, {"unit": world.newspaper, "title": "Cộng tác viên", "valid_from": TODAY},
            by=world.an)
    act(world, "dissolve", world.office, on=TODAY)
    an, page = browse(world.an), f"/people/{world.pao.id}"
    way = an.get(page).links["Giao vị trí chính"]

    an.post(way, {"unit_id": world.department.id, "title": "Chuyên viên",
                  "valid_from": "25/11/2026"})

    assert {(post.unit.key, post.main) for post in postings_of(world.pao)
            if post.holds(TODAY)} == {("BAO", False), ("SVH", True)}
    assert "Giao vị trí chính" not in an.get(page).links


def test_two_acts_of_a_day_are_undone_one_after_the_other(world):
    held = [(post.unit.key, post.valid_from, post.valid_to) for post in postings_of(world.pao)]
    first = act(world, "merge", world.office, heirs=[Heir(unit=world.newspaper)], on=JULY)
    second = act(world, "rename", world.newspaper, heirs=[Heir(name_vi="Báo và Đài")], on=TODAY)

    point = db.session.begin_nested()
    with pytest.raises(Refusal, match="Đã có thay đổi dựa trên lần sắp xếp này"):
        undo(first, by=world.an)
    point.rollback()
    undo(second, by=world.an)
    undo(first, by=world.an)

    assert [(post.unit.key, post.valid_from, post.valid_to)
            for post in postings_of(world.pao)] == held
    assert (world.office.valid_to, world.newspaper.valid_to) == (None, None)
    assert [*two_main_posts(), *overlapping_facts(), *wrong_figures()] == []
