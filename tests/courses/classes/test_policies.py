"""Who may see a class, set it up, run it, and send people to it."""
from datetime import date

import pytest

from lms.kernel.db import db

from courses.classes.actions import (
    cancel_class,
    close_class,
    nominate,
    open_class,
    withdraw,
)
from courses.classes.models import ClassTrainer, CourseClass, Enrolment
from courses.classes.policies import (
    may_arrange_class,
    may_mark_now,
    may_nominate_into,
    may_open_classes,
    may_read_results,
    may_run_class,
    may_schedule_class,
    may_see_class,
    may_see_roster,
    may_withdraw,
)
from courses.classes.queries import classes_seen_by
from tests.courses.classes.classroom import AFTERWARDS, FIRST, SECOND, held, it_is, values

EVERYBODY = ("lan", "hoa", "minh", "ha", "pao", "an", "vi")


def who(may, world, *things):
    """The names of those who may."""
    return {name for name in EVERYBODY if may(getattr(world, name), *things)}


@pytest.fixture
def internal(world):
    """An internal class of the department, which Hạ, its contact person, opened."""
    return open_class(values(world), by=world.ha)


def test_a_class_for_all_is_set_up_by_officers_and_run_by_them_and_its_trainers(world):
    course_class = world.december_class

    assert who(may_open_classes, world) == {"hoa", "ha", "an"}
    assert who(may_arrange_class, world, course_class) == {"an"}
    assert who(may_schedule_class, world, course_class) == {"minh", "an"}
    assert who(may_run_class, world, course_class) == {"minh", "an"}
    assert who(may_read_results, world, course_class) == {"minh", "an", "vi"}


def test_an_internal_class_is_set_up_by_those_who_answer_for_its_unit(world, internal):
    assert who(may_arrange_class, world, internal) == {"ha", "an"}
    assert who(may_run_class, world, internal) == {"an"}
    assert who(may_nominate_into, world, internal) == {"ha", "an"}
    assert who(may_see_class, world, internal) == {"ha", "an", "vi"}


def test_an_open_class_is_seen_by_those_who_send_teach_take_part_or_check(world):
    assert who(may_see_class, world, world.december_class) == {
        "lan", "hoa", "minh", "ha", "an", "vi"}
    assert who(may_see_roster, world, world.december_class) == {"hoa", "minh", "ha", "an", "vi"}
    assert who(may_nominate_into, world, world.december_class) == {"hoa", "ha", "an"}


def test_a_class_that_is_over_is_seen_by_those_with_people_in_it(world, monkeypatch):
    it_is(monkeypatch, SECOND)
    held(world.december_class, by=world.minh)
    close_class(world.december_class, by=world.minh)

    assert who(may_see_class, world, world.december_class) == {"lan", "hoa", "minh", "an", "vi"}
    assert who(may_nominate_into, world, world.december_class) == set()


def test_people_are_sent_until_the_last_day_and_by_officers_until_it_is_closed(world, monkeypatch):
    it_is(monkeypatch, SECOND)
    assert who(may_nominate_into, world, world.december_class) == {"hoa", "ha", "an"}

    it_is(monkeypatch, AFTERWARDS)

    assert who(may_nominate_into, world, world.december_class) == {"an"}


def test_who_left_sees_the_class_no_more(world):
    withdraw(world.seat, "Ốm", by=world.hoa)

    assert not may_see_class(world.lan, world.december_class)


def test_a_trainer_who_no_longer_teaches_keeps_nothing(world):
    for trainer in db.session.query(ClassTrainer):
        db.session.delete(trainer)
    db.session.flush()
    db.session.expire_all()

    assert who(may_run_class, world, world.december_class) == {"an"}
    assert not may_see_class(world.minh, world.december_class)


def test_nobody_runs_a_class_they_take_part_in(world):
    nominate(world.december_class, [world.an], world.department, by=world.ha)

    assert who(may_run_class, world, world.december_class) == {"minh"}


def test_a_trainer_marks_from_the_day_for_seven_days_an_officer_until_the_end(world, monkeypatch):
    session = world.first_session
    marking = []
    for day in (date(2026, 11, 30), FIRST, date(2026, 12, 8), date(2026, 12, 9)):
        it_is(monkeypatch, day)
        marking.append(who(may_mark_now, world, session))

    assert marking == [set(), {"minh", "an"}, {"minh", "an"}, {"an"}]


def test_people_are_taken_out_by_who_answers_for_them_or_runs_the_class(world):
    assert who(may_withdraw, world, world.seat) == {"hoa", "minh", "an"}


def test_the_list_holds_exactly_the_classes_that_may_be_seen(world, monkeypatch):
    internal = open_class(values(world, code="IN"), by=world.ha)
    nominate(internal, [world.pao], world.office, by=world.ha)
    open_class(values(world, code="PRESS", organiser_id=world.newspaper.id), by=world.hoa)
    cancel_class(open_class(values(world, code="OFF"), by=world.an), "Bão", by=world.an)
    past = open_class(values(world, code="PAST", starts_on=date(2026, 11, 1),
                             ends_on=date(2026, 11, 2)), by=world.an)
    nominate(past, [world.lan], world.newspaper, by=world.an)
    db.session.add(CourseClass(code="PLAN", title_vi="Dự kiến", course=world.press_law,
                               organiser=world.department, starts_on=FIRST, ends_on=SECOND))
    db.session.flush()
    everything = db.session.query(CourseClass).all()

    for name in EVERYBODY:
        person = getattr(world, name)
        listed = {one.code for one in db.session.scalars(classes_seen_by(person))}
        assert (name, listed) == (
            name, {one.code for one in everything if may_see_class(person, one)})
    assert {one.code for one in db.session.scalars(classes_seen_by(world.pao))} == {"IN"}
    assert db.session.query(Enrolment).count() == 3
