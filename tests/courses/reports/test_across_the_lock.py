"""What changes after a lock and reaches across its day: exemptions, links, acts and their undoing.

The department's report in the world was locked on 25 November for the 24th: Hạ in the department
and Páo in its office owe the goal of officials, within time.
"""
from datetime import date

import pytest

from lms.kernel.db import db
from lms.people.linking import link, part
from lms.people.models import Membership, Person, Posting

from courses.coverage.actions import end_exemption, exempt
from courses.coverage.queries import figures
from courses.reorganisation.actions import reorganise
from courses.reorganisation.plan import Heir, Plan
from courses.reorganisation.undoing import undo
from courses.reports.actions import lock
from courses.reports.queries.comparing import differences, known_now
from courses.reports.queries.measuring import matter_of
from courses.reports.queries.reasons import facts_behind
from tests.courses.reports.moments import later
from tests.courses.reports.test_locking import who_differs, whole_figures
from tests.world import HEADING

LOCKED, NEXT = date(2026, 11, 24), date(2026, 11, 25)


@pytest.fixture(autouse=True)
def an_hour_later(world, monkeypatch):
    """Everything below is entered an hour after the report was locked."""
    later(monkeypatch, hours=1)


def reasons(report, person):
    """The facts that made ``person`` differ, in words."""
    matter = matter_of(report)
    read, _figures = known_now(matter)
    found = {one.person_id for one in differences(matter, read)}
    return [fact.words for fact in facts_behind(matter, found).get(person.id, [])]


def excused(world, start, end=None):
    """Páo is exempt on these days."""
    return exempt(world.pao, world.goal_b, {
        "kind": "leave", "reason": "QĐ 15", "valid_from": start, "valid_to": end}, by=world.an)


@pytest.mark.parametrize(("days", "differs"), [
    ((LOCKED, NEXT), True),             # that one day
    ((date(2026, 1, 1), LOCKED), False),  # until the day before
    ((NEXT, None), False),              # from the day after
    ((date(2026, 11, 1), None), True)])
def test_an_exemption_differs_where_it_holds_on_the_day_of_the_lock(world, days, differs):
    excused(world, *days)

    assert who_differs(world.report) == (
        [("PAO", "B", "within_time", "exempt")] if differs else [])
    assert whole_figures(world.report)["B"] == (0, 2)
    assert bool(reasons(world.report, world.pao)) is differs


def test_an_exemption_ended_from_before_the_lock_is_as_if_it_had_not_been(world):
    held = excused(world, date(2026, 11, 1))
    end_exemption(held, date(2026, 11, 10), by=world.an)

    assert who_differs(world.report) == []


def test_a_pair_of_records_counted_twice_differs_once_linked_and_no_more_once_parted(
        world, monkeypatch):
    twin = Person(key="PAO2", full_name="Vàng A Páo", birth="1988")
    db.session.add_all([twin, Membership(person=twin, group=world.officials,
                                         valid_from=date(2026, 1, 1)),
                        Posting(person=twin, unit=world.department, main=True,
                                valid_from=date(2026, 1, 1))])
    db.session.flush()
    report = lock(world.department, date(2026, 1, 1), LOCKED, HEADING, by=world.an)
    later(monkeypatch, hours=1)
    made = link(world.ha, twin, by=world.an)

    # Three people were counted; now Hạ and Páo are.
    assert whole_figures(report)["B"] == (0, 3)
    whole, = figures([world.goal_b], [world.department], LOCKED)
    assert whole.required == 2
    assert who_differs(report) == [("PAO2", "B", "within_time", None)]

    later(monkeypatch, hours=1)
    part(made, by=world.an)
    assert who_differs(report) == []


@pytest.mark.parametrize(("on", "differs"), [(LOCKED, True), (NEXT, False)])
def test_an_act_differs_from_its_first_day_on_and_not_before(world, on, differs):
    done = reorganise(Plan(kind="merge", sources=[world.office], on=on, act="QĐ 1",
                           heirs=[Heir(unit=world.newspaper)]), by=world.an)

    assert who_differs(world.report) == (
        [("PAO", "B", "within_time", None)] if differs else [])
    undo(done, by=world.an)
    assert who_differs(world.report) == []


def test_a_unit_merged_twice_is_followed_to_where_it_is_today(world):
    # The office goes to the newspaper in October, the newspaper to the department in November:
    # Páo is counted in each in its time, and under the structure of today always there.
    october, november = date(2026, 10, 15), date(2026, 11, 1)
    for source, heir, on in ((world.office, world.newspaper, october),
                             (world.newspaper, world.department, november)):
        reorganise(Plan(kind="merge", sources=[source], on=on, act="QĐ 1",
                        heirs=[Heir(unit=heir)]), by=world.an)

    def counted(on, recast=False):
        return {figure.unit.key: figure.required for figure in figures(
            [world.goal_b], on=on, recast=recast) if figure.required}

    assert counted(date(2026, 10, 14)) == {"CB": 2, "SVH": 2, "SVH-VP": 1}
    assert counted(october) == counted(date(2026, 10, 31)) == {"CB": 2, "SVH": 1, "BAO": 1}
    assert counted(november) == {"CB": 2, "SVH": 2}
    for on in (date(2026, 10, 14), october, date(2026, 10, 31), november):
        assert counted(on, recast=True) == {"CB": 2, "SVH": 2}


def test_two_posts_in_units_that_merge_count_once_before_and_after(world):
    db.session.add(Posting(person=world.pao, unit=world.newspaper, main=False,
                           valid_from=date(2026, 1, 1)))
    db.session.flush()
    done = reorganise(Plan(kind="merge", sources=[world.office, world.newspaper], on=LOCKED,
                           act="QĐ 1", heirs=[Heir(name_vi="Trung tâm Truyền thông")]),
                      by=world.an)

    def counted(on):
        return {figure.unit.name_vi: figure.required for figure in figures(
            [world.goal_b], on=on) if figure.required}

    assert counted(date(2026, 11, 23)) == {
        "Tỉnh Cao Bằng": 2, "Sở Văn hóa": 2, "Văn phòng Sở Văn hóa": 1, "Báo Cao Bằng": 1}
    after = counted(LOCKED)
    assert (after["Tỉnh Cao Bằng"], after["Trung tâm Truyền thông"]) == (2, 1)
    undo(done, by=world.an)
    assert counted(LOCKED) == counted(date(2026, 11, 23))
