"""After a test was handed in: opened again the trainee goes on, and late answers are decided on."""
import re

import pytest

from tests.journeys.exam import SAVED
from tests.journeys.visitor import DESK, arrives, until

pytestmark = pytest.mark.browser


def cut(exam):
    """No answer reaches the server from now on."""
    exam.visitor.context.route("**/answers/*", lambda route: route.abort())


def hand_in(exam):
    """The test is handed in by its last page."""
    exam.visitor.open(f"/quizzes/attempts/{exam.key}/review")
    exam.visitor.press("Nộp bài")
    until(exam.page, lambda: exam.visitor.path == f"/quizzes/attempts/{exam.key}")


def watch(officer, exam):
    """The officer opens the attempt."""
    officer.open(f"/quizzes/attempts/{exam.key}/watch")


def test_a_test_handed_in_by_mistake_is_opened_again_and_goes_on(sit, visit):
    exam, officer = sit("pao.va"), visit("an.lh", viewport=DESK)
    exam.visitor.open(f"/quizzes/attempts/{exam.key}/0")
    exam.choose(0)
    exam.says(SAVED)
    hand_in(exam)

    watch(officer, exam)
    officer.page.locator("#again-minutes").fill("5")
    officer.page.locator("#again-reason").fill("Bấm nhầm nút")
    officer.press("Mở lại bài làm")
    assert "Đã mở lại bài làm của Vàng A Páo." in officer.text

    exam.visitor.open("/messages")
    told = exam.page.locator("li").filter(has_text="Lý do: Bấm nhầm nút")
    told.get_by_role("button").click()
    arrives(exam.page, rf"/attempts/{exam.key}/0$")
    assert exam.chosen() == [0]
    assert re.search("Còn [45] phút", exam.visitor.text)
    exam.choose(1)
    exam.says(SAVED)
    hand_in(exam)


def test_answers_that_came_after_the_end_count_once_somebody_says_so(sit, visit):
    exam, officer = sit("an.tv"), visit("an.lh", viewport=DESK)
    exam.visitor.open(f"/quizzes/attempts/{exam.key}/1")
    cut(exam)
    exam.choose(0)
    exam.note("offline").wait_for()
    elsewhere = visit("an.tv", viewport=DESK)
    elsewhere.open(f"/quizzes/attempts/{exam.key}/review")
    elsewhere.press("Nộp bài")
    until(elsewhere.page, lambda: elsewhere.path == f"/quizzes/attempts/{exam.key}")

    exam.visitor.context.unroute("**/answers/*")
    exam.page.evaluate("dispatchEvent(new Event('online'))")
    # The page learns that the test is over, and leads to its result.
    exam.page.get_by_text("1 câu trả lời đến sau khi hết giờ. Các câu ấy được giữ lại").wait_for()

    watch(officer, exam)
    assert "1 câu trả lời đến sau khi hết giờ" in officer.text
    officer.page.locator("#late-reason").fill("Mất mạng cả xã")
    officer.press("Tính các câu đã đánh dấu")
    assert "Tính 1 câu đến muộn: Mất mạng cả xã" in officer.text
    elsewhere.open("/messages")
    assert "Lý do: Mất mạng cả xã" in elsewhere.text
