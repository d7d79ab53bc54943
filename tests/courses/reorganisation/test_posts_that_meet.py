"""Whoever has a post in two units that become one: nobody holds two in one unit on one day."""
from datetime import date

import pytest

from lms.kernel.db import db
from lms.people.models import Posting
from lms.people.queries import postings_of

from courses.coverage.truth_queries import overlapping_facts, two_main_posts
from courses.reorganisation.plan import Heir, outside
from courses.reorganisation.undoing import undo
from tests.courses.reorganisation.test_actions import JULY, act

BEGAN, MAY, AUGUST, OCTOBER = (
    date(2018, 1, 1), date(2026, 5, 1), date(2026, 8, 1), date(2026, 10, 1))


def held(person):
    """The posts of somebody that hold on some day: unit, main, from, to; the newest first."""
    return [(one.unit.key, one.main, one.valid_from, one.valid_to) for one in postings_of(person)
            if one.valid_from != one.valid_to]


@pytest.mark.parametrize("there, from_july", [
    # The main post comes to where a concurrent one was held: that one ends, for its days.
    ((MAY, None), [("BAO", True, JULY, None), ("BAO", False, MAY, JULY)]),
    ((AUGUST, OCTOBER), [("BAO", True, JULY, None)]),
])
def test_whoever_has_a_concurrent_post_in_the_heir_keeps_the_main_one(world, there, from_july):
    first, last = there
    db.session.add(Posting(person=world.pao, unit=world.newspaper, title="Cộng tác viên",
                           main=False, valid_from=first, valid_to=last))
    db.session.flush()
    before = held(world.pao)

    done = act(world, "merge", world.office, heirs=[Heir(unit=world.newspaper)])

    assert held(world.pao) == [*from_july, ("SVH-VP", True, BEGAN, JULY)]
    assert [*overlapping_facts(), *two_main_posts()] == []
    undo(done, by=world.an)
    assert held(world.pao) == before


@pytest.mark.parametrize("main, later", [
    # The main post was there already: the concurrent one that comes is held beyond it only.
    ((BEGAN, None), []),
    ((BEGAN, AUGUST), [("BAO", False, AUGUST, None)]),
    ((AUGUST, OCTOBER), [("BAO", False, OCTOBER, None), ("BAO", False, JULY, AUGUST)]),
])
def test_a_concurrent_post_comes_beside_the_main_one_of_the_heir_for_no_day(world, main, later):
    first, last = main
    world.lan.postings[0].valid_from, world.lan.postings[0].valid_to = first, last
    db.session.add(Posting(person=world.lan, unit=world.office, title="Cộng tác viên",
                           main=False, valid_from=MAY))
    db.session.flush()
    before = held(world.lan)

    done = act(world, "merge", world.office, heirs=[Heir(unit=world.newspaper)])

    assert sorted(held(world.lan), key=str) == sorted(
        [("BAO", True, first, last), ("SVH-VP", False, MAY, JULY), *later], key=str)
    assert [*overlapping_facts(), *two_main_posts()] == []
    undo(done, by=world.an)
    assert held(world.lan) == before


def test_of_two_posts_in_units_that_merge_one_is_left(world):
    db.session.add(Posting(person=world.pao, unit=world.department, title="Kế toán",
                           main=False, valid_from=MAY))
    db.session.flush()

    act(world, "merge", world.office, world.department, heirs=[Heir(name_vi="Sở mới")])

    assert [(main, first, last) for _unit, main, first, last in held(world.pao)] == [
        (True, JULY, None), (False, MAY, JULY), (True, BEGAN, JULY)]
    assert [*overlapping_facts(), *two_main_posts()] == []


@pytest.mark.parametrize("days, taken, left", [
    ((MAY, None), (JULY, None), [(MAY, JULY)]),
    ((MAY, None), (JULY, AUGUST), [(MAY, JULY), (AUGUST, None)]),
    ((JULY, AUGUST), (MAY, None), []), ((JULY, AUGUST), (JULY, AUGUST), []),
    ((JULY, OCTOBER), (MAY, AUGUST), [(AUGUST, OCTOBER)]),
    ((MAY, JULY), (JULY, None), [(MAY, JULY)]), ((AUGUST, None), (MAY, JULY), [(AUGUST, None)]),
])
def test_what_is_left_of_days_outside_others(days, taken, left):
    assert outside(days, taken) == left
