"""The clock of a running test: the server has the last word, and the page follows it."""
import re

import pytest

from tests.journeys.visitor import DESK

pytestmark = pytest.mark.browser

#: What a browser says of a line that is cut; not a fault of the page.
OF_THE_LINE = ("ERR_INTERNET_DISCONNECTED", "Failed to load resource", "net::ERR_FAILED")


@pytest.fixture
def trainee(visit):
    """Somebody in the middle of a test of thirty minutes, whose browser's clock can be turned."""
    trainee = visit("pao.va")
    trainee.page.clock.install()
    begin(trainee)
    yield trainee
    trainee.complaints[:] = [complaint for complaint in trainee.complaints
                             if not any(words in complaint for words in OF_THE_LINE)]


def begin(trainee):
    """Go into the test of the first course that is owed."""
    trainee.open("/my-work")
    trainee.press("Xem mục lục")
    trainee.press("Bài kiểm tra cuối khóa")
    trainee.press(re.compile("Bắt đầu làm bài|Làm tiếp"))
    note(trainee, "offline").wait_for(state="hidden")


def note(trainee, name):
    """The note of the page called ``name``."""
    return trainee.page.locator(f"[data-note={name}]")


def act(officer, trainee, deed):
    """The officer opens the attempt of ``trainee`` and does there what ``deed`` presses."""
    officer.open(f"{re.sub('/[0-9]+$', '', trainee.path)}/watch")
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


def hear(trainee):
    """The page asks the server how the attempt stands, as it does every fifteen seconds."""
    with trainee.page.expect_response("**/heartbeat"):
        trainee.page.evaluate("dispatchEvent(new Event('online'))")


def test_a_page_whose_time_seems_over_goes_on_where_the_server_gives_more(trainee):
    form = trainee.page.locator("form:has([data-slot])")
    trainee.context.set_offline(True)
    trainee.page.clock.run_for(30 * 60_000)
    note(trainee, "time-over").wait_for()
    assert form.evaluate("form => form.inert")

    trainee.context.set_offline(False)
    hear(trainee)
    note(trainee, "time-over").wait_for(state="hidden")

    assert not form.evaluate("form => form.inert")
    trainee.page.clock.run_for(2_000)
    assert re.match(r"Còn 29 phút \d+ giây", trainee.page.locator(".clock b").inner_text())
    assert trainee.path.endswith("/0")


def test_time_that_is_given_moves_the_hour_at_which_the_test_ends(trainee, visit):
    ends = trainee.page.locator("[data-until]")
    before = ends.inner_text()
    act(visit("an.lh", viewport=DESK), trainee, more_time)

    hear(trainee)
    trainee.page.wait_for_function("before => document.querySelector('[data-until]')"
                                   ".innerText !== before", arg=before)

    minutes = [60 * int(hour) + int(minute) for hour, minute in (
        re.search(r"(\d\d):(\d\d):\d\d", text).groups() for text in (before, ends.inner_text()))]
    assert minutes[1] - minutes[0] == 10


def test_a_pause_stands_on_the_page_and_its_clock_until_it_ends(trainee, visit):
    officer, clock = visit("an.lh", viewport=DESK), trainee.page.locator(".clock")
    act(officer, trainee, lambda page: decide(page, "Tạm dừng bài này"))

    hear(trainee)
    note(trainee, "paused").wait_for()
    held = clock.inner_text()
    assert re.fullmatch(r"Đang tạm dừng, còn \d+ phút \d+ giây", held)
    trainee.page.locator("[data-slot]:not([hidden]) input:not([type=hidden])").first.check()
    trainee.page.locator(".save .status").filter(has_text=re.compile("^Đã lưu")).wait_for()
    trainee.page.clock.run_for(9_000)
    assert clock.inner_text() == held

    act(officer, trainee, lambda page: decide(page, "Cho bài này làm tiếp"))
    hear(trainee)
    note(trainee, "paused").wait_for(state="hidden")
    assert "Nộp trước" in clock.inner_text()


def test_a_pause_is_told_without_scripts_too(visit):
    trainee = visit("pao.va", java_script_enabled=False)
    trainee.open("/my-work")
    trainee.press("Xem mục lục")
    trainee.press("Bài kiểm tra cuối khóa")
    trainee.press(re.compile("Bắt đầu làm bài|Làm tiếp"))
    act(visit("an.lh", viewport=DESK), trainee, lambda page: decide(page, "Tạm dừng bài này"))

    trainee.page.reload()

    assert "Bài kiểm tra đang tạm dừng. Thời gian của bạn dừng lại" in trainee.text
    assert trainee.page.locator(".clock").inner_text() == "Bài kiểm tra đang tạm dừng."
