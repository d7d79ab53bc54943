"""The people behind the figures, and the figures asked the other way round."""
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from lms.kernel import clock
from lms.kernel.db import db
from lms.kernel.facts import supersede
from lms.organisations.models import Placement
from lms.people.models import Membership, Person, Posting

from courses.catalogue.models import CourseVersion
from courses.classes.models import Enrolment
from courses.completions.models import Study
from courses.coverage.queries import (
    expiring,
    figures,
    owed_by,
    owing,
    people_behind,
    standings,
    with_evidence,
)
from tests.courses.coverage.facts_of_the_world import excused, learned, newcomers, told
from tests.statements import counted

MARCH = date(2026, 3, 1)


def test_the_list_has_as_many_rows_as_the_figure_says_in_the_order_of_names(world):
    learned(world.ha, world.press_law, on=MARCH)

    behind = people_behind(world.goal_b, world.department)

    assert [(row.person.full_name, row.status, row.due_on, row.since) for row in behind] == [
        ("Bế Văn Hạ", "within_time", date(2026, 12, 14), date(2026, 1, 1)),
        ("Vàng A Páo", "within_time", date(2026, 12, 14), date(2026, 10, 1))]
    assert [[unit.key for unit in row.units] for row in behind] == [["SVH"], ["SVH-VP"]]
    assert len(behind) == figures([world.goal_b], [world.department])[0].members


def test_whoever_is_still_posted_in_a_unit_that_ended_is_on_no_list_as_in_no_figure(world):
    place = db.session.scalars(select(Placement).filter_by(unit_id=world.office.id)).one()
    world.office.valid_to = place.valid_to = date(2026, 11, 1)
    db.session.flush()

    (whole,) = figures([world.goal_b], [world.province])

    assert whole.members == 1
    assert [row.person.full_name for row in standings(world.goal_b, world.province)] == [
        "Bế Văn Hạ"]


def test_beside_each_name_stand_the_courses_with_their_completions(world):
    learned(world.ha, world.press_law, on=MARCH, until=date(2026, 11, 24))
    learned(world.ha, world.kit, on=MARCH, source="outside", evidence="Biên bản 12")

    ha = people_behind(world.goal_b, world.department)[0]

    kit, press_law = ha.courses
    assert (kit.course.key, kit.completion.source, kit.completion.evidence, kit.lapsed) == (
        "KIT", "outside", "Biên bản 12", None)
    assert (press_law.course.key, press_law.completion) == ("PRESS", None)
    assert press_law.lapsed.valid_until == date(2026, 11, 24)


def test_of_several_completions_the_one_that_counts_longest_is_shown(world):
    learned(world.lan, world.press_law, on=MARCH, until=date(2029, 3, 1))
    learned(world.lan, world.press_law, on=date(2026, 9, 1), until=date(2027, 3, 1))

    (lan,) = people_behind(world.goal_a, world.newspaper)

    assert lan.courses[0].completion.valid_until == date(2029, 3, 1)


def test_beside_the_exempt_stands_the_reason(world):
    excused(world.lan, world.goal_a, MARCH)

    (lan,) = people_behind(world.goal_a, world.newspaper)

    assert (lan.status, lan.exemption.kind, lan.exemption.reason) == (
        "exempt", "leave", "Nghỉ thai sản")


def test_what_somebody_has_begun_and_their_class_are_under_way(world):
    version = db.session.query(CourseVersion).filter_by(course_id=world.press_law.id).one()
    told(Study(person=world.ha, course=world.press_law, version=version))
    told(Enrolment(course_class=world.december_class, person=world.ha))

    ha, pao = people_behind(world.goal_b, world.department)

    assert pao.under_way == ()
    assert [(one.code, one.begun_on) for one in ha.under_way] == [
        (None, date(2026, 11, 25)), ("LBC-2026-02", date(2026, 12, 1))]


def test_a_class_left_and_a_study_finished_are_not_under_way(world):
    version = db.session.query(CourseVersion).filter_by(course_id=world.press_law.id).one()
    told(Study(person=world.ha, course=world.press_law, version=version,
               finished_at=clock.now()))
    told(Enrolment(course_class=world.december_class, person=world.ha,
                   withdrawn_at=clock.now()))

    ha, _pao = people_behind(world.goal_b, world.department)

    assert ha.under_way == ()


@pytest.mark.parametrize("more", [2, 300])
def test_a_list_of_names_costs_the_same_statements_for_few_and_many(world, more):
    newcomers(more, world.newspaper, world.reporters)
    goal, unit = world.goal_a, world.newspaper

    with counted() as statements:
        behind = people_behind(goal, unit)

    assert (len(behind), len(statements)) == (more + 1, 12)


def test_a_page_of_the_list_can_be_shown_with_evidence(world):
    newcomers(60, world.newspaper, world.reporters)

    page = with_evidence(standings(world.goal_a, world.newspaper)[50:], world.goal_a)

    assert len(page) == 11
    assert all(row.courses for row in page)


def test_where_no_goal_is_in_force_nobody_is_listed(world):
    assert people_behind(world.goal_a, world.newspaper, on=date(2025, 12, 31)) == []


def test_each_person_sees_what_they_owe_by_when_and_why(world):
    (owed,) = owed_by(world.lan)

    assert (owed.goal.key, owed.goal.basis, owed.status) == (
        "A", "Kế hoạch 3432/KH-UBND, II.2", "overdue")
    assert (owed.since, owed.due_on) == (date(2026, 1, 1), date(2026, 4, 1))
    assert [(one.course.title_en, one.completion) for one in owed.courses] == [
        ("Press law", None)]


def test_a_membership_that_was_corrected_decides_no_due_date(world):
    wrong = told(Membership(person=world.hoa, group=world.reporters, valid_from=MARCH))
    supersede(wrong, valid_from=date(2026, 11, 1))

    (owed,) = owed_by(world.hoa)

    assert (owed.since, owed.due_on) == (date(2026, 11, 1), date(2027, 1, 30))


def test_what_is_due_first_comes_first(world):
    told(Membership(person=world.lan, group=world.officials, valid_from=MARCH))
    learned(world.lan, world.press_law, on=MARCH)

    assert [(owed.goal.key, owed.status) for owed in owed_by(world.lan)] == [
        ("A", "met"), ("B", "within_time")]


def test_whoever_is_posted_nowhere_is_counted_nowhere_and_yet_owes(world):
    contributor = told(Person(key="CTV", full_name="Lục Thị Mai"))
    told(Membership(person=contributor, group=world.reporters, valid_from=MARCH))

    assert figures([world.goal_a], [world.province])[0].members == 1
    assert [owed.status for owed in owed_by(contributor)] == ["overdue"]


def test_what_one_owes_is_asked_in_three_statements(world):
    lan = world.lan

    with counted() as statements:
        owed_by(lan)

    assert len(statements) == 3


def test_those_who_owe_a_course_are_found_for_nomination(world):
    told(Membership(person=world.ha, group=world.reporters, valid_from=date(2026, 11, 1)))
    learned(world.ha, world.kit, on=MARCH)

    in_the_department = owing(world.press_law, {world.department.id})

    assert [(one.person.key, one.status, one.due_on, [goal.key for goal in one.goals])
            for one in in_the_department] == [
        ("HA", "within_time", date(2026, 12, 14), ["A", "B"]),
        ("PAO", "within_time", date(2026, 12, 14), ["B"])]
    assert [one.person.key for one in owing(world.press_law)] == ["HA", "LAN", "PAO"]
    assert [one.person.key for one in owing(world.kit)] == ["PAO"]


def test_whoever_holds_the_course_or_is_exempt_does_not_owe_it(world):
    learned(world.ha, world.press_law, on=MARCH)
    excused(world.pao, world.goal_b, MARCH)

    assert owing(world.press_law, {world.department.id}) == []
    assert [one.person.key for one in owing(world.kit, {world.department.id})] == ["HA"]


def test_completions_that_run_out_within_a_month_are_named_beforehand(world):
    learned(world.lan, world.press_law, on=MARCH, until=date(2026, 12, 20))

    assert [row.person.key for row in expiring(26, world.goal_a, world.newspaper)] == ["LAN"]
    assert expiring(25, world.goal_a, world.newspaper) == []


def test_a_completion_renewed_in_time_does_not_run_out(world):
    learned(world.lan, world.press_law, on=MARCH, until=date(2026, 12, 20))
    learned(world.lan, world.press_law, on=date(2026, 11, 1))

    assert expiring(60, world.goal_a, world.newspaper) == []


def test_a_posting_that_ends_is_not_a_completion_that_runs_out(world):
    learned(world.hoa, world.press_law, on=MARCH)
    told(Membership(person=world.hoa, group=world.reporters, valid_from=MARCH))
    db.session.query(Posting).filter_by(person_id=world.hoa.id).update(
        {"valid_to": date(2026, 11, 25) + timedelta(days=3)})

    assert expiring(30, world.goal_a, world.newspaper) == []
