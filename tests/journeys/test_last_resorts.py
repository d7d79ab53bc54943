"""Where the line never comes back, the browser keeps nothing, or the computer is not one's own."""
import json
import re

import pytest

from tests.journeys.exam import SAVED, Exam
from tests.journeys.visitor import DESK, PASSWORD, arrives, until

pytestmark = pytest.mark.browser

#: What is kept on the device, as the shelf has it.
KEPT = """() => new Promise((done) => {
  indexedDB.open('answers').onsuccess = ({ target }) => {
    target.result.transaction('events').objectStore('events').getAll().onsuccess =
      (found) => done(found.target.result); }; })"""
#: A browser that has no place to keep anything.
NOTHING_KEPT = "".join(f"Object.defineProperty(window, '{place}', {{get() {{ throw 'none'; }}}});"
                       for place in ("indexedDB", "localStorage"))


def cut(exam):
    """No answer reaches the server from now on."""
    exam.visitor.context.route("**/answers/*", lambda route: route.abort())


def mend(exam):
    """The line is back."""
    exam.visitor.context.unroute("**/answers/*")


def test_answers_that_find_no_line_are_given_to_the_trainer_as_a_file(sit, visit, tmp_path):
    exam, officer, file = sit("pao.va"), visit("an.lh", viewport=DESK), tmp_path / "bai-lam.json"
    exam.visitor.open(f"/quizzes/attempts/{exam.key}/2")
    before = exam.revisions().get("2", 0)
    cut(exam)
    exam.choose(1)
    exam.note("file").wait_for()
    with exam.page.expect_download() as saved:
        exam.note("file").get_by_role("button", name="Lưu câu trả lời thành tệp").click()
    assert saved.value.suggested_filename == f"bai-lam-{exam.key}.json"
    saved.value.save_as(file)

    for words in ("1 câu trả lời đã được nhận vào.", "Mọi câu trả lời của tệp này đã có"):
        officer.open(f"/quizzes/attempts/{exam.key}/watch")
        officer.page.get_by_text("Nhận tệp câu trả lời").click()
        officer.page.set_input_files("input[type=file]", file)
        officer.page.locator("#file-reason").fill("Mất mạng cả xã")
        officer.press("Nhận các câu trả lời")
        assert words in officer.text

    assert exam.revisions()["2"] == before + 1
    mend(exam)
    exam.says(SAVED)
    assert exam.revisions()["2"] == before + 1


def test_a_browser_that_keeps_nothing_is_told_so_before_the_test_begins(visit):
    trainee = visit("pao.va")
    trainee.context.add_init_script(NOTHING_KEPT)
    trainee.open("/my-work")
    trainee.press("Xem mục lục")

    trainee.press("Bài kiểm tra cuối khóa")

    trainee.page.locator("[data-note=memory]:visible").wait_for()
    assert "Trình duyệt này không giữ gì khi đóng trang." in trainee.text
    trainee.press(re.compile("Bắt đầu làm bài|Làm tiếp|Làm lại"))


def test_on_a_full_device_the_answer_is_sent_all_the_same_and_the_page_says_so(sit):
    exam = sit("pao.va")
    exam.visitor.open(f"/quizzes/attempts/{exam.key}/3")
    before = exam.revisions().get("3", 0)
    cut(exam)
    exam.page.evaluate("""() => { IDBObjectStore.prototype.put = () => {
        throw new DOMException('The disk is full.', 'QuotaExceededError'); }; }""")

    exam.choose(0)
    exam.note("full").wait_for()
    exam.says("Chưa lưu, còn giữ trên máy này (1)")
    mend(exam)
    exam.says(SAVED)

    assert exam.revisions()["3"] == before + 1
    exam.visitor.open(f"/quizzes/attempts/{exam.key}/review")
    exam.visitor.press("Nộp bài")
    arrives(exam.page, r"/attempts/\d+$")


def test_a_shared_computer_keeps_no_answer_that_the_server_holds(visit):
    trainee = visit()
    trainee.open("/sign-in")
    trainee.page.get_by_role("textbox", name="Tên đăng nhập").fill("an.tv")
    trainee.page.get_by_role("textbox", name="Mật khẩu").fill(PASSWORD)
    trainee.page.get_by_label("Đây là máy dùng chung").check()
    trainee.press("Đăng nhập")
    exam = Exam(trainee)
    exam.choose(0)
    exam.says(SAVED)

    until(exam.page, lambda: all(one.get("held") for one in exam.page.evaluate(KEPT)))
    assert [sorted(one) for one in exam.page.evaluate(KEPT)] == [
        ["attempt", "base", "held", "seq", "slot", "tries", "typed", "url"]]
    exam.visitor.open(f"/quizzes/attempts/{exam.key}/review")
    exam.visitor.press("Nộp bài")
    arrives(exam.page, r"/attempts/\d+$")
    assert exam.page.evaluate(KEPT) == []


def test_what_was_handed_in_is_sent_again_to_a_server_that_was_set_back(sit, visit):
    exam, officer = sit("pao.va"), visit("an.lh", viewport=DESK)
    exam.choose(0)
    exam.says(SAVED)
    exam.visitor.open(f"/quizzes/attempts/{exam.key}/review")
    exam.visitor.press("Nộp bài")
    arrives(exam.page, r"/attempts/\d+$")
    officer.open(f"/quizzes/attempts/{exam.key}/watch")
    officer.page.locator("#again-reason").fill("Khôi phục bản sao lưu")
    officer.press("Mở lại bài làm")

    def forgetful(route):
        answer = route.fetch()
        route.fulfill(response=answer, body=json.dumps(answer.json() | {"known": 0}))

    exam.visitor.context.route("**/heartbeat", forgetful, times=1)
    with exam.page.expect_response("**/answers/0") as again:
        exam.visitor.open(f"/quizzes/attempts/{exam.key}/0")

    assert again.value.json()["rev"] == 1
    assert exam.revisions()["0"] == 1
