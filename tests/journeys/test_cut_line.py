"""A test taken over a poor line: nothing that was typed is lost, and the badge never lies."""

import pytest

from tests.journeys.exam import SAVED
from tests.journeys.visitor import arrives

pytestmark = pytest.mark.browser


def test_what_is_answered_without_a_line_is_sent_when_it_is_back(sit):
    exam = sit("an.tv")
    exam.choose(0)
    exam.says(SAVED)

    exam.visitor.context.set_offline(True)
    exam.choose(1)
    exam.says("Chưa lưu, còn giữ trên máy này (1)")
    exam.visitor.press("Lưu, sang câu 2")
    exam.choose(0)
    exam.says("Chưa lưu, còn giữ trên máy này (2)")
    assert exam.note("offline").count() == 1
    exam.visitor.context.set_offline(False)
    exam.says(SAVED)

    assert exam.note("offline").count() == 0
    assert exam.revisions() == {"0": 2, "1": 1}


def test_without_a_line_the_page_stays_and_says_why(sit):
    exam = sit("an.tv")
    exam.choose(0)
    exam.says(SAVED)
    exam.visitor.context.set_offline(True)

    exam.page.get_by_role("link", name="Xem lại và nộp bài").click()
    exam.note("offline").wait_for()
    assert exam.note("offline").evaluate("note => note === document.activeElement")
    last = exam.page.locator(".map [data-goes]").last
    last.click()
    exam.visitor.press("Lưu và xem lại")
    assert exam.page.url == last.evaluate("link => link.href")
    exam.visitor.context.set_offline(False)
    exam.visitor.press("Lưu và xem lại")

    arrives(exam.page, r"/review$")


def test_without_a_line_no_file_is_sent_and_the_page_stays(sit):
    exam = sit("an.tv")
    exam.choose(0)
    exam.says(SAVED)
    exam.visitor.context.set_offline(True)
    exam.page.evaluate("""document.querySelector('[data-slot]:not([hidden])').insertAdjacentHTML(
        'beforeend', '<button formaction="/nowhere">Nộp tệp này</button>')""")
    address = exam.page.url

    exam.shown.get_by_role("button", name="Nộp tệp này").click()

    exam.note("offline").wait_for()
    assert exam.page.url == address
    exam.visitor.context.set_offline(False)


def test_a_button_in_a_question_is_no_answer(sit):
    exam = sit("pao.va")
    address = f"/quizzes/attempts/{exam.key}/4"

    def for_practice(route):
        html = route.fetch().text()
        place = html.index(f'data-url="/quizzes/attempts/{exam.key}/answers/4"')
        end = html.index(">", place) + 1
        button = '<button name="check" value="4">Kiểm tra câu này</button>'
        route.fulfill(status=200, content_type="text/html", body=html[:end] + button + html[end:])

    exam.visitor.context.route("**" + address, for_practice)
    with exam.page.expect_response("**/heartbeat"):
        exam.visitor.open(address)
    exam.page.wait_for_timeout(1500)

    assert exam.shown.get_by_role("button", name="Kiểm tra câu này").count() == 1
    assert "4" not in exam.revisions()


def test_what_waits_survives_a_reload_and_a_closed_tab(sit):
    exam = sit("an.tv")
    context = exam.visitor.context
    exam.visitor.open(f"/quizzes/attempts/{exam.key}/2")
    context.route("**/answers/*", lambda route: route.abort())
    exam.choose(0)
    exam.says("Chưa lưu, còn giữ trên máy này (1)")

    exam.page.reload()
    exam.says("Chưa lưu, còn giữ trên máy này (1)")
    assert exam.chosen() == [0]
    exam.page.close()
    exam.page = context.new_page()
    exam.page.goto(f"{exam.visitor.address}/quizzes/attempts/{exam.key}/2")
    exam.says("Chưa lưu, còn giữ trên máy này (1)")
    assert exam.chosen() == [0]
    context.unroute("**/answers/*")
    exam.says(SAVED)

    assert exam.revisions()["2"] == 1


def test_a_page_that_is_not_ours_is_no_acknowledgement(sit):
    exam = sit("an.tv")
    portal = "<html><h1>Wifi miễn phí</h1></html>"
    for address in ("**/answers/*", "**/heartbeat"):
        exam.visitor.context.route(address, lambda route: route.fulfill(
            status=200, content_type="text/html", body=portal))
    exam.visitor.open(f"/quizzes/attempts/{exam.key}/3")

    exam.choose(1)
    exam.says("Chưa lưu, còn giữ trên máy này (1)")
    exam.note("portal").get_by_text("Có thể Wi-Fi đòi đăng nhập").wait_for()
    for address in ("**/answers/*", "**/heartbeat"):
        exam.visitor.context.unroute(address)
    exam.says(SAVED)
    assert exam.note("portal").count() == 0

    assert exam.revisions()["3"] == 1


def test_whoever_is_signed_out_signs_in_again_beside_the_test(sit):
    exam = sit("an.tv")
    exam.visitor.open(f"/quizzes/attempts/{exam.key}/5")
    cookies = exam.visitor.context.cookies()
    exam.visitor.context.clear_cookies()

    exam.choose(0)
    exam.note("signed-out").wait_for()
    exam.says("Chưa lưu, còn giữ trên máy này (1)")
    exam.visitor.context.add_cookies(cookies)
    exam.says(SAVED)

    assert exam.note("signed-out").count() == 0
    assert exam.revisions()["5"] == 1


def can_be_answered(page):
    """Whether the questions of the page take an answer."""
    return not page.locator("form:has([data-slot])").evaluate("form => form.inert")


def test_a_second_tab_asks_before_it_takes_over_and_the_first_steps_aside(sit):
    exam = sit("pao.va")
    exam.choose(0)
    exam.says(SAVED)

    other = exam.visitor.context.new_page()
    other.goto(exam.page.url)
    asks = other.locator("[data-note=elsewhere]:visible")
    asks.wait_for()
    assert (can_be_answered(exam.page), can_be_answered(other)) == (True, False)
    asks.get_by_role("button", name="Làm tiếp ở đây").click()
    exam.note("elsewhere").wait_for()
    asks.wait_for(state="hidden")
    assert (can_be_answered(exam.page), can_be_answered(other)) == (False, True)
    other.locator("[data-slot]:not([hidden]) input:not([type=hidden])").nth(1).check()
    other.locator(".save .status").filter(has_text=SAVED).wait_for()
    exam.page.bring_to_front()
    with exam.page.expect_event("load"):
        exam.note("elsewhere").get_by_role("button", name="Làm tiếp ở đây").click()

    assert 1 in exam.chosen()
    assert exam.revisions() == {"0": 2}


def test_of_two_devices_both_answers_are_kept_and_the_person_decides(sit, visit):
    phone, laptop = sit("pao.va"), sit("pao.va")
    for device in (phone, laptop):
        device.visitor.open(f"/quizzes/attempts/{device.key}/1")
    phone.choose(0)
    phone.says(SAVED)

    laptop.choose(1)
    laptop.note("conflict").wait_for()
    assert laptop.revisions()["1"] == 2
    with laptop.page.expect_response("**/answers/1"):
        laptop.note("conflict").get_by_role("button", name="Tính câu của tôi").click()
    laptop.says(SAVED)

    assert laptop.revisions()["1"] == 3
    phone.page.reload()
    assert phone.chosen() == laptop.chosen()


def test_handing_in_waits_for_what_is_not_sent(sit):
    exam = sit("an.tv")
    exam.visitor.open(f"/quizzes/attempts/{exam.key}/4")
    exam.visitor.context.route("**/answers/*", lambda route: route.abort())
    exam.choose(0)
    exam.says("Chưa lưu, còn giữ trên máy này (1)")

    exam.visitor.press("Xem lại và nộp bài")
    arrives(exam.page, r"/review$")
    exam.visitor.press("Nộp bài")
    exam.note("handing").wait_for()
    exam.says("Chưa lưu, còn giữ trên máy này (1)")
    exam.visitor.context.unroute("**/answers/*")
    arrives(exam.page, r"/attempts/\d+$")

    assert exam.revisions()["4"] == 1
    assert exam.page.evaluate("indexedDB.databases().then(all => all.length)") == 1


def test_a_hand_that_is_faster_than_the_scripts_waits_too(sit):
    exam = sit("an.tv")
    context, late = exam.visitor.context, []
    exam.visitor.open(f"/quizzes/attempts/{exam.key}/3")
    context.route("**/answers/*", lambda route: route.abort())
    exam.choose(1)
    exam.says("Chưa lưu, còn giữ trên máy này (1)")
    context.route("**/js/outbox.js*", lambda route: late.append(route))
    exam.visitor.open(f"/quizzes/attempts/{exam.key}/review")

    exam.page.get_by_role("button", name="Nộp bài").click(no_wait_after=True)
    assert exam.visitor.path.endswith("/review")
    context.unroute("**/answers/*")
    exam.page.wait_for_timeout(200)
    for route in late:
        route.continue_()
    arrives(exam.page, r"/attempts/\d+$")

    assert exam.revisions()["3"] == 1


def test_a_browser_that_keeps_nothing_says_so(sit):
    exam = sit("pao.va")
    exam.visitor.open(f"/quizzes/attempts/{exam.key}/2")
    exam.visitor.context.add_init_script(
        "Object.defineProperty(window, 'indexedDB', {get() { throw new Error('none'); }});"
        "Object.defineProperty(window, 'localStorage', {get() { throw new Error('none'); }});")

    exam.page.reload()

    exam.note("memory").wait_for()
    exam.choose(0)
    exam.says(SAVED)
