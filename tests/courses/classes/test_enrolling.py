"""People are sent to a class, leave it, and are replaced: all of them or nobody."""
import pytest
from sqlalchemy import select

from lms.kernel.audit import AuditEntry
from lms.kernel.db import db
from lms.kernel.errors import Refusal

from courses.classes.actions import (
    bring_back,
    cancel_class,
    close_class,
    mark_attendance,
    nominate,
    open_class,
    replace,
    set_quota,
    withdraw,
)
from courses.classes.queries import attendance_of, enrolments_in, seats_left
from tests.courses.classes.classroom import (
    FIRST,
    SECOND,
    held,
    it_is,
    newcomers,
    reads,
    values,
)
from tests.statements import counted


def names(course_class):
    """The names in the class, in their order."""
    return [one.person.full_name for one in enrolments_in(course_class)]


def test_people_are_sent_together_in_one_trace(world):
    sent = nominate(world.december_class, [world.ha, world.pao, world.ha], world.department,
                    by=world.ha)

    assert [(one.person.key, one.unit.key, one.nominated_by_id) for one in sent] == [
        ("HA", "SVH", world.ha.id), ("PAO", "SVH", world.ha.id)]
    trace = db.session.scalars(select(AuditEntry).order_by(AuditEntry.id.desc())).first()
    assert (trace.verb, trace.details) == (
        "people nominated", {"people": [world.ha.id, world.pao.id], "unit": world.department.id})


def test_nobody_is_sent_where_one_is_already_in(world):
    with pytest.raises(Refusal, match="Đã ở trong lớp này: Nông Thị Lan"):
        nominate(world.december_class, [world.hoa, world.lan], world.newspaper, by=world.hoa)

    assert names(world.december_class) == ["Nông Thị Lan"]


def test_a_trainer_of_the_class_does_not_take_part(world):
    with pytest.raises(Refusal, match="Giảng viên của lớp không thể học lớp này: Triệu Văn Minh"):
        nominate(world.december_class, [world.ha, world.minh], world.department, by=world.ha)

    assert names(world.december_class) == ["Nông Thị Lan"]


def test_nobody_chosen_is_said(world):
    with pytest.raises(Refusal, match="Chưa chọn ai"):
        nominate(world.december_class, [], world.department, by=world.ha)


def test_a_class_takes_as_many_as_it_has_seats(world):
    world.december_class.seats = 2
    with pytest.raises(Refusal, match="Lớp chỉ còn 1 chỗ"):
        nominate(world.december_class, [world.ha, world.pao], world.department, by=world.ha)

    nominate(world.december_class, [world.ha], world.department, by=world.ha)

    with pytest.raises(Refusal, match="đã hết chỗ"):
        nominate(world.december_class, [world.pao], world.department, by=world.ha)


def test_a_unit_fills_its_seats_with_those_below_it(world):
    set_quota(world.december_class, world.department, 1, by=world.an)
    with pytest.raises(Refusal, match="Sở Văn hóa còn 1 chỗ"):
        nominate(world.december_class, [world.ha, world.vi], world.department, by=world.an)

    nominate(world.december_class, [world.pao], world.office, by=world.ha)

    with pytest.raises(Refusal, match="Sở Văn hóa còn 0 chỗ"):
        nominate(world.december_class, [world.ha], world.department, by=world.ha)
    nominate(world.december_class, [world.hoa], world.newspaper, by=world.hoa)


def test_an_internal_class_is_for_the_people_of_its_unit(world):
    internal = open_class(values(world), by=world.ha)

    nominate(internal, [world.pao], world.office, by=world.ha)

    with pytest.raises(Refusal, match="lớp nội bộ của Sở Văn hóa"):
        nominate(internal, [world.lan], world.newspaper, by=world.hoa)
    with pytest.raises(Refusal, match="lớp nội bộ"):
        nominate(internal, [world.lan], None, by=world.an)
    assert names(internal) == ["Vàng A Páo"]


def test_nobody_is_sent_to_a_class_that_is_over(world, monkeypatch):
    cancelled = open_class(values(world), by=world.an)
    cancel_class(cancelled, "Bão", by=world.an)
    it_is(monkeypatch, SECOND)
    held(world.december_class, by=world.minh)
    close_class(world.december_class, by=world.minh)

    with pytest.raises(Refusal, match="Lớp này đã bị hủy"):
        nominate(cancelled, [world.ha], world.department, by=world.ha)
    with pytest.raises(Refusal, match="Lớp này đã đóng"):
        nominate(world.december_class, [world.ha], world.department, by=world.ha)


def test_who_leaves_gives_the_seat_back_and_the_reason_stays(world):
    world.december_class.seats = 1
    withdraw(world.seat, "Đi công tác", by=world.hoa)

    assert (names(world.december_class), seats_left(world.december_class)) == ([], 1)
    trace = db.session.scalars(select(AuditEntry).order_by(AuditEntry.id.desc())).first()
    assert (trace.verb, trace.details["reason"]) == ("enrolment withdrawn", "Đi công tác")
    with pytest.raises(Refusal, match="Nông Thị Lan đã rút khỏi lớp"):
        withdraw(world.seat, "Lần nữa", by=world.hoa)


def test_who_comes_back_keeps_what_was_marked(world, monkeypatch):
    it_is(monkeypatch, FIRST)
    mark_attendance(world.first_session, {world.seat.id: "late"}, by=world.minh)
    seat = withdraw(world.seat, "Nhầm", by=world.hoa)

    bring_back(seat, by=world.hoa)

    assert names(world.december_class) == ["Nông Thị Lan"]
    assert list(attendance_of(world.december_class).values()) == ["late"]


def test_coming_back_needs_a_seat(world):
    world.december_class.seats = 1
    seat = withdraw(world.seat, "Bận", by=world.hoa)
    nominate(world.december_class, [world.ha], world.department, by=world.ha)

    with pytest.raises(Refusal, match="đã hết chỗ"):
        bring_back(seat, by=world.hoa)


def test_somebody_else_comes_on_the_seat_of_the_same_unit(world):
    world.december_class.seats = 1
    set_quota(world.december_class, world.newspaper, 1, by=world.an)

    instead = replace(world.seat, world.hoa, "Ốm", by=world.hoa)

    assert (names(world.december_class), instead.unit.key) == (["Bế Thị Hoa"], "BAO")


@pytest.mark.slow
def test_three_hundred_are_sent_with_as_many_questions_as_three(world):
    newspaper, hoa = world.newspaper, world.hoa
    from_few, from_many = newcomers(newspaper, 3), newcomers(newspaper, 300, "Lục Thị")
    few = open_class(values(world, code="FEW"), by=world.an)
    many = open_class(values(world, code="MANY"), by=world.an)

    with counted() as for_few:
        nominate(few, from_few, newspaper, by=hoa)
    with counted() as for_many:
        nominate(many, from_many, newspaper, by=hoa)

    assert len(reads(for_many)) == len(reads(for_few))
    assert [len(names(few)), len(names(many))] == [3, 300]
