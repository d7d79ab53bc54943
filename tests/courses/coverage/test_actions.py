"""Setting goals, and excusing people from them."""
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from lms.kernel import clock
from lms.kernel.audit import AuditEntry
from lms.kernel.db import db
from lms.kernel.errors import Refusal

from courses.coverage.actions import change_goal, end_exemption, exempt, set_goal
from courses.coverage.models import Exemption, Goal
from tests.courses.coverage.facts_of_the_world import figure, learned

MAY = date(2026, 5, 1)


def wanted(world, **more):
    """The values of a goal for reporters."""
    return {"key": "C", "group": world.reporters, "courses": [world.kit], "title_vi": "Trang bị",
            "valid_from": MAY} | more


def leave(**more):
    """The values of an exemption."""
    return {"kind": "leave", "reason": "Nghỉ thai sản", "valid_from": MAY, "valid_to": None} | more


def last_entry():
    """The newest line of the audit trail."""
    return db.session.scalars(select(AuditEntry).order_by(AuditEntry.id.desc())).first()


def test_a_goal_that_is_set_has_figures_from_its_first_day(world):
    goal = set_goal(wanted(world, share=70, due_days=30), by=world.an)

    assert (figure(goal, world.newspaper).members, figure(goal, world.newspaper).overdue) == (1, 1)
    assert (last_entry().verb, last_entry().by_id, last_entry().details["courses"]) == (
        "goal set", world.an.id, [world.kit.id])


@pytest.mark.parametrize("wrong", [
    {"key": "A"}, {"courses": []}, {"due_days": 30, "deadline": MAY}, {"share": 101},
    {"share": -1}, {"valid_to": MAY},
])
def test_a_goal_that_makes_no_sense_is_refused(world, wrong):
    with pytest.raises(Refusal):
        set_goal(wanted(world, **wrong), by=world.an)

    assert [goal.key for goal in db.session.scalars(select(Goal).order_by(Goal.key))] == ["A", "B"]


def test_changing_a_goal_changes_its_figures_and_keeps_what_it_asked(world):
    learned(world.lan, world.press_law, on=MAY)

    change_goal(world.goal_a, {"courses": [world.press_law, world.kit], "share": 100}, by=world.an)

    assert figure(world.goal_a, world.newspaper).met == 0
    assert last_entry().details == {
        "courses": [[world.press_law.id], sorted([world.press_law.id, world.kit.id])]}


def test_a_change_that_leaves_no_course_is_refused(world):
    with pytest.raises(Refusal):
        change_goal(world.goal_a, {"courses": []}, by=world.an)


def test_a_change_that_changes_nothing_leaves_no_trace(world):
    before = last_entry()

    change_goal(world.goal_a, {"share": 100, "courses": [world.press_law]}, by=world.an)

    assert last_entry() is before


def test_an_exempt_person_leaves_the_required_and_the_approver_is_kept(world):
    exemption = exempt(world.lan, world.goal_a, leave(), by=world.an)

    assert figure(world.goal_a, world.newspaper).exempt == 1
    assert exemption.approved_by_id == world.an.id
    assert last_entry().details == {"person": world.lan.id, "goal": world.goal_a.id}


@pytest.mark.parametrize("wrong", [{"reason": ""}, {"valid_to": MAY},
                                   {"valid_to": MAY - timedelta(days=1)}])
def test_an_exemption_without_reason_or_days_is_refused(world, wrong):
    with pytest.raises(Refusal):
        exempt(world.lan, world.goal_a, leave(**wrong), by=world.an)


def test_a_second_exemption_for_the_same_days_is_refused_and_for_later_ones_is_not(world):
    exempt(world.lan, world.goal_a, leave(valid_to=date(2026, 6, 1)), by=world.an)

    with pytest.raises(Refusal):
        exempt(world.lan, world.goal_a, leave(valid_from=date(2026, 5, 31)), by=world.an)
    exempt(world.lan, world.goal_a, leave(valid_from=date(2026, 6, 1)), by=world.an)

    assert db.session.scalars(
        select(Exemption.valid_from).where(Exemption.id > world.lan_excused.id)
        .order_by(Exemption.valid_from)).all() == [MAY, date(2026, 6, 1)]


def test_an_exemption_that_ends_is_corrected_and_what_was_believed_stays(world, monkeypatch):
    exemption = exempt(world.lan, world.goal_a, leave(), by=world.an)
    before = clock.now()
    monkeypatch.setattr(clock, "source", lambda: before + timedelta(hours=1))

    ended = end_exemption(exemption, date(2026, 11, 1), by=world.an)

    assert figure(world.goal_a, world.newspaper).exempt == 0
    assert figure(world.goal_a, world.newspaper, known=before).exempt == 1
    assert (ended.valid_from, ended.valid_to, ended.reason) == (
        MAY, date(2026, 11, 1), "Nghỉ thai sản")
    assert last_entry().details == {"corrects": exemption.id, "on": "2026-11-01"}


def test_an_exemption_cannot_end_before_it_begins_and_not_twice(world):
    exemption = exempt(world.lan, world.goal_a, leave(), by=world.an)

    with pytest.raises(Refusal):
        end_exemption(exemption, MAY - timedelta(days=1), by=world.an)
    end_exemption(exemption, date(2026, 11, 1), by=world.an)
    with pytest.raises(Refusal):
        end_exemption(exemption, date(2026, 10, 1), by=world.an)
