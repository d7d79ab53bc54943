"""Attendance is marked, marks are entered, and a class is closed once for good."""
from datetime import date, timedelta
from decimal import Decimal

import pytest
from sqlalchemy import select

from lms.kernel.audit import AuditEntry
from lms.kernel.db import db
from lms.kernel.errors import Refusal

from courses.classes.actions import (
    all_present,
    change_class,
    close_class,
    enter_marks,
    mark_attendance,
    nominate,
    open_class,
    withdraw,
)
from courses.classes.models import Attendance
from courses.classes.queries import attendance_of, enrolments_in, results, waiting_for
from courses.classes.signals import class_closed
from courses.completions.models import Completion
from tests.courses.classes.classroom import (
    AFTERWARDS,
    FIRST,
    SECOND,
    filled,
    held,
    it_is,
    newcomers,
    reads,
    seat_of,
    there,
    values,
    with_sessions,
)
from tests.statements import counted

DAY = timedelta(days=1)


def marks_in(session):
    """The marks given in the session, by name of the person."""
    marks = attendance_of(session.course_class)
    return {one.person.full_name: marks.get((session.id, one.id))
            for one in enrolments_in(session.course_class)}


def outcome(course_class):
    """Who passed, in the order of names."""
    return [(one.person.full_name, one.passed) for one in enrolments_in(course_class)]


@pytest.fixture
def heard():
    """The classes whose closing was told, with who closed them."""
    told = []

    def listen(course_class, by):
        told.append((course_class.code, by.key))

    class_closed.connect(listen)
    yield told
    class_closed.disconnect(listen)


def test_marking_a_session_leaves_one_trace_for_all(world, monkeypatch):
    it_is(monkeypatch, FIRST)
    nominate(world.december_class, [world.ha, world.pao], world.department, by=world.ha)
    seats = enrolments_in(world.december_class)

    count = mark_attendance(world.first_session, dict(zip(
        [one.id for one in seats], ["present", "late", "excused"], strict=True)), by=world.minh)

    assert (count, marks_in(world.first_session)) == (3, {
        "Bế Văn Hạ": "present", "Nông Thị Lan": "late", "Vàng A Páo": "excused"})
    traces = db.session.scalars(select(AuditEntry).filter_by(verb="attendance marked")).all()
    assert [(trace.by_id, trace.details) for trace in traces] == [
        (world.minh.id, {"people": 3, "reason": ""})]


def test_a_mark_can_be_changed_and_taken_away(world, monkeypatch):
    it_is(monkeypatch, FIRST)
    mark_attendance(world.first_session, {world.seat.id: "present"}, by=world.minh)
    mark_attendance(world.first_session, {world.seat.id: "absent"}, by=world.an)
    row = db.session.scalars(select(Attendance)).one()

    assert (row.mark, row.marked_by_id) == ("absent", world.an.id)
    mark_attendance(world.first_session, {world.seat.id: None}, by=world.minh)
    assert marks_in(world.first_session) == {"Nông Thị Lan": None}


def test_an_unknown_word_is_refused_and_who_left_is_passed_over(world, monkeypatch):
    it_is(monkeypatch, FIRST)
    seat = withdraw(world.seat, "Ốm", by=world.hoa)

    assert mark_attendance(world.first_session, {seat.id: "present"}, by=world.minh) == 0
    with pytest.raises(Refusal, match="Điểm danh chỉ gồm"):
        mark_attendance(world.first_session, {seat.id: "asleep"}, by=world.minh)


def test_a_session_is_not_marked_before_its_day(world):
    with pytest.raises(Refusal, match="Buổi này chưa diễn ra; hãy điểm danh ngày 01/12/2026"):
        mark_attendance(world.first_session, {world.seat.id: "present"}, by=world.minh)


def test_a_trainer_marks_for_seven_days_and_an_officer_later_with_a_reason(world, monkeypatch):
    it_is(monkeypatch, FIRST + 7 * DAY)
    mark_attendance(world.first_session, {world.seat.id: "present"}, by=world.minh)
    it_is(monkeypatch, FIRST + 8 * DAY)

    with pytest.raises(Refusal, match="Hãy nhờ phụ trách đào tạo"):
        mark_attendance(world.first_session, {world.seat.id: "absent"}, world.minh, "Nhầm")
    with pytest.raises(Refusal, match="Hãy ghi lý do nhập muộn"):
        mark_attendance(world.first_session, {world.seat.id: "absent"}, by=world.an, reason=" ")
    mark_attendance(world.first_session, {world.seat.id: "absent"}, by=world.an, reason="Nhầm")

    assert marks_in(world.first_session) == {"Nông Thị Lan": "absent"}


def test_all_present_leaves_those_who_are_marked_as_they_are(world, monkeypatch):
    it_is(monkeypatch, FIRST)
    nominate(world.december_class, [world.ha, world.pao], world.department, by=world.ha)
    pao = seat_of(world.december_class, world.pao)
    mark_attendance(world.first_session, {pao.id: "excused"}, by=world.minh)

    count = all_present(world.first_session, by=world.minh)

    assert (count, marks_in(world.first_session)) == (2, {
        "Bế Văn Hạ": "present", "Nông Thị Lan": "present", "Vàng A Páo": "excused"})


def test_marks_are_entered_with_commas_and_taken_out_again(world):
    enter_marks(world.december_class, {world.seat.id: "87,5"}, by=world.minh)
    assert world.seat.mark == Decimal("87.5")

    enter_marks(world.december_class, {world.seat.id: None}, by=world.minh)

    assert world.seat.mark is None


def test_no_mark_is_entered_where_one_is_wrong_and_the_person_is_named(world):
    nominate(world.december_class, [world.ha], world.department, by=world.ha)
    ha, lan = enrolments_in(world.december_class)

    with pytest.raises(Refusal, match="Xem lại điểm của: Bế Văn Hạ. Chưa lưu gì"):
        enter_marks(world.december_class, {ha.id: "101", lan.id: "60"}, by=world.minh)

    assert (ha.mark, lan.mark) == (None, None)


def test_closing_gives_each_their_result_and_says_so_once(world, monkeypatch, heard):
    it_is(monkeypatch, SECOND)
    nominate(world.december_class, [world.ha, world.pao], world.department, by=world.ha)
    held(world.december_class, by=world.minh)
    ha, _lan, pao = enrolments_in(world.december_class)
    mark_attendance(world.first_session, {ha.id: "excused"}, by=world.minh)
    enter_marks(world.december_class, {pao.id: "50"}, by=world.minh)

    close_class(world.december_class, by=world.minh)

    assert outcome(world.december_class) == [
        ("Bế Văn Hạ", False), ("Nông Thị Lan", True), ("Vàng A Páo", True)]
    assert heard == [("LBC-2026-02", "MINH")]
    learned = db.session.scalars(select(Completion).where(
        Completion.class_id == world.december_class.id).order_by(Completion.person_id)).all()
    assert [(one.person.key, one.learned_on, one.mark) for one in learned] == [
        ("LAN", SECOND, Decimal(80)), ("PAO", SECOND, Decimal(50))]
    with pytest.raises(Refusal, match="Lớp này đã đóng"):
        close_class(world.december_class, by=world.minh)
    assert len(heard) == 1


@pytest.mark.parametrize("there_at, of, mark, passed", [
    (3, 4, "100", False), (4, 5, "50", True), (4, 5, "49,99", False), (7, 9, "80", False),
    (8, 10, "50.00", True)])
def test_the_rule_at_its_edges(world, monkeypatch, there_at, of, mark, passed):
    it_is(monkeypatch, date(2026, 12, 6))
    course_class = with_sessions(world.december_class, of)
    for session, marks in there(course_class, world.seat, there_at).items():
        mark_attendance(session, marks, by=world.minh)
    enter_marks(course_class, {world.seat.id: mark}, by=world.minh)

    close_class(course_class, by=world.minh)

    assert outcome(course_class) == [("Nông Thị Lan", passed)]


def test_where_no_mark_is_asked_attendance_is_enough(world, monkeypatch):
    it_is(monkeypatch, SECOND)
    change_class(world.december_class, {"pass_mark": None}, by=world.an)
    for session in world.december_class.sessions:
        all_present(session, by=world.minh)

    close_class(world.december_class, by=world.minh)

    assert outcome(world.december_class) == [("Nông Thị Lan", True)]


def test_what_is_missing_is_named_and_nothing_is_recorded(world, monkeypatch, heard):
    it_is(monkeypatch, SECOND)
    nominate(world.december_class, [world.ha], world.department, by=world.ha)
    ha, lan = enrolments_in(world.december_class)
    for session in world.december_class.sessions:
        mark_attendance(session, {ha.id: "present"}, by=world.minh)
    enter_marks(world.december_class, {lan.id: "60"}, by=world.minh)

    with pytest.raises(Refusal) as refusal:
        close_class(world.december_class, by=world.minh)

    assert str(refusal.value) == (
        "Còn thiếu điểm danh của: Nông Thị Lan. Còn thiếu điểm của: Bế Văn Hạ. "
        "Hãy nhập phần còn thiếu rồi đóng lớp.")
    assert (outcome(world.december_class), heard) == (
        [("Bế Văn Hạ", None), ("Nông Thị Lan", None)], [])


def test_a_class_is_not_closed_before_its_last_session(world, monkeypatch):
    it_is(monkeypatch, FIRST)

    with pytest.raises(Refusal, match="Buổi cuối là ngày 02/12/2026"):
        close_class(world.december_class, by=world.minh)


def test_a_class_without_sessions_or_people_is_not_closed(world, monkeypatch):
    empty = open_class(values(world), by=world.an)
    with pytest.raises(Refusal, match="Lớp chưa có buổi nào"):
        close_class(empty, by=world.an)
    it_is(monkeypatch, SECOND)
    withdraw(world.seat, "Ốm", by=world.hoa)

    with pytest.raises(Refusal, match="không có ai học"):
        close_class(world.december_class, by=world.minh)


def test_the_results_to_be_are_counted_before_closing(world, monkeypatch):
    it_is(monkeypatch, FIRST)
    nominate(world.december_class, [world.ha, world.pao], world.department, by=world.ha)
    ha, lan, _pao = enrolments_in(world.december_class)
    for session in world.december_class.sessions[:2]:
        mark_attendance(session, {ha.id: "present", lan.id: "absent"}, by=world.minh)

    found = results(world.december_class)

    assert [(row.outlook.attended, row.outlook.marked, row.outlook.percent, row.outlook.reachable)
            for row in found.rows] == [(2, 2, 66, True), (0, 2, 0, False), (0, 0, 0, True)]
    assert (found.passed, len(found.unsettled), len(found.unattended), len(found.unmarked)) == (
        0, 3, 3, 3)
    assert [row.enrolment.person.key for row in found.lost] == ["LAN"]


def test_what_waits_for_a_trainer_is_what_was_held_and_not_marked(world, monkeypatch):
    nominate(world.december_class, [world.ha], world.department, by=world.ha)
    assert waiting_for(world.minh, FIRST - DAY) == []
    it_is(monkeypatch, AFTERWARDS)
    first, second, _third = world.december_class.sessions
    all_present(first, by=world.minh)
    lan = seat_of(world.december_class, world.lan)
    mark_attendance(second, {lan.id: "present"}, by=world.minh)

    waiting = waiting_for(world.minh, SECOND)

    assert [(one.session.on, one.session.half, one.people) for one in waiting] == [
        (FIRST, "afternoon", 1), (SECOND, "morning", 2)]
    assert waiting_for(world.an, SECOND) == []


def test_marking_three_hundred_asks_as_many_questions_as_marking_three(world, monkeypatch):
    it_is(monkeypatch, SECOND)
    course_class = filled(world, 2)
    (first, second, _third), minh = course_class.sessions, world.minh
    with counted() as for_few:
        all_present(first, by=minh)
    nominate(course_class, newcomers(world.newspaper, 297, "Lục Thị"), world.newspaper,
             by=world.an)

    with counted() as for_many:
        all_present(second, by=minh)

    assert len(reads(for_many)) == len(reads(for_few))
    assert len(marks_in(second)) == 300
