"""The clock of a running test: the server has the last word, and the page follows it."""
import re

import pytest

from tests.journeys.visitor import DESK, until

pytestmark = pytest.mark.browser


@pytest.fixture
def exam(sit):
    """Somebody in the middle of a test of thirty minutes, whose browser's clock can be turned."""
    exam = sit("pao.va")
    exam.page.clock.install()
    with exam.page.expect_response("**/heartbeat"):
        exam.page.reload()
    return exam


def act(officer, exam, deed):
    """The officer opens the attempt and does there what ``deed`` presses."""
    officer.open(f"/quizzes/attempts/{exam.key}/watch")
    deed(officer.page)
    officer.page.wait_for_load_state()


def more_time(page):
    """Give ten minutes more."""
    page.locator("#extra-minutes").fill("10")
    page.locator("#extra-reason").fill("Mất điện")
    page.get_by_role("button", name="Cho thêm giờ").click()


def decide(page, words):
    """Follow the link, give a reason, and confirm."""
    page.get_by_role("link", name=words).click()
    page.locator("textarea").fill("Báo cháy")
    page.locator("main form button").last.click()


def hear(exam):
    """The page asks the server how the attempt stands, as it does every fifteen seconds."""
    with exam.page.expect_response("**/heartbeat"):
        exam.page.evaluate("dispatchEvent(new Event('online'))")


def test_a_page_whose_time_seems_over_goes_on_where_the_server_gives_more(exam):
    form = exam.page.locator("form:has([data-slot])")
    exam.visitor.context.set_offline(True)
    exam.page.clock.run_for(30 * 60_000)
    exam.note("time-over").wait_for()
    assert form.evaluate("form => form.inert")
    exam.note("offline").wait_for()
    assert "Cứ làm tiếp" not in exam.visitor.text
    assert "Đang nộp bài" not in exam.visitor.text

    exam.visitor.context.set_offline(False)
    hear(exam)
    exam.note("time-over").wait_for(state="hidden")

    assert not form.evaluate("form => form.inert")
    exam.page.clock.run_for(2_000)
    assert re.match(r"Còn 29 phút \d+ giây", exam.page.locator(".clock b").inner_text())
    assert exam.visitor.path.endswith("/0")


def test_time_that_is_given_moves_the_hour_at_which_the_test_ends(exam, visit):
    ends = exam.page.locator("[data-until]")
    before = ends.inner_text()
    act(visit("an.lh", viewport=DESK), exam, more_time)

    hear(exam)
    until(exam.page, lambda: ends.inner_text() != before)

    minutes = [60 * int(hour) + int(minute) for hour, minute in (
        re.search(r"(\d\d):(\d\d):\d\d", text).groups() for text in (before, ends.inner_text()))]
    assert minutes[1] - minutes[0] == 10


def test_a_pause_stands_on_the_page_and_its_clock_until_it_ends(exam, visit):
    officer, clock = visit("an.lh", viewport=DESK), exam.page.locator(".clock")
    act(officer, exam, lambda page: decide(page, "Tạm dừng bài này"))

    hear(exam)
    exam.note("paused").filter(has_text="Lý do: Báo cháy").wait_for()
    held = clock.inner_text()
    assert re.fullmatch(r"Đang tạm dừng, còn \d+ phút \d+ giây", held)
    exam.page.locator("[data-slot]:not([hidden]) input:not([type=hidden])").first.check()
    exam.page.locator(".save .status").filter(has_text=re.compile("^Đã lưu")).wait_for()
    exam.page.clock.run_for(9_000)
    assert clock.inner_text() == held

    act(officer, exam, lambda page: decide(page, "Cho bài này làm tiếp"))
    hear(exam)
    exam.note("paused").wait_for(state="hidden")
    assert "Nộp trước" in clock.inner_text()


def test_a_pause_is_told_without_scripts_too(sit, visit):
    exam = sit("pao.va", java_script_enabled=False)
    act(visit("an.lh", viewport=DESK), exam, lambda page: decide(page, "Tạm dừng bài này"))

    exam.page.reload()

    assert re.search(r"Tạm dừng lúc [\d:]{8}\. Lý do: Báo cháy", exam.visitor.text)
    assert exam.page.locator(".clock").inner_text() == "Bài kiểm tra đang tạm dừng."
