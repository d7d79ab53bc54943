"""A class is opened, changed and called off; its sessions, trainers and seats are set."""
from datetime import date

import pytest
from sqlalchemy import select

from lms.kernel.audit import AuditEntry
from lms.kernel.db import db
from lms.kernel.errors import Refusal

from courses.classes.actions import (
    add_session,
    add_trainer,
    cancel_class,
    change_class,
    change_session,
    close_class,
    mark_attendance,
    open_class,
    remove_session,
    remove_trainer,
    set_quota,
)
from courses.classes.models import CourseClass
from courses.classes.queries import proposed_code, quotas_of, seats_left, seats_left_in
from tests.courses.classes.classroom import (
    AFTERWARDS,
    FIRST,
    SECOND,
    held,
    it_is,
    seat_of,
    values,
)


def verbs_about(thing):
    """What was done to ``thing``, in order."""
    return db.session.scalars(select(AuditEntry.verb).where(
        AuditEntry.subject == f"{thing.__tablename__}:{thing.id}").order_by(AuditEntry.id)).all()


def test_an_officer_opens_a_class_for_everybody(world):
    opened = open_class(values(world, seats=30), by=world.an)

    assert (opened.code, opened.internal, opened.takes_people, opened.attendance_min) == (
        "L1", False, True, 80)
    assert verbs_about(opened) == ["class opened"]


def test_a_contact_person_opens_an_internal_class_of_their_unit(world):
    opened = open_class(values(world, organiser_id=world.office.id), by=world.ha)

    assert opened.internal


def test_a_contact_person_opens_none_for_another_unit(world):
    with pytest.raises(Refusal, match="chỉ mở được lớp cho đơn vị của mình"):
        open_class(values(world, organiser_id=world.newspaper.id), by=world.ha)


def test_a_code_belongs_to_one_class_whatever_its_capitals(world):
    open_class(values(world, code="L2026-01"), by=world.an)

    with pytest.raises(Refusal, match="Đã có lớp mang mã l2026-01"):
        open_class(values(world, code="l2026-01"), by=world.an)
    with pytest.raises(Refusal, match="Đã có lớp mang mã"):
        change_class(world.december_class, {"code": "L2026-01"}, by=world.an)


def test_the_proposed_code_is_the_next_of_the_year(world):
    assert proposed_code(FIRST) == "L2026-01"
    open_class(values(world, code="L2026-07"), by=world.an)
    open_class(values(world, code="L2026-X"), by=world.an)

    assert proposed_code(FIRST) == "L2026-08"


def test_a_class_does_not_end_before_it_begins(world):
    with pytest.raises(Refusal, match="Ngày cuối đứng trước ngày đầu"):
        open_class(values(world, ends_on=date(2026, 11, 30)), by=world.an)


def test_a_withdrawn_course_has_no_new_class(world):
    world.press_law.withdrawn_at = world.december_class.opened_at

    with pytest.raises(Refusal, match="đã ngừng dùng"):
        open_class(values(world), by=world.an)


def test_the_days_of_a_class_keep_its_sessions(world):
    with pytest.raises(Refusal, match="Có buổi học ngoài khoảng ngày này: 02/12/2026"):
        change_class(world.december_class, {"ends_on": FIRST}, by=world.an)


def test_the_seats_are_not_fewer_than_the_people(world):
    change_class(world.december_class, {"seats": 1}, by=world.an)
    with pytest.raises(Refusal, match="đã có 1 người nên số chỗ không thể ít hơn"):
        change_class(world.december_class, {"seats": 0}, by=world.an)

    assert seats_left(world.december_class) == 0


def test_the_course_stays_once_people_are_in_the_class(world):
    empty = open_class(values(world), by=world.an)
    change_class(empty, {"course_id": world.kit.id}, by=world.an)

    with pytest.raises(Refusal, match="Hãy mở lớp khác cho khóa khác"):
        change_class(world.december_class, {"course_id": world.kit.id}, by=world.an)
    assert empty.course_id == world.kit.id


def test_a_class_called_off_tells_why_and_changes_no_more(world):
    cancel_class(world.december_class, "Bão số 12", by=world.an)

    assert world.december_class.cancel_reason == "Bão số 12"
    with pytest.raises(Refusal, match="Lớp này đã bị hủy"):
        change_class(world.december_class, {"place": "Hội trường lớn"}, by=world.an)


def test_there_is_one_session_a_half_day_within_the_days_of_the_class(world):
    evening = add_session(world.december_class, {"on": FIRST, "half": "evening"}, by=world.minh)

    assert (evening.half_order, verbs_about(evening)) == (2, ["session added"])
    with pytest.raises(Refusal, match="đã có buổi vào lúc đó"):
        add_session(world.december_class, {"on": FIRST, "half": "morning"}, by=world.minh)
    with pytest.raises(Refusal, match="Lớp học từ 01/12/2026 đến 02/12/2026"):
        add_session(world.december_class, {"on": AFTERWARDS, "half": "morning"}, by=world.minh)


def test_a_session_moves_until_somebody_is_marked_in_it(world, monkeypatch):
    it_is(monkeypatch, FIRST)
    marked, moved, _last = world.december_class.sessions
    change_session(moved, {"on": SECOND, "half": "evening"}, by=world.minh)
    mark_attendance(marked, {world.seat.id: "present"}, by=world.minh)

    assert (moved.on, moved.half, moved.half_order) == (SECOND, "evening", 2)
    change_session(marked, {"topic_vi": "Nguồn tin", "periods": 3}, by=world.minh)
    assert (marked.topic_vi, marked.periods) == ("Nguồn tin", 3)
    with pytest.raises(Refusal, match="không đổi được ngày và buổi"):
        change_session(marked, {"half": "evening"}, by=world.minh)


def test_a_session_is_removed_until_somebody_is_marked_in_it(world, monkeypatch):
    it_is(monkeypatch, SECOND)
    mark_attendance(world.first_session, {world.seat.id: "present"}, by=world.minh)

    remove_session(world.december_class.sessions[1], by=world.minh)

    assert [session.half for session in world.december_class.sessions] == ["morning", "morning"]
    with pytest.raises(Refusal, match="đã có điểm danh nên không bỏ được"):
        remove_session(world.first_session, by=world.minh)


def test_nobody_teaches_a_class_twice_or_takes_part_in_it_as_well(world):
    add_trainer(world.december_class, world.vi, by=world.an)

    with pytest.raises(Refusal, match="Đàm Thị Vi đã là giảng viên"):
        add_trainer(world.december_class, world.vi, by=world.an)
    with pytest.raises(Refusal, match="Nông Thị Lan đang học lớp này"):
        add_trainer(world.december_class, world.lan, by=world.an)


def test_a_trainer_leaves_once_others_lead_their_sessions(world):
    with pytest.raises(Refusal, match="còn phụ trách các buổi ngày 01/12/2026, 01/12/2026"):
        remove_trainer(world.december_class, world.minh, by=world.an)
    for session in world.december_class.sessions:
        change_session(session, {"trainer_id": None}, by=world.an)

    remove_trainer(world.december_class, world.minh, by=world.an)

    assert world.december_class.trainers == []


def left_for(world, unit):
    """How many seats of the December class are left for ``unit``."""
    return seats_left_in([world.december_class], unit)[world.december_class.id]


def test_the_seats_of_a_unit_are_set_changed_and_lifted(world):
    set_quota(world.december_class, world.department, 5, by=world.an)
    set_quota(world.december_class, world.newspaper, 2, by=world.an)
    set_quota(world.december_class, world.newspaper, 3, by=world.an)

    assert [(quota.unit.key, quota.seats) for quota in quotas_of(world.december_class)] == [
        ("BAO", 3), ("SVH", 5)]
    assert [left_for(world, unit) for unit in (
        world.newspaper, world.office, world.province)] == [2, 5, 39]
    set_quota(world.december_class, world.newspaper, None, by=world.an)
    assert left_for(world, world.newspaper) == seats_left(world.december_class) == 39


def test_a_closed_class_never_changes(world, monkeypatch):
    it_is(monkeypatch, SECOND)
    course_class, seat = world.december_class, seat_of(world.december_class, world.lan)
    held(course_class, by=world.minh)
    close_class(course_class, by=world.minh)

    for change in (
            lambda: change_class(course_class, {"place": "Nơi khác"}, by=world.an),
            lambda: cancel_class(course_class, "Nhầm", by=world.an),
            lambda: add_session(course_class, {"on": SECOND, "half": "evening"}, by=world.an),
            lambda: change_session(world.first_session, {"periods": 1}, by=world.an),
            lambda: remove_session(world.first_session, by=world.an),
            lambda: add_trainer(course_class, world.vi, by=world.an),
            lambda: remove_trainer(course_class, world.minh, by=world.an),
            lambda: set_quota(course_class, world.newspaper, 1, by=world.an),
            lambda: mark_attendance(world.first_session, {seat.id: "absent"}, by=world.an)):
        with pytest.raises(Refusal, match="Lớp này đã đóng"):
            change()
    assert db.session.get(CourseClass, course_class.id).place == "Hội trường tầng 2"
