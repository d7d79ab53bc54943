"""People entered, changed, posted, moved; groups joined and left, each from a day on."""
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from lms.kernel.audit import AuditEntry
from lms.kernel.db import db
from lms.kernel.errors import Refusal
from lms.people.actions import (
    add_person,
    change_person,
    current_posts,
    end_post,
    join_group,
    leave,
    leave_group,
    post,
)
from lms.people.models import Person
from lms.people.queries import (
    main_unit,
    matches,
    memberships_of,
    people_seen_by,
    postings_of,
    units_of,
)

from courses.coverage.queries import figures

JULY = date(2026, 7, 1)
DAY = timedelta(days=1)


def last_trace():
    """What was last done: the verb, who did it, and the details."""
    entry = db.session.scalars(select(AuditEntry).order_by(AuditEntry.id.desc()).limit(1)).one()
    return entry.verb, entry.by_id, entry.details


def posts(person):
    """The posts of ``person`` as now known: unit, main, from, to."""
    return [(p.unit.key, p.main, p.valid_from, p.valid_to) for p in postings_of(person)]


def found(viewer, search):
    """The names ``viewer`` finds by ``search``, in the order of the list."""
    return [person.full_name for person in db.session.scalars(people_seen_by(viewer, search))]


def test_somebody_is_entered_with_a_first_post(world):
    person = add_person({"full_name": "Sầm Thị Loan", "birth": "1990"}, {
        "unit": world.office, "title": "Văn thư", "valid_from": JULY}, by=world.ha)

    assert posts(person) == [("SVH-VP", True, JULY, None)]
    assert (person.sort_key != "", person.fold) == (True, "sam thi loan")
    assert last_trace() == ("person entered", world.ha.id, {})


def test_staff_codes_given_by_the_house_are_free(world):
    one = add_person({"full_name": "Một"}, {"unit": world.office, "valid_from": JULY}, world.ha)
    db.session.add(Person(key=f"P{one.id + 1:05d}", full_name="Hai"))
    db.session.flush()

    three = add_person({"full_name": "Ba"}, {"unit": world.office, "valid_from": JULY}, world.ha)
    four = add_person({"full_name": "Bốn"}, {"unit": world.office, "valid_from": JULY}, world.ha)

    assert len({one.key, three.key, four.key, f"P{one.id + 1:05d}"}) == 4


def test_a_change_leaves_the_fields_in_the_trail_and_not_the_values(world):
    change_person(world.pao, {"full_name": "Vàng A Pó", "birth": "1988", "phone": "+84912000111"},
                  by=world.ha)

    assert (world.pao.full_name, world.pao.fold) == ("Vàng A Pó", "vang a po")
    assert last_trace() == ("person changed", world.ha.id, {"fields": ["full_name", "phone"]})


def test_a_transfer_ends_the_main_post_on_the_day_the_new_one_begins(world):
    post(world.pao, {"unit": world.department, "title": "Chuyên viên", "main": True,
                     "valid_from": JULY}, by=world.an)

    assert posts(world.pao) == [("SVH", True, JULY, None),
                                ("SVH-VP", True, date(2018, 1, 1), JULY)]
    assert [main_unit(world.pao, day) for day in (JULY - DAY, JULY)] == [
        world.office, world.department]
    assert (units_of(world.pao.id, JULY - DAY), units_of(world.pao.id, JULY)) == (
        {world.office.id}, {world.department.id})


def test_a_transfer_counts_from_its_day_in_the_figures(world):
    post(world.pao, {"unit": world.newspaper, "title": "", "main": True,
                     "valid_from": date(2026, 11, 1)}, by=world.an)

    def members(day):
        return {f.unit.key: f.members for f in figures([world.goal_b], on=day) if f.members}

    assert members(date(2026, 10, 31)) == {"CB": 2, "SVH": 2, "SVH-VP": 1}
    assert members(date(2026, 11, 1)) == {"CB": 2, "BAO": 1, "SVH": 1}


def test_a_side_post_leaves_the_main_one(world):
    post(world.pao, {"unit": world.department, "title": "Kiêm nhiệm", "main": False,
                     "valid_from": JULY}, by=world.an)

    assert posts(world.pao) == [("SVH", False, JULY, None),
                                ("SVH-VP", True, date(2018, 1, 1), None)]
    assert main_unit(world.pao, JULY) == world.office
    assert len(current_posts(world.pao, JULY)) == 2


def test_what_was_believed_before_a_transfer_is_kept(world):
    former = world.pao_post

    post(world.pao, {"unit": world.department, "title": "", "main": True, "valid_from": JULY},
         by=world.an)

    assert (former.valid_to, former.superseded_at is not None) == (None, True)


def test_whoever_leaves_holds_the_post_until_the_day_before(world):
    ended = end_post(world.pao_post, JULY, by=world.ha)

    assert posts(world.pao) == [("SVH-VP", True, date(2018, 1, 1), JULY)]
    assert (ended.holds(JULY - DAY), ended.holds(JULY)) == (True, False)
    assert main_unit(world.pao, JULY) is None
    assert last_trace() == ("post ended", world.ha.id,
                            {"person": world.pao.id, "on": "2026-07-01"})


def test_a_post_does_not_end_before_it_began_nor_after_it_ended(world):
    with pytest.raises(Refusal, match="01/01/2018"):
        end_post(world.pao_post, date(2017, 12, 31), by=world.ha)
    ended = end_post(world.pao_post, JULY, by=world.ha)

    with pytest.raises(Refusal):
        end_post(ended, JULY + DAY, by=world.ha)

    assert posts(world.pao) == [("SVH-VP", True, date(2018, 1, 1), JULY)]


def test_a_post_that_somebody_else_corrected_is_not_corrected_again(world):
    former = world.pao_post
    end_post(former, JULY, by=world.ha)

    with pytest.raises(Refusal):
        end_post(former, JULY - DAY, by=world.ha)


def test_a_group_is_joined_from_a_day_on(world):
    membership = join_group(world.minh, world.officials, JULY, by=world.an)

    assert [membership.holds(day) for day in (JULY - DAY, JULY)] == [False, True]
    assert [m.group for m in memberships_of(world.minh)] == [world.officials]
    assert last_trace()[0] == "group joined"


@pytest.mark.parametrize("day", [date(2026, 10, 1), date(2026, 11, 25)])
def test_a_group_is_not_joined_twice(world, day):
    with pytest.raises(Refusal, match="Vàng A Páo"):
        join_group(world.pao, world.officials, day, by=world.an)

    assert len(memberships_of(world.pao)) == 1


def test_a_group_is_not_joined_in_front_of_a_membership_that_runs_already(world):
    with pytest.raises(Refusal, match="Vàng A Páo"):
        join_group(world.pao, world.officials, date(2026, 9, 1), by=world.an)


def test_a_group_that_was_left_is_joined_again(world):
    leave_group(world.pao_membership, date(2026, 11, 1), by=world.an)

    join_group(world.pao, world.officials, date(2026, 11, 1), by=world.an)

    assert sorted((m.valid_from, m.valid_to) for m in memberships_of(world.pao)) == [
        (date(2026, 10, 1), date(2026, 11, 1)), (date(2026, 11, 1), None)]


def test_whoever_leaves_a_group_is_not_meant_from_that_day(world):
    left = leave_group(world.pao_membership, date(2026, 11, 1), by=world.an)

    assert [left.holds(day) for day in (date(2026, 10, 31), date(2026, 11, 1))] == [True, False]
    assert last_trace() == ("group left", world.an.id,
                            {"person": world.pao.id, "on": "2026-11-01"})


@pytest.mark.parametrize("first, second", [
    (date(2026, 9, 30), None), (date(2026, 11, 1), date(2026, 11, 2))])
def test_a_membership_does_not_end_before_it_began_nor_after_it_ended(world, first, second):
    membership = world.pao_membership
    if second:
        membership = leave_group(membership, first, by=world.an)

    with pytest.raises(Refusal):
        leave_group(membership, second or first, by=world.an)


@pytest.mark.parametrize("search, names", [
    ("hoa", ["Lý Hoài Ân", "Bế Thị Hoa"]), ("be", ["Bế Văn Hạ", "Bế Thị Hoa"]),
    ("HOA BẾ", ["Bế Thị Hoa"]),
    ("PAO", ["Vàng A Páo"]), ("%", []), ("xyz", []), ("999", []), ("0111", ["Vàng A Páo"])])
def test_people_are_found_by_words_in_any_order_by_code_and_by_phone(world, search, names):
    world.pao.phone = "+84912000111"
    db.session.flush()

    assert found(world.an, search) == names


@pytest.mark.parametrize("search", ["", " ", "\u200b", " \t "])
def test_a_search_for_nothing_finds_everybody(world, search):
    assert len(found(world.an, search)) == 7


def test_people_are_seen_by_who_follows_them(world):
    assert found(world.hoa, "") == ["Bế Thị Hoa", "Nông Thị Lan"]
    assert found(world.ha, "van") == ["Bế Văn Hạ", "Triệu Văn Minh", "Vàng A Páo"]
    assert found(world.lan, "") == []


def test_a_search_is_a_condition_for_other_lists(world):
    assert db.session.scalars(select(Person.key).where(matches("nong lan"))).all() == ["LAN"]


def test_whoever_leaves_holds_no_post_and_belongs_to_no_group_from_that_day(world):
    later = post(world.pao, {"unit": world.newspaper, "title": "Biên tập", "main": False,
                             "valid_from": date(2026, 12, 1)}, by=world.an)

    leave(world.pao, date(2026, 11, 1), "retired", by=world.an)

    assert units_of(world.pao.id, date(2026, 10, 31)) == {world.office.id}
    assert units_of(world.pao.id, date(2026, 11, 1)) == set()
    assert [held.valid_to for held in memberships_of(world.pao)] == [date(2026, 11, 1)]
    assert later.superseded_at is not None
    with pytest.raises(Refusal, match="không giữ vị trí nào"):
        leave(world.pao, date(2026, 11, 1), "retired", by=world.an)


def test_a_post_that_is_held_already_is_not_taken_twice(world):
    with pytest.raises(Refusal, match="đã giữ vị trí này"):
        post(world.pao, {"unit": world.office, "title": "Chuyên viên", "main": False,
                         "valid_from": date(2026, 11, 1)}, by=world.an)
