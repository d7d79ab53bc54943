"""Blocks with a column for each session, as clerks have them."""
from dataclasses import dataclass
from datetime import date

import pytest

from lms.kernel.db import db

from courses.classes.models import Attendance
from courses.classes.pasting_sessions import read_sessions
from tests.courses.classes.classroom import SECOND, address, it_is
from tests.courses.classes.test_pasting import HOA, LAN, PEOPLE


@dataclass(frozen=True)
class HalfDay:
    """A session as far as a block may name it."""

    id: int
    on: date
    half: str


SESSIONS = [HalfDay(1, date(2026, 12, 1), "morning"), HalfDay(2, date(2026, 12, 1), "afternoon"),
            HalfDay(3, date(2026, 12, 2), "morning")]
LINES = "1\tNông Thị\tLan\t1991\tx\t\tp\n2\tBế Thị\tHoa\t1975\tv\tx\tm\n"
MARKS = {(1, LAN.id): "present", (3, LAN.id): "excused", (1, HOA.id): "absent",
         (2, HOA.id): "present", (3, HOA.id): "late"}


@pytest.mark.parametrize("head", [
    "STT\tHọ và đệm\tTên\tNăm sinh\tSáng 1/12\tChiều 1/12\tSáng 2/12\n",
    "STT\tHọ và đệm\tTên\tNăm sinh\t01/12/2026\t\t02/12/2026\n\t\t\t\tSáng\tChiều\tSáng\n",
    "STT\tHọ và đệm\tTên\tNăm sinh\tBuổi 1\tBuổi 2\tBuổi 3\n",
    "TRUNG TÂM\n\nSTT\tHọ\tTên\tSinh\tS 1-12-26\tC 1-12-26\t2.12\n", ""])
def test_the_head_says_which_column_is_which_session(head):
    found = read_sessions(head + LINES, PEOPLE, SESSIONS)

    assert (found.values, found.strange, found.doubtful, found.unread) == (MARKS, [], [], [])


def test_a_column_may_be_missing_and_others_stand_between():
    found = read_sessions("Họ tên\tChiều 1/12\tGhi chú\tSáng 2/12\nNông Thị Lan\tx\tx\tv",
                          PEOPLE, SESSIONS)

    assert found.values == {(2, LAN.id): "present", (3, LAN.id): "absent"}


def test_what_is_not_understood_is_named_and_nothing_is_guessed():
    found = read_sessions(
        "Họ tên\tBuổi 1\tBuổi 2\nLục Văn Bá\tx\tx\nHoàng An\tx\tx\nNông Thị Lan\tx\ttốt\n"
        "Bế Thị Hoa\t\t\nTổng cộng\t3\t2", PEOPLE, SESSIONS)

    assert found.values == {(1, LAN.id): "present"}
    assert (found.strange, found.doubtful, found.unread) == (
        ["Lục Văn Bá x x"], ["Hoàng An x x"], ["Nông Thị Lan x tốt", "Bế Thị Hoa"])


def test_two_columns_that_seem_one_session_are_neither():
    found = read_sessions("Họ tên\tSáng 1/12\tSáng 1/12\nNông Thị Lan\tx\tv", PEOPLE,
                          SESSIONS[:2])

    assert found.values == {}


def test_a_day_on_which_the_class_does_not_meet_is_no_session():
    found = read_sessions("Họ tên\tSáng 8/12\nNông Thị Lan\tx", PEOPLE, SESSIONS[:1])

    assert found.values == {}


def test_marks_shifted_by_a_column_after_the_last_are_left_unread():
    found = read_sessions("Bế Thị Hoa\tx\tv\tp\t", PEOPLE, SESSIONS)

    assert (found.values, found.unread) == ({}, ["Bế Thị Hoa x v p"])


def test_the_title_above_the_names_says_no_session():
    found = read_sessions("LỚP LUẬT BÁO CHÍ (1/12/2026 - 2/12/2026)\t\t\nHọ tên\tSáng 2/12\n"
                          "Nông Thị Lan\tx", PEOPLE, SESSIONS)

    assert found.values == {(3, LAN.id): "present"}


def test_the_name_of_a_weekday_is_no_half_of_it():
    evening = HalfDay(4, date(2026, 12, 1), "evening")

    found = read_sessions("Họ tên\tT3 1/12\nNông Thị Lan\tx", PEOPLE, [SESSIONS[0], evening])

    assert found.values == {}


def test_a_pasted_block_is_chosen_in_the_grid_and_only_then_saved(world, browse, monkeypatch):
    it_is(monkeypatch, SECOND)
    morning, _afternoon, last = world.december_class.sessions

    page = browse(world.minh).post(address(world, "/attendance/pasted"), {
        "block": "Họ tên\tSáng 1/12\tSáng 2/12\nNông Thị Lan\tx\tm"}, status=200)

    assert "Đã chọn sẵn 2 ô ở dưới; chưa lưu gì." in page.text
    chosen = [field["value"] for tag, field in page.tags if tag == "option" and "selected" in field]
    assert chosen == ["present", "late"]
    assert {field["name"] for tag, field in page.tags if tag == "select"} >= {
        f"m-{one.id}-{world.seat.id}-" for one in (morning, last)}
    assert db.session.query(Attendance).count() == 0


def test_a_session_still_to_come_is_left_out_and_said(world, browse, monkeypatch):
    it_is(monkeypatch, date(2026, 12, 1))

    page = browse(world.minh).post(address(world, "/attendance/pasted"), {
        "block": "Họ tên\tSáng 1/12\tSáng 2/12\nNông Thị Lan\tx\tx"}, status=200)

    assert "hiện không điểm danh được ở đây: 02/12/2026." in page.text
    assert "Đã chọn sẵn 1 ô ở dưới" in page.text
