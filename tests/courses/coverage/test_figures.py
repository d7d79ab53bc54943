"""What the figures mean, sentence by sentence, in the named world."""
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from lms.kernel import clock
from lms.kernel.db import db
from lms.kernel.facts import supersede
from lms.organisations.models import Placement, Succession, Unit
from lms.people.models import Membership, Posting

from courses.coverage.queries import counted_twice, figures, trend
from tests.courses.coverage.facts_of_the_world import (
    TODAY,
    excused,
    figure,
    learned,
    newcomers,
    numbers,
    told,
)
from tests.statements import counted

JULY = date(2026, 7, 1)
DAY = timedelta(days=1)


def posting(person):
    """The first posting of ``person``."""
    return db.session.scalars(select(Posting).filter_by(person_id=person.id)).first()


def membership(person):
    """The first membership of ``person``."""
    return db.session.scalars(select(Membership).filter_by(person_id=person.id)).first()


def test_the_world_has_a_figure_for_each_goal_in_each_unit(world):
    found = {(f.goal.key, f.unit.key): (f.members, f.met, f.overdue, f.within_time)
             for f in figures()}

    assert found == {
        ("A", "CB"): (1, 0, 1, 0), ("A", "BAO"): (1, 0, 1, 0),
        ("A", "SVH"): (0, 0, 0, 0), ("A", "SVH-VP"): (0, 0, 0, 0),
        ("B", "CB"): (2, 0, 0, 2), ("B", "BAO"): (0, 0, 0, 0),
        ("B", "SVH"): (2, 0, 0, 2), ("B", "SVH-VP"): (1, 0, 0, 1)}


@pytest.mark.parametrize("fact", [posting, membership])
def test_whoever_leaves_on_the_first_of_july_is_not_counted_on_that_day(world, fact):
    fact(world.lan).valid_to = JULY
    db.session.flush()

    assert figure(world.goal_a, world.newspaper, JULY - DAY).members == 1
    assert figure(world.goal_a, world.newspaper, JULY).members == 0


def test_without_anybody_required_there_is_no_rate(world):
    excused(world.lan, world.goal_a, date(2026, 1, 1))

    alone = figure(world.goal_a, world.newspaper)

    assert (alone.members, alone.exempt, alone.required) == (1, 1, 0)
    assert (alone.rate, alone.reached) == (None, None)


def test_a_goal_that_is_not_in_force_has_no_figure(world):
    world.goal_a.valid_to = JULY
    db.session.flush()

    assert figures([world.goal_a], on=date(2025, 12, 31)) == []
    assert len(figures([world.goal_a], [world.newspaper], JULY - DAY)) == 1
    assert figures([world.goal_a], on=JULY) == []


def test_a_completion_counts_from_the_day_of_learning_to_its_last_day(world):
    learned(world.lan, world.press_law, on=JULY, until=date(2026, 7, 31))

    met = [figure(world.goal_a, world.newspaper, day).met
           for day in (JULY - DAY, JULY, date(2026, 7, 31), date(2026, 8, 1))]

    assert met == [0, 1, 1, 0]


def test_a_completion_revoked_on_a_day_does_not_count_on_that_day(world):
    learned(world.lan, world.press_law, on=date(2026, 3, 1), revoked_on=JULY)

    assert figure(world.goal_a, world.newspaper, JULY - DAY).met == 1
    assert figure(world.goal_a, world.newspaper, JULY).met == 0


def test_a_goal_of_two_courses_is_met_with_both(world):
    learned(world.ha, world.press_law, on=JULY)

    assert numbers(world.goal_b, world.department) == (2, 0, 0, 0, 2)

    learned(world.ha, world.kit, on=JULY)

    assert numbers(world.goal_b, world.department) == (2, 0, 1, 0, 1)


def test_an_exemption_takes_its_days_out_of_the_required(world):
    learned(world.lan, world.press_law, on=date(2026, 2, 1))
    excused(world.lan, world.goal_a, JULY, date(2026, 8, 1))

    assert [numbers(world.goal_a, world.newspaper, day)[1:3]
            for day in (JULY - DAY, JULY, date(2026, 7, 31), date(2026, 8, 1))] == [
        (0, 1), (1, 0), (1, 0), (0, 1)]


def test_after_the_ninety_days_of_a_newcomer_and_after_the_deadline_people_are_overdue(world):
    assert numbers(world.goal_a, world.newspaper, date(2026, 4, 1)) == (1, 0, 0, 0, 1)
    assert numbers(world.goal_a, world.newspaper, date(2026, 4, 2)) == (1, 0, 0, 1, 0)
    assert numbers(world.goal_b, world.department, date(2026, 12, 14)) == (2, 0, 0, 0, 2)
    assert numbers(world.goal_b, world.department, date(2026, 12, 15)) == (2, 0, 0, 2, 0)


def test_memberships_that_touch_are_one_and_a_gap_gives_the_newcomer_new_days(world):
    first = membership(world.lan)
    first.valid_to = date(2026, 11, 1)
    told(Membership(person=world.lan, group=world.reporters, valid_from=date(2026, 11, 1)))

    assert figure(world.goal_a, world.newspaper).overdue == 1

    first.valid_to = date(2026, 10, 31)
    db.session.flush()

    assert figure(world.goal_a, world.newspaper).overdue == 0


def test_somebody_in_two_units_counts_in_each_and_once_above_and_is_named(world):
    told(Posting(person=world.lan, unit=world.department, main=False, valid_from=JULY))

    assert figure(world.goal_a, world.newspaper).members == 1
    assert figure(world.goal_a, world.department).members == 1
    assert figure(world.goal_a, world.province).members == 1
    ((person, units),) = counted_twice(world.goal_a, [world.newspaper, world.department])
    assert (person.key, [unit.key for unit in units]) == ("LAN", ["BAO", "SVH"])


def test_a_unit_that_moves_takes_its_people_along_from_that_day(world):
    placement = db.session.scalars(select(Placement).filter_by(unit_id=world.office.id)).one()
    placement.valid_to = JULY
    told(Placement(unit=world.office, parent=world.newspaper, valid_from=JULY))
    told(Membership(person=world.pao, group=world.reporters, valid_from=date(2026, 1, 1)))

    assert figure(world.goal_a, world.department, JULY - DAY).members == 1
    assert figure(world.goal_a, world.department, JULY).members == 0
    assert figure(world.goal_a, world.newspaper, JULY).members == 2


def test_after_a_merger_the_days_before_stay_with_the_old_unit(world):
    world.newspaper.valid_to = JULY
    merged = told(Unit(key="BPT", name_vi="Báo và Đài", valid_from=JULY))
    told(Placement(unit=merged, parent=world.province, valid_from=JULY))
    told(Succession(from_unit=world.newspaper, to_unit=merged, on=JULY, kind="merge"))
    posting(world.lan).valid_to = JULY
    told(Posting(person=world.lan, unit=merged, valid_from=JULY))

    assert [(f.unit.key, f.members) for f in figures([world.goal_a], on=JULY - DAY)] == [
        ("CB", 1), ("BAO", 1), ("SVH", 0), ("SVH-VP", 0)]
    assert [(f.unit.key, f.members) for f in figures([world.goal_a], on=JULY)] == [
        ("BPT", 1), ("CB", 1), ("SVH", 0), ("SVH-VP", 0)]


def test_what_was_typed_in_later_was_not_known_before(world):
    entered = clock.now() + timedelta(hours=1)
    learned(world.lan, world.press_law, on=date(2026, 3, 1), recorded_at=entered)

    assert figure(world.goal_a, world.newspaper, known=entered - timedelta(seconds=1)).met == 0
    assert figure(world.goal_a, world.newspaper, known=entered).met == 1


def test_a_corrected_fact_still_gives_what_was_believed_before(world, monkeypatch):
    before = clock.now()
    wrong = learned(world.lan, world.press_law, on=date(2026, 3, 1))
    monkeypatch.setattr(clock, "source", lambda: before + timedelta(hours=1))

    supersede(wrong, learned_on=date(2026, 12, 1))

    assert figure(world.goal_a, world.newspaper, known=before).met == 1
    assert figure(world.goal_a, world.newspaper).met == 0


def test_the_figure_says_how_many_are_short_of_the_target(world):
    people = newcomers(20, world.newspaper, world.reporters)
    for person in people[:17]:
        learned(person, world.press_law, on=JULY)
    all_of_them = figure(world.goal_a, world.newspaper)
    world.goal_a.share = 70
    db.session.flush()

    assert (all_of_them.met, all_of_them.required, all_of_them.rate) == (17, 21, "81.0")
    assert (all_of_them.short, all_of_them.reached) == (4, False)
    assert (figure(world.goal_a, world.newspaper).short,
            figure(world.goal_a, world.newspaper).reached) == (0, True)


@pytest.mark.parametrize("more", [0, 300])
def test_the_matrix_costs_five_statements_however_many_people(world, more):
    newcomers(more, world.newspaper, world.reporters)

    with counted() as statements:
        figures(on=TODAY)

    assert len(statements) == 5


def test_the_trend_ends_on_the_day_asked_and_has_gaps_where_no_goal_was_set(world):
    learned(world.lan, world.press_law, on=date(2026, 3, 1), until=date(2026, 9, 30))

    line = trend(world.goal_a, world.newspaper.id, months=12)

    assert [(day.isoformat(), met and met.met) for day, met in line] == [
        ("2025-12-31", None), ("2026-01-31", 0), ("2026-02-28", 0), ("2026-03-31", 1),
        ("2026-04-30", 1), ("2026-05-31", 1), ("2026-06-30", 1), ("2026-07-31", 1),
        ("2026-08-31", 1), ("2026-09-30", 1), ("2026-10-31", 0), ("2026-11-25", 0)]


def test_the_trend_knows_what_was_revoked_on_the_last_day_of_a_month(world):
    learned(world.lan, world.press_law, on=date(2026, 9, 30), revoked_on=date(2026, 10, 31))

    line = trend(world.goal_a, world.newspaper.id, months=4)

    assert [met.met for _day, met in line] == [0, 1, 0, 0]


@pytest.mark.parametrize("months", [2, 60])
def test_the_trend_costs_the_same_statements_for_any_number_of_months(world, months):
    goal, unit = world.goal_a, world.newspaper

    with counted() as statements:
        trend(goal, unit.id, months)

    assert len(statements) == 8
