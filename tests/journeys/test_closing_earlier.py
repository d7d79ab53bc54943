"""A test is closed earlier: whoever sits at it sees the sooner end, and reads why."""
import re

import pytest

from tests.journeys.exam import SAVED
from tests.journeys.visitor import DESK

pytestmark = pytest.mark.browser


def test_the_page_of_somebody_under_way_takes_the_sooner_end_and_says_so(sit, visit):
    exam, officer = sit("pao.va"), visit("an.lh", viewport=DESK)
    with exam.page.expect_response("**/heartbeat"):
        exam.visitor.open(f"/quizzes/attempts/{exam.key}/1")
    exam.choose(0)
    exam.says(SAVED)
    assert exam.note("earlier").count() == 0
    officer.open(f"/quizzes/attempts/{exam.key}/watch")
    quiz = re.search(r"/quizzes/(\d+)/watch", officer.page.content())[1]
    officer.open(f"/quizzes/{quiz}/room")
    officer.page.locator("#closes_at").fill("10:03 25/11/2026")
    officer.press("Lưu giờ")
    assert "1 bài đang làm kết thúc muộn hơn" in officer.text
    officer.page.locator("#reason").fill("Phòng thi phải trả sớm")
    officer.press("Kết thúc sớm 1 bài")
    assert "1 bài làm nay kết thúc sớm hơn." in officer.text

    exam.page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    exam.note("earlier").wait_for(timeout=20_000)

    assert re.search(r"Còn [345] phút", exam.visitor.text) or "4 phút" in exam.visitor.text
    exam.visitor.open("/messages")
    assert "Lý do: Phòng thi phải trả sớm" in exam.visitor.text
