"""A test is closed earlier while people sit at it: they keep their end, or get a sooner one."""
from datetime import timedelta

import pytest
from sqlalchemy import select

from lms.kernel.audit import AuditEntry
from lms.kernel.db import db
from lms.kernel.errors import Refusal
from lms.notices.models import Notice

from courses.classes.models import ClassTrainer
from quizzes.attempts.actions import start
from quizzes.attempts.desks import progress_of
from quizzes.attempts.device import standing
from quizzes.attempts.intervening import end_earlier, extend, pause, resume
from quizzes.attempts.models import Intervention
from quizzes.papers.actions import give_extra_time
from tests.browser import Page
from tests.conftest import MORNING

MINUTE = timedelta(minutes=1)


def close(browse, world, at):
    """Minh lets the test close at ``at`` o'clock; the page that follows."""
    minh = browse(world.minh)
    page = minh.post(f"/quizzes/{world.law_quiz.id}/hours", {
        "opens_at": "", "closes_at": f"{at} 25/11/2026"})
    while page.location:
        page = Page(minh.client.get(page.location, buffered=True))
    return page


@pytest.fixture
def also_hoa(world):
    """Hoa is in the middle of the test too, until half past ten like Lan."""
    return start(world.running.quiz, by=world.hoa)


def address(world):
    """Where it is asked whether attempts end earlier."""
    return f"/quizzes/{world.law_quiz.id}/watch/earlier-end"


def test_whoever_closes_a_test_earlier_is_asked_about_those_under_way(
        world, browse, later, also_hoa):
    later(5)

    page = close(browse, world, "10:20")

    assert "Đã lưu giờ mở, đóng. Bài đang làm giữ nguyên lúc kết thúc." in page.text
    assert "Bài đóng lúc 10:20 25/11/2026, còn 2 bài đang làm kết thúc muộn hơn." in page.text
    assert "ai cũng còn ít nhất 5 phút" in page.text
    assert page.links["Để nguyên"] == f"/quizzes/{world.law_quiz.id}/watch"
    assert (world.running.deadline, also_hoa.deadline) == (MORNING + 30 * MINUTE,) * 2


def test_yes_ends_them_with_the_test_and_tells_devices_people_and_trail(
        world, browse, later, also_hoa):
    later(5)
    close(browse, world, "10:20")
    minh = browse(world.minh)

    page = minh.follow(minh.post(address(world), {"reason": "Phòng thi phải trả sớm"}))

    assert "2 bài làm nay kết thúc sớm hơn." in page.text
    assert (world.running.deadline, also_hoa.deadline) == (MORNING + 20 * MINUTE,) * 2
    told = standing(also_hoa, progress_of(db.session.connection(), also_hoa.id, ""))
    assert (told["seconds_left"], told["until"]) == (15 * 60, "10:20:00")
    message = db.session.scalars(select(Notice).filter_by(person_id=world.hoa.id)
                                 .order_by(Notice.id.desc())).first().text_vi
    assert message.endswith("đóng sớm hơn: bạn còn 15 phút. Lý do: Phòng thi phải trả sớm")
    trace = db.session.scalars(select(AuditEntry).filter_by(verb="attempts ended earlier")).one()
    assert (trace.by_id, trace.details) == (
        world.minh.id, {"attempts": sorted([world.running.id, also_hoa.id])})
    assert "Kết thúc sớm theo giờ đóng bài, sớm hơn 10 phút: Phòng thi phải trả sớm" in (
        minh.get(f"/quizzes/attempts/{also_hoa.id}/watch").text)


def test_no_leaves_them_and_the_page_says_that_they_run_on(world, browse, later, also_hoa):
    later(5)
    page = close(browse, world, "10:20")

    page = browse(world.minh).get(page.links["Để nguyên"])

    assert "2 bài còn làm tiếp sau giờ đóng bài, 10:20 25/11/2026." in page.text
    assert page.links["Kết thúc sớm các bài này"] == address(world)
    assert world.running.deadline == MORNING + 30 * MINUTE


def test_nobody_has_less_than_five_minutes_left(world, later):
    later(10)
    world.law_quiz.closes_at = MORNING + 9 * MINUTE

    end_earlier(world.law_quiz, [world.running.id], "Cháy", by=world.minh)

    assert world.running.deadline == MORNING + 15 * MINUTE


def test_extra_time_is_kept_after_the_closing(world, later):
    give_extra_time(world.law_quiz, world.lan, {"percent": 0, "minutes": 4, "reason": "x"},
                    by=world.minh)
    world.law_quiz.closes_at = MORNING + 20 * MINUTE

    end_earlier(world.law_quiz, [world.running.id], "Trả phòng", by=world.minh)

    assert world.running.deadline == MORNING + 24 * MINUTE


def test_a_paused_attempt_goes_on_with_what_is_left_to_it_then(world, later):
    later(5)
    pause(world.law_quiz, [world.running.id], "Mất điện", by=world.minh)
    later(8)
    world.law_quiz.closes_at = MORNING + 6 * MINUTE
    end_earlier(world.law_quiz, [world.running.id], "Trả phòng", by=world.minh)
    later(60)

    resume(world.law_quiz, [world.running.id], "Có điện", by=world.minh)

    assert world.running.deadline == MORNING + 65 * MINUTE


def test_who_ends_earlier_than_the_closing_is_left_alone_and_nobody_is_asked(world, browse, later):
    later(5)

    page = close(browse, world, "10:40")

    assert "mở đến 10:40 25/11/2026" in page.text
    assert "bài đang làm kết thúc muộn hơn" not in page.text
    with pytest.raises(Refusal, match="Không có bài làm nào kết thúc sớm hơn"):
        end_earlier(world.law_quiz, [world.running.id], "x", by=world.minh)
    assert db.session.scalars(select(Intervention)).all() == []


def test_a_test_that_stays_open_longer_asks_nothing(world, browse, later):
    world.law_quiz.closes_at = MORNING + 10 * MINUTE
    db.session.flush()

    assert "kết thúc muộn hơn" not in close(browse, world, "10:20").text


def test_an_end_that_was_put_off_by_hand_ends_with_the_test_too_and_a_time_over_stays_over(
        world, later, also_hoa):
    extend(world.running, 30, "x", by=world.minh)
    world.law_quiz.closes_at = MORNING + 40 * MINUTE
    later(32)

    assert end_earlier(world.law_quiz, [world.running.id, also_hoa.id], "y", by=world.minh) == 1

    assert world.running.deadline == MORNING + 40 * MINUTE
    assert also_hoa.deadline == MORNING + 30 * MINUTE


def test_the_trainer_of_a_class_ends_only_the_attempts_of_its_people(
        world, browse, later, also_hoa):
    db.session.add(ClassTrainer(course_class=world.december_class, person=world.ha))
    world.law_quiz.closes_at = MORNING + 10 * MINUTE
    db.session.flush()

    page = browse(world.ha).get(address(world))
    browse(world.ha).post(address(world), {"reason": "Trả phòng"})

    assert "còn 1 bài đang làm kết thúc muộn hơn" in page.text
    assert world.running.deadline == MORNING + 10 * MINUTE
    assert also_hoa.deadline == MORNING + 30 * MINUTE
