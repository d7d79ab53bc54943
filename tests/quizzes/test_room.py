"""Running a test in the room: hours, the code, extra time, and who may."""
from datetime import timedelta

import pytest
from sqlalchemy import select

from lms.kernel.db import db
from lms.kernel.errors import Refusal
from lms.kernel.naming import Naming
from lms.people.signals import person_erased

from courses.classes.models import ClassTrainer
from quizzes.papers.actions import end_extra_time, give_extra_time, set_hours
from quizzes.papers.code import code_at, new_secret
from quizzes.papers.models import ExtraTime
from quizzes.papers.policies import may_run_tests
from tests.conftest import MORNING
from tests.courses.books import traces

MINUTE = timedelta(minutes=1)


def times(world):
    """What extra time Lan has at the test now: (name, per cent, minutes)."""
    return [(one.person.full_name, one.percent, one.minutes) for one in db.session.scalars(
        select(ExtraTime).filter_by(ended_at=None, person_id=world.lan.id).order_by(ExtraTime.id))]


def test_the_room_says_how_the_test_stands_and_sets_its_hours(world, browse):
    minh, address = browse(world.minh), f"/quizzes/{world.law_quiz.id}"
    assert "4 câu hỏi, 30 phút đang mở" in minh.get(f"{address}/room").text

    asked = minh.post(f"{address}/hours", {
        "opens_at": "08:00 01/12/2026", "closes_at": "09:30 01/12/2026"})
    page = minh.get(minh.client.get(asked.location).location)

    assert "mở lúc 08:00 01/12/2026" in page.text
    assert world.law_quiz.closes_at - world.law_quiz.opens_at == 90 * MINUTE
    assert traces()[-1] == "hours of quiz set"
    again = minh.post(f"{address}/hours", {"opens_at": "10:00 01/12/2026",
                                           "closes_at": "09:30 01/12/2026"}, status=200)
    assert "Lúc đóng phải sau lúc mở." in again.text
    assert "10:00 01/12/2026" in [field.get("value") for field in again.all("input")]


def test_results_shown_after_the_closing_need_one(world):
    set_hours(world.law_quiz, None, MORNING + MINUTE, by=world.minh)
    world.law_quiz.show_key = "after_close"
    db.session.flush()

    with pytest.raises(Refusal, match="ghi lúc đóng"):
        set_hours(world.law_quiz, None, None, by=world.minh)


def test_the_code_is_shown_large_and_changes_by_itself_and_by_hand(world, browse, later):
    minh, address = browse(world.minh), f"/quizzes/{world.law_quiz.id}/code"
    assert "không hỏi mã" in minh.get(address, status=409).text
    world.law_quiz.code_secret = new_secret()
    code, _left = code_at(world.law_quiz.code_secret, MORNING)
    shown = f"{code[:3]} {code[3:]}"
    page = minh.get(address)
    assert shown in page.text
    assert {"http-equiv": "refresh", "content": "31"} in page.all("meta")

    later(10)
    assert shown not in minh.get(address).text
    later(0)
    assert shown not in minh.follow(minh.post(address)).text
    assert traces()[-1] == "code renewed"


def test_a_trainer_gives_somebody_of_the_course_more_time(world, browse):
    minh, address = browse(world.minh), f"/quizzes/{world.law_quiz.id}/extra-time"

    page = minh.follow(minh.post(address, {
        "person": "nong thi lan", "percent": "50", "minutes": "5", "reason": "Khuyết tật tay"}))

    assert "Nông Thị Lan +50 %, +5 phút. Khuyết tật tay Triệu Văn Minh" in page.text
    assert times(world) == [("Nông Thị Lan", 50, 5)]
    key = db.session.scalar(select(ExtraTime.id).filter_by(
        ended_at=None, person_id=world.lan.id))
    minh.follow(minh.post(f"/quizzes/extra-time/{key}/end"))
    assert times(world) == []
    assert traces()[-1] == "extra time ended"


@pytest.mark.parametrize("fields, words", [
    ({"person": "Vàng A Páo", "percent": "50", "reason": "x"}, "Không có học viên nào"),
    ({"person": "LAN", "reason": "x"}, "phần trăm hoặc số phút"),
    ({"person": "LAN", "percent": "50"}, "Lý do"),
    ({"person": "LAN", "percent": "900", "reason": "x"}, "300")])
def test_what_does_not_say_whom_how_much_and_why_comes_back(world, browse, fields, words):
    page = browse(world.minh).post(f"/quizzes/{world.law_quiz.id}/extra-time", fields, status=200)

    assert words in page.text
    assert times(world) == []


def test_several_of_one_name_are_told_by_their_codes(world, browse):
    page = browse(world.an).post(f"/quizzes/{world.law_quiz.id}/extra-time", {
        "person": "Bế", "percent": "50", "reason": "x"}, status=200)

    assert "HA Bế Văn Hạ; HOA Bế Thị Hoa" in page.text


def test_per_cent_of_no_limit_are_refused(world):
    world.law_quiz.time_limit = None

    with pytest.raises(Refusal, match="không giới hạn thời gian"):
        give_extra_time(world.law_quiz, world.hoa, {"percent": 50, "minutes": 0, "reason": "x"},
                        by=world.minh)


def test_ending_extra_time_twice_is_one_ending(world):
    end_extra_time(world.ha_extra_time, world.law_quiz, by=world.minh)
    end_extra_time(world.ha_extra_time, world.law_quiz, by=world.minh)

    assert traces().count("extra time ended") == 1


def test_the_trainer_of_a_class_runs_its_tests_until_it_is_closed(world, browse):
    world.minh.roles[0].valid_to = None
    trainer = db.session.scalars(select(ClassTrainer)).one()
    trainer.person = world.hoa
    db.session.flush()

    assert may_run_tests(world.hoa, world.press_law)
    page = browse(world.hoa).get(f"/quizzes/courses/{world.press_law.id}/tests")
    assert "Kiểm tra" in page.links
    assert browse(world.hoa).get(f"/classes/{world.december_class.id}").links[
        "Tổ chức kiểm tra"] == f"/quizzes/courses/{world.press_law.id}/tests"
    world.december_class.closed_at = MORNING
    db.session.flush()
    assert not may_run_tests(world.hoa, world.press_law)


def test_why_somebody_had_more_time_goes_when_they_are_erased(world):
    person_erased.send(world.ha, naming=Naming("Bế Văn Hạ"), email="")

    assert world.ha_extra_time.reason == ""
