"""A test that stands still: whoever is in the middle of it reads at once since when and why."""
import pytest

from quizzes.attempts.actions import start
from quizzes.attempts.intervening import pause, resume
from tests.statements import counted

WHY = "Tạm dừng lúc 10:05:00. Lý do: Báo cháy, mọi người ra sân"
STANDS = "Thời gian của bạn dừng lại cho đến khi giảng viên cho tiếp tục."


@pytest.fixture
def alarm(world, later):
    """Five minutes after she began, all are sent out of the room."""
    later(5)
    pause(world.law_quiz, [world.running.id], "Báo cháy, mọi người ra sân", by=world.minh)
    return world.running


@pytest.mark.parametrize("page", ["/0", "/all", "/review"])
def test_each_page_of_a_running_test_says_since_when_and_why_it_stands_still(
        alarm, world, browse, page):
    lan = browse(world.lan)

    for seen in (lan.get(f"/quizzes/attempts/{alarm.id}{page}"),
                 lan.get(f"/quizzes/attempts/{alarm.id}{page}")):
        assert f"Bài kiểm tra đang tạm dừng. {WHY} {STANDS}" in seen.text


def test_it_stands_before_the_first_question(alarm, world, browse):
    page = browse(world.lan).get(f"/quizzes/attempts/{alarm.id}/0").text

    assert page.index(WHY) < page.index("Lưu, sang câu 2")


def test_the_page_before_the_test_says_so_too(alarm, world, browse):
    page = browse(world.lan).get(f"/quizzes/{world.law_quiz.id}").text

    assert f"Bài kiểm tra đang tạm dừng. {WHY} {STANDS}" in page
    assert "Bạn đang làm dở một bài" not in page


def test_an_open_page_is_told_by_its_next_sign_of_life_and_by_its_next_answer(
        alarm, world, browse):
    lan, address = browse(world.lan), f"/quizzes/attempts/{alarm.id}"

    beat = lan.send(f"{address}/heartbeat", {"client": "phone"}).json
    with counted() as statements:
        kept = lan.send(f"{address}/answers/0", {"client": "phone", "seq": 1, "answer": ["A"]},
                        method="PUT").json

    assert beat["pause"] == kept["pause"] == WHY
    assert kept["status"] == "accepted"
    assert len(statements) <= 3


def test_once_it_goes_on_nothing_says_that_it_stands(alarm, world, browse, later):
    later(10)
    resume(world.law_quiz, [alarm.id], "Hết báo động", by=world.minh)
    lan, address = browse(world.lan), f"/quizzes/attempts/{alarm.id}"

    assert "Báo cháy" not in lan.get(f"{address}/0").text
    assert lan.send(f"{address}/heartbeat", {}).json["pause"] is None


def test_of_two_pauses_the_one_that_lasts_is_told(alarm, world, browse, later):
    later(10)
    resume(world.law_quiz, [alarm.id], "Hết báo động", by=world.minh)
    later(12)
    pause(world.law_quiz, [alarm.id], "Mất điện", by=world.minh)

    page = browse(world.lan).get(f"/quizzes/attempts/{alarm.id}/0").text

    assert "Tạm dừng lúc 10:12:00. Lý do: Mất điện" in page
    assert "Báo cháy" not in page


def test_who_reads_english_is_told_in_english(alarm, world, browse):
    lan = browse(world.lan)
    lan.client.set_cookie("language", "en")

    page = lan.get(f"/quizzes/attempts/{alarm.id}/0").text

    assert "The test is paused. Paused at 10:05:00. Reason: Báo cháy, mọi người ra sân" in page


def test_words_of_the_invigilator_stay_words(alarm, world, browse, later):
    later(6)
    resume(world.law_quiz, [alarm.id], "x", by=world.minh)
    pause(world.law_quiz, [alarm.id], "<b>Cháy</b> & 100%", by=world.minh)

    page = browse(world.lan).get(f"/quizzes/attempts/{alarm.id}/0")

    assert "Lý do: <b>Cháy</b> & 100%" in page.text
    assert WHY not in page.text


def test_only_who_stands_still_is_told(alarm, world, browse):
    hoa = start(world.law_quiz, by=world.hoa)

    assert "Báo cháy" not in browse(world.hoa).get(f"/quizzes/attempts/{hoa.id}/0").text
