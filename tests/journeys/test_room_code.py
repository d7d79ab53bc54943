"""A test in a room is begun with the code on the wall, and with no other."""
import re

import pytest

from tests.journeys.visitor import DESK

pytestmark = pytest.mark.browser

COURSE = "trong Hiến pháp 2013"


def begin_with(trainee, code):
    """The trainee types ``code`` at the door of the test and begins."""
    trainee.page.locator("#code").fill(code)
    trainee.press("Bắt đầu làm bài")


def test_the_code_on_the_wall_opens_the_test_and_another_says_where_to_look(visit):
    trainer, trainee = visit("an.tv", viewport=DESK), visit("ha.bv")
    trainer.open("/catalogue")
    trainer.press(re.compile(COURSE))
    trainer.press("Câu hỏi")
    trainer.press("Tổ chức kiểm tra")
    trainer.press("Bài kiểm tra cuối khóa")
    trainer.press("Chiếu mã")
    quiz = re.search(r"/quizzes/(\d+)/code", trainer.path)[1]
    code = trainer.page.locator(".board").inner_text()

    trainee.open(f"/quizzes/{quiz}")
    begin_with(trainee, "12 34")
    assert "Không đúng mã của phòng." in trainee.text
    begin_with(trainee, code)

    assert re.search(r"/attempts/\d+/0$", trainee.path)
    assert "Câu 1 trên 7" in trainee.text
