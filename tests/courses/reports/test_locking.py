"""Locking: what is kept and never changes, and what today's knowledge says beside it.

The department's report in the world was locked on 25 November for the 24th.  Officials owe press
law and the kit by 14 December: Hạ and Páo, neither of whom has them.
"""
from datetime import date

import pytest
from sqlalchemy import select

from lms.kernel import clock
from lms.kernel.audit import AuditEntry
from lms.kernel.db import db
from lms.kernel.errors import Refusal
from lms.people.actions import end_post, post
from lms.people.models import Person

from courses.completions.actions import complete
from courses.coverage.actions import change_goal
from courses.reports.actions import end, lock
from courses.reports.models import LockedFigure, LockedForGood, LockedPerson
from courses.reports.queries.comparing import checked, differences, known_now, reports_that_differ
from courses.reports.queries.measuring import matter_of
from courses.reports.queries.reasons import changes_for_all, facts_behind
from tests.courses.reports.moments import later
from tests.world import HEADING


def whole_figures(report):
    """goal → (met, required) of the whole, as locked."""
    matter = matter_of(report)
    return {goal.key: (matter.whole(goal).met, matter.whole(goal).required)
            for goal in matter.goals}


def who_differs(report):
    """(staff code, goal, before, now) of everybody who differs."""
    matter = matter_of(report)
    read, _figures = known_now(matter)
    keys = dict(db.session.execute(select(Person.id, Person.key)).all())
    return [(keys[one.person_id], one.goal.key, one.before, one.now)
            for one in differences(matter, read)]


def learn_late(world, person, learned_on=date(2026, 11, 20)):
    """Ân enters that ``person`` had learned both courses of the officials before the lock's day."""
    for course in (world.press_law, world.kit):
        complete(person, course, learned_on, by=world.an)


def test_a_lock_keeps_the_figures_and_the_people_behind_them(world):
    matter = matter_of(world.report)

    assert whole_figures(world.report) == {"A": (0, 0), "B": (0, 2)}
    assert matter.people[world.goal_b.id] == {
        world.ha.id: ("within_time", (world.department.id,)),
        world.pao.id: ("within_time", (world.office.id,))}
    assert [figure.required for figure in matter.figures if figure.goal.key == "B"] == [2, 1]
    assert (checked(matter).intact, checked(matter).equal) == (True, True)


def test_it_says_who_and_when_in_the_trail(world):
    report = world.report
    entry = db.session.scalar(select(AuditEntry).filter_by(verb="report locked"))

    assert (entry.subject, entry.by_id, entry.details) == (
        f"locked_report:{report.id}", world.an.id,
        {"on": "2026-11-24", "unit": world.department.id, "sha256": report.sha256})
    assert (report.known_at, report.locked_by) == (clock.now(), world.an)


def test_what_is_entered_late_changes_nothing_locked_and_is_named_with_its_facts(
        world, monkeypatch):
    moment = later(monkeypatch, hours=1)
    learn_late(world, world.pao)
    matter = matter_of(world.report)
    read, now = known_now(matter)
    found = differences(matter, read)

    facts = facts_behind(matter, {one.person_id for one in found})[world.pao.id]

    assert whole_figures(world.report) == {"A": (0, 0), "B": (0, 2)}
    assert {(f.goal.key, f.unit.key): (f.met, f.required) for f in now} == {
        ("A", "SVH"): (0, 0), ("A", "SVH-VP"): (0, 0), ("B", "SVH"): (1, 2),
        ("B", "SVH-VP"): (1, 1)}
    assert who_differs(world.report) == [("PAO", "B", "within_time", "met")]
    assert [(fact.words, fact.new, fact.at, fact.by) for fact in facts] == [
        ("hoàn thành “Luật Báo chí” ngày 20/11/2026", True, moment, "Lý Hoài Ân"),
        ("hoàn thành “Bộ tài liệu” ngày 20/11/2026", True, moment, "Lý Hoài Ân")]
    assert (checked(matter).intact, checked(matter).equal) == (True, True)


def test_what_happened_after_the_day_does_not_differ(world, monkeypatch):
    later(monkeypatch, hours=1)
    learn_late(world, world.pao, date(2026, 11, 25))

    assert who_differs(world.report) == []
    assert reports_that_differ([world.pao], date(2026, 11, 1)) == []


def test_somebody_who_had_left_before_the_day_differs_by_the_post(world, monkeypatch):
    later(monkeypatch, hours=1)
    end_post(world.pao_post, date(2026, 11, 1), by=world.ha)
    matter = matter_of(world.report)

    facts = facts_behind(matter, {world.pao.id})[world.pao.id]

    assert who_differs(world.report) == [("PAO", "B", "within_time", None)]
    assert [(fact.words, fact.new, fact.by) for fact in facts] == [
        ("vị trí tại Văn phòng Sở Văn hóa, 01/01/2018 – hiện nay", False, "Bế Văn Hạ"),
        ("vị trí tại Văn phòng Sở Văn hóa, 01/01/2018 – 31/10/2026", True, "Bế Văn Hạ")]


def test_a_second_post_changes_where_somebody_counts(world, monkeypatch):
    later(monkeypatch, hours=1)
    post(world.ha, {"unit": world.office, "title": "Kiêm nhiệm", "main": False,
                    "valid_from": date(2026, 11, 1)}, by=world.an)
    matter = matter_of(world.report)
    read, _now = known_now(matter)

    one, = differences(matter, read)

    assert (one.before, one.now) == ("within_time", "within_time")
    assert one.units_now - one.units_before == {world.office.id}


def test_a_goal_that_is_asked_otherwise_is_said_once_for_everybody(world, monkeypatch):
    moment = later(monkeypatch, hours=1)
    change_goal(world.goal_b, {"deadline": date(2026, 11, 1)}, by=world.an)
    matter = matter_of(world.report)
    read, _now = known_now(matter)

    change, = changes_for_all(matter, read)

    assert who_differs(world.report) == [("HA", "B", "within_time", "overdue"),
                                         ("PAO", "B", "within_time", "overdue")]
    assert (change.words, change.at, change.by) == (
        "chỉ tiêu “Cán bộ được tập huấn và trang bị tài liệu” nay quy định khác", moment,
        "Lý Hoài Ân")
    assert (checked(matter).intact, checked(matter).equal) == (True, True)


def test_a_name_or_a_staff_code_that_goes_changes_nothing(world, monkeypatch):
    later(monkeypatch, hours=1)
    before = matter_of(world.report)
    pao = world.pao
    pao.full_name, pao.key, pao.birth = "Người đã xóa", "x1", ""
    db.session.flush()
    after = matter_of(world.report)

    assert (after.digest(), after.people, after.figures) == (
        before.digest(), before.people, before.figures)
    assert (checked(after).intact, checked(after).equal) == (True, True)


def test_the_hash_tells_when_a_row_was_changed_behind_the_back(world):
    db.session.execute(LockedFigure.__table__.update().where(
        LockedFigure.report_id == world.report.id).values(met=LockedFigure.met + 1))
    db.session.expire_all()

    assert (checked(matter_of(world.report)).intact, checked(matter_of(world.report)).equal) == (
        False, False)


@pytest.mark.parametrize("change", [
    lambda world: setattr(world.report, "title", "Khác"),
    lambda world: setattr(db.session.scalars(select(LockedFigure)).first(), "met", 99),
    lambda world: db.session.delete(db.session.scalars(select(LockedPerson)).first()),
    lambda world: db.session.delete(world.report)])
def test_nothing_locked_is_changed_or_deleted(world, change):
    change(world)

    with pytest.raises(LockedForGood):
        db.session.flush()
    db.session.rollback()


def test_a_day_to_come_and_a_period_the_wrong_way_round_are_refused(world):
    with pytest.raises(Refusal, match="ngày chưa tới"):
        lock(world.department, date(2026, 1, 1), date(2026, 11, 26), HEADING, by=world.an)
    with pytest.raises(Refusal, match="kết thúc trước khi bắt đầu"):
        lock(world.department, date(2026, 3, 1), date(2026, 2, 1), HEADING, by=world.an)
    with pytest.raises(Refusal, match="không có chỉ tiêu"):
        lock(world.department, date(2024, 1, 1), date(2024, 12, 31), HEADING, by=world.an)


def test_a_report_is_replaced_or_withdrawn_once_with_a_reason(world, monkeypatch):
    later(monkeypatch, hours=1)
    old = world.report
    new = lock(world.department, date(2026, 1, 1), date(2026, 11, 25), HEADING, by=world.an)

    with pytest.raises(Refusal, match="Không có báo cáo nào khác"):
        end(old, "Sai kỳ", old.code, by=world.an)
    end(old, "Sai kỳ", new.code.lower().replace("-", " "), by=world.an)

    assert (old.state, old.replaced_by, old.reason, new.state) == (
        "replaced", new, "Sai kỳ", "in_force")
    with pytest.raises(Refusal, match="đã bị rút hoặc thay thế"):
        end(old, "Lần nữa", "", by=world.an)
    end(new, "Nhầm", "", by=world.an)
    assert new.state == "withdrawn"


def test_a_correction_names_the_reports_it_makes_differ(world, monkeypatch):
    later(monkeypatch, hours=1)
    learn_late(world, world.pao)

    assert reports_that_differ([world.pao], date(2026, 11, 20)) == [world.report]
    assert reports_that_differ([world.pao], date(2026, 11, 25)) == []
    assert reports_that_differ([world.ha], date(2026, 11, 20)) == []
