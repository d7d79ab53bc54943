"""Figures reckoned beforehand: they are those of all facts, or nobody believes them."""
from datetime import date, timedelta

import pytest
from sqlalchemy import delete, select, update

from lms.kernel import clock
from lms.kernel.db import db
from lms.kernel.facts import supersede
from lms.organisations.models import Placement
from lms.people.models import Membership, Posting

from courses.completions.actions import revoke
from courses.coverage import beforehand_actions
from courses.coverage.beforehand_actions import begin, counted, keep, reckon, reckon_when_due
from courses.coverage.exemption_queries import generous_units
from courses.coverage.facts.export import export_folder
from courses.coverage.facts.load import import_folder
from courses.coverage.models import Reckoned, ReckonedFigure
from courses.coverage.queries import beforehand, figures, first, trend
from courses.coverage.queries.beforehand import brought_up
from courses.coverage.queries.figures import reckoned
from courses.coverage.queries.months import gone_by
from courses.coverage.queries.rows import all_goals, units_of_day
from courses.coverage.truth_queries import wrong_beforehand
from tests.conftest import MORNING
from tests.courses.coverage.facts_of_the_world import TODAY, excused, figure, learned, told

LATER = MORNING + timedelta(minutes=30)
DAY = timedelta(days=1)
#: The ends of the two months before the present one.
MONTHS = [date(2026, 9, 30), date(2026, 10, 31)]


@pytest.fixture
def kept(world, monkeypatch):
    """The figures of today are reckoned; it is half an hour later."""
    done = reckon(TODAY, clock.now())
    monkeypatch.setattr(clock, "source", lambda: LATER)
    return done


def falsify():
    """Write into what was reckoned what no facts give."""
    db.session.execute(update(ReckonedFigure).values(met=99))


def days_kept():
    """The days of which figures are kept."""
    return sorted(db.session.scalars(select(Reckoned.on)))


def test_where_nothing_has_changed_the_figures_are_those_that_were_reckoned(world, kept):
    assert brought_up(TODAY).figures() == reckoned() == figures()


def test_every_kind_of_change_since_is_told(world, kept):
    learned(world.lan, world.goal_a.courses[0], TODAY)
    excused(world.pao, world.goal_b, TODAY - DAY)
    told(Posting(person=world.lan, unit=world.office, valid_from=TODAY - DAY, main=False))
    supersede(db.session.scalars(select(Membership).filter_by(person_id=world.ha.id)).first(),
              valid_to=TODAY - DAY)

    assert brought_up(TODAY).figures() == reckoned()
    assert brought_up(TODAY, {world.goal_a.id}, {world.department.id}).figures(
        {world.goal_a.id}, {world.department.id}) == reckoned(
        [world.goal_a], [world.department])
    assert figure(world.goal_a, world.newspaper).met == 1


def test_the_page_of_a_unit_names_the_same_people_where_many_owe_the_goal(
        world, kept, browse, monkeypatch):
    officer = browse(world.an)
    address = f"/units/{world.newspaper.id}/coverage?goal={world.goal_a.id}"
    before = officer.get(address).text

    monkeypatch.setattr(first, "MANY", 0)

    assert officer.get(address).text == before
    assert "Nông Thị Lan" in before


def test_the_units_that_excuse_many_are_the_same(world, kept):
    excused(world.pao, world.goal_b, TODAY - DAY)
    said = generous_units(TODAY)

    db.session.execute(delete(ReckonedFigure))
    db.session.execute(delete(Reckoned))

    assert said == generous_units(TODAY)
    assert [one.unit.key for one in said] == ["SVH", "SVH-VP"]


def test_what_is_taken_back_since_counts_no_more(world, monkeypatch):
    done = learned(world.lan, world.goal_a.courses[0], TODAY - DAY)
    reckon(TODAY, clock.now())
    monkeypatch.setattr(clock, "source", lambda: LATER)

    revoke(done, TODAY - DAY, "Nhầm", by=world.an)

    assert figure(world.goal_a, world.newspaper).met == 0
    assert brought_up(TODAY).figures() == reckoned()


def test_they_are_believed_of_no_other_day_moment_or_structure(world, kept):
    falsify()

    assert {one.met for one in figures() if one.members} == {99}
    assert 99 not in {one.met for one in (
        *figures(on=TODAY - DAY), *figures(known=clock.now()), *figures(recast=True))}


def test_another_goal_or_another_tree_asks_all_facts(world, kept):
    falsify()
    world.goal_a.due_days = 5
    db.session.flush()

    assert brought_up(TODAY) is None
    assert brought_up(TODAY, {world.goal_b.id}) is not None

    supersede(db.session.scalars(select(Placement)).first(), valid_from=date(2020, 1, 1))

    assert brought_up(TODAY, {world.goal_b.id}) is None
    assert figures() == reckoned()


def test_too_many_people_concerned_ask_all_facts(world, kept, monkeypatch):
    monkeypatch.setattr(beforehand, "MOST", 1)
    learned(world.lan, world.goal_a.courses[0], TODAY)
    assert brought_up(TODAY) is not None

    learned(world.ha, world.goal_a.courses[0], TODAY)
    assert brought_up(TODAY) is None


def test_the_look_over_all_facts_finds_what_was_reckoned_wrongly(world, kept):
    assert wrong_beforehand() == []
    falsify()

    found = [(one.unit, one.goal, one.said, one.counted) for one in wrong_beforehand()]

    assert (world.newspaper.id, world.goal_a.id, 99, 0) in found


def test_facts_that_come_in_from_a_folder_may_have_been_recorded_long_ago(world, kept, tmp_path):
    export_folder(tmp_path / "facts")

    import_folder(tmp_path / "facts")

    assert days_kept() == []


def test_a_small_organisation_needs_none(world):
    assert reckon_when_due() is None
    assert days_kept() == []


@pytest.fixture
def large(world, monkeypatch):
    """Anybody at all is enough to reckon figures beforehand, of three months; sets the clock."""
    monkeypatch.setattr(beforehand_actions, "ENOUGH", 0)
    monkeypatch.setattr(beforehand_actions, "CHANGED", 0)
    monkeypatch.setattr(beforehand_actions, "MONTHS", 3)
    return lambda moment: monkeypatch.setattr(clock, "source", lambda: moment)


def within_the_hour():
    """The days that are reckoned when the runner asks for it again and again."""
    return [on for _minute in range(12) if (on := reckon_when_due())]


def test_one_day_each_minute_once_an_hour_where_something_has_changed(world, large):
    assert within_the_hour() == [TODAY, *MONTHS[::-1]]

    # What had not settled is not yet in them.
    large(MORNING + timedelta(hours=1))
    learned(world.lan, world.goal_a.courses[0], TODAY)
    assert within_the_hour() == [TODAY, *MONTHS[::-1]]

    # What was learned today changes nothing of the months gone by.
    large(MORNING + timedelta(hours=3))
    assert (within_the_hour(), days_kept()) == ([TODAY], [*MONTHS, TODAY])
    large(MORNING + timedelta(hours=5))
    assert within_the_hour() == []

    told(Membership(person=world.pao, group=world.goal_a.group, valid_from=MONTHS[0]))
    assert (within_the_hour(), days_kept()) == ([TODAY, *MONTHS[::-1]], [*MONTHS, TODAY])


def test_another_goal_or_another_tree_has_them_reckoned_anew(world, large):
    within_the_hour()
    large(MORNING + timedelta(hours=2))
    within_the_hour()

    large(MORNING + timedelta(hours=4))
    world.goal_a.due_days = 5
    db.session.flush()
    assert within_the_hour() == [TODAY, *MONTHS[::-1]]

    large(MORNING + timedelta(hours=6))
    supersede(db.session.scalars(select(Placement)).first(), valid_from=date(2020, 1, 1))
    assert within_the_hour() == [TODAY, *MONTHS[::-1]]


def test_in_the_evening_those_of_tomorrow_are_reckoned_and_yesterdays_go(world, large):
    reckon(TODAY - DAY)
    evening = MORNING.replace(hour=15, minute=30)
    large(evening)

    assert within_the_hour() == [TODAY, TODAY + DAY, *MONTHS[::-1]]
    assert days_kept() == [*MONTHS, TODAY, TODAY + DAY]

    # The months are reckoned anew each day.
    large(evening + timedelta(hours=2))
    assert (clock.today(), within_the_hour(), days_kept()) == (
        TODAY + DAY, [*MONTHS[::-1]], [*MONTHS, TODAY + DAY])


def test_facts_that_came_in_from_a_folder_while_it_was_read_are_not_overlooked(
        world, tmp_path):
    export_folder(tmp_path / "facts")
    begun, found = begin(TODAY, MORNING), counted(TODAY, MORNING)

    import_folder(tmp_path / "facts")

    assert keep(begun, found) is None
    assert days_kept() == []


def test_what_is_recorded_while_it_is_read_counts_as_recorded_since(world, monkeypatch):
    begun, found = begin(TODAY, MORNING), counted(TODAY, MORNING)
    monkeypatch.setattr(clock, "source", lambda: LATER)
    learned(world.lan, world.goal_a.courses[0], TODAY)

    assert brought_up(TODAY) is None
    keep(begun, found)

    assert figure(world.goal_a, world.newspaper).met == 1
    assert brought_up(TODAY).figures() == reckoned()


def test_who_was_interrupted_does_not_keep_others_from_it(world, large):
    begin(TODAY, MORNING)
    assert within_the_hour() == []

    large(MORNING + timedelta(minutes=11))
    assert (within_the_hour(), days_kept()) == ([TODAY, *MONTHS[::-1]], [*MONTHS, TODAY])


def months_kept(world, monkeypatch):
    """The figures of three months and today are reckoned; it is half an hour later."""
    for on in (*MONTHS, TODAY):
        reckon(on, clock.now())
    monkeypatch.setattr(clock, "source", lambda: LATER)
    return all_goals({world.goal_a.id})[0], units_of_day(TODAY, None, {world.newspaper.id})[0]


def test_the_months_of_a_trend_are_those_that_were_reckoned(world, monkeypatch):
    learned(world.lan, world.press_law, on=date(2026, 9, 1))
    before = trend(world.goal_a, world.newspaper.id, 3)
    goal, unit = months_kept(world, monkeypatch)

    assert gone_by(goal, unit, MONTHS) == before[:-1]
    assert trend(world.goal_a, world.newspaper.id, 3) == before
    falsify()
    assert [one.met for _day, one in trend(world.goal_a, world.newspaper.id, 3)] == [99] * 3


def test_a_correction_of_long_ago_shows_in_the_trend_at_once(world, monkeypatch):
    done = learned(world.lan, world.press_law, on=date(2026, 9, 1))
    goal, unit = months_kept(world, monkeypatch)

    revoke(done, date(2026, 10, 1), "Nhầm", by=world.an)
    learned(world.ha, world.press_law, on=date(2026, 10, 2))
    excused(world.pao, world.goal_a, date(2026, 9, 1))

    told_now = trend(world.goal_a, world.newspaper.id, 3, known=clock.now())
    assert gone_by(goal, unit, MONTHS) == told_now[:-1]
    assert trend(world.goal_a, world.newspaper.id, 3) == told_now


def test_the_months_are_believed_at_no_other_moment_nor_of_another_goal_or_tree(
        world, monkeypatch):
    goal, unit = months_kept(world, monkeypatch)
    falsify()
    assert 99 not in {one.met for _day, one in trend(
        goal, unit.id, 3, known=clock.now())}
    assert gone_by(goal, unit, [*MONTHS, TODAY - DAY]) is None

    assert gone_by(goal._replace(due_days=5), unit, MONTHS) is None
    supersede(db.session.scalars(select(Placement)).first(), valid_from=date(2020, 1, 1))
    assert gone_by(goal, unit, MONTHS) is None


def test_months_as_known_at_different_moments_are_not_read_together(world, monkeypatch):
    goal, unit = months_kept(world, monkeypatch)
    reckon(MONTHS[0], clock.now())

    # The older ones are still there, as known together.
    assert gone_by(goal, unit, MONTHS) is not None
    db.session.execute(delete(ReckonedFigure))
    db.session.execute(delete(Reckoned).where(Reckoned.on == MONTHS[0], Reckoned.known < LATER))
    assert gone_by(goal, unit, MONTHS) is None
