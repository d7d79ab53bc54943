"""Exam day as people live it: questions come in, a test is built, and taken on a poor line."""
import re

import pytest

from tests.journeys.errands import answer_rightly
from tests.journeys.visitor import DESK, PHONE, arrives

pytestmark = pytest.mark.browser

#: What a browser says of a line that is cut; not a fault of the page.
OF_THE_LINE = ("ERR_INTERNET_DISCONNECTED", "Failed to load resource", "net::ERR_FAILED")
SAVED = re.compile(r"^Đã lưu \d\d:\d\d:\d\d$")
#: Written by hand: the second question has no right answer, the fourth no closing bracket.
BY_HAND = """// Câu hỏi về Luật Báo chí
::Thẻ nhà báo:: Ai cấp thẻ nhà báo? {
=Bộ Văn hóa, Thể thao và Du lịch #Đúng.
~Sở Nội vụ
}

::Nguồn tin:: Ai có quyền yêu cầu tiết lộ nguồn tin? {
~Viện trưởng Viện kiểm sát nhân dân cấp tỉnh
~Công an xã
}

Phóng viên phải giữ bí mật nguồn tin. {T}

::Năm:: Luật Báo chí mới có hiệu lực năm nào? {#2026:0
"""
#: A bank of twenty-four questions in three topics.
BANK = "\n\n".join(
    (f"$CATEGORY: Chuyên đề {number // 8 + 1}\n\n" if number % 8 == 0 else "")
    + f"Điều nào đúng về tình huống {number + 1}? {{=Hỏi ý kiến người trong cuộc ~Đăng ngay}}"
    for number in range(24))


class Hand:
    """A hand at a page, and how often it did something."""

    def __init__(self, visitor):
        self.visitor, self.deeds, self.pages = visitor, 0, set()

    def press(self, words):
        """Press a button or a link."""
        self.visitor.page.locator("main").get_by_role("link", name=words, exact=True).or_(
            self.visitor.page.get_by_role("button", name=words, exact=True)).last.click()
        self.visitor.page.wait_for_load_state()
        self.deeds += 1
        self.pages.add(re.sub(r"\d+", "N", self.visitor.path))

    def fill(self, label, text):
        """Go to a field and type."""
        self.visitor.page.get_by_label(label, exact=True).fill(text)
        self.deeds += 1


def forget_the_line(visitor):
    """What the browser said of the line is no fault of the page."""
    visitor.complaints[:] = [complaint for complaint in visitor.complaints
                             if not any(words in complaint for words in OF_THE_LINE)]


def at_the_door(trainee):
    """The trainee stands before the test of the first course they owe."""
    trainee.open("/my-work")
    trainee.press("Xem mục lục")
    trainee.press("Bài kiểm tra cuối khóa")


def bank_of(trainer, course):
    """The trainer stands at the taking in of questions of ``course``."""
    trainer.open("/catalogue")
    trainer.press(course)
    trainer.press("Câu hỏi")
    trainer.press("Nhập câu hỏi")


def go_to_line(page, number):
    """Follow the link of a fault until the cursor stands in its line."""
    page.get_by_role("link", name=f"dòng {number}").click()
    page.locator("textarea:focus").wait_for()


def test_two_mistakes_of_a_file_written_by_hand_are_mended_in_the_preview(visit, tmp_path):
    trainer = visit("an.tv", viewport=DESK)
    page, file = trainer.page, tmp_path / "luat-bao-chi.gift"
    file.write_text(BY_HAND, encoding="utf-8")
    bank_of(trainer, "Luật Báo chí")
    page.set_input_files("input[type=file]", file)
    trainer.press("Đọc và xem câu hỏi")
    assert "Tệp có 2 câu hỏi, 2 lỗi cần sửa." in trainer.text
    assert page.get_by_role("button", name="câu hỏi vào ngân hàng").count() == 0

    box = page.locator(".numbered textarea")
    # A fault leads to its line: what is typed there mends it.
    go_to_line(page, 7)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Home")
    page.keyboard.press("Delete")
    page.keyboard.type("=")
    go_to_line(page, 14)
    page.keyboard.press("End")
    page.keyboard.type("}")
    assert box.input_value() == BY_HAND.replace("~Viện", "=Viện").replace("2026:0", "2026:0}")
    trainer.press("Đọc lại")
    assert "Tệp có 4 câu hỏi, không có lỗi." in trainer.text
    trainer.press("Đưa 4 câu hỏi vào ngân hàng")

    for words in ("Ai cấp thẻ nhà báo?", "Ai có quyền yêu cầu tiết lộ nguồn tin?",
                  "Phóng viên phải giữ bí mật nguồn tin.", "Luật Báo chí mới có hiệu lực"):
        assert page.get_by_role("link", name=words).count() == 1


def test_a_test_of_twenty_questions_is_built_with_few_presses(visit):
    trainer = visit("an.tv", viewport=DESK)
    bank_of(trainer, "Phương pháp kiểm chứng thông tin")
    trainer.page.get_by_label("Hoặc dán văn bản").fill(BANK)
    trainer.press("Đọc và xem câu hỏi")
    trainer.press("Đưa 24 câu hỏi vào ngân hàng")
    trainer.open("/catalogue")
    trainer.press("Phương pháp kiểm chứng thông tin")

    hand = Hand(trainer)
    hand.press("Sửa các mục")
    hand.press("bài kiểm tra")
    hand.fill("Tổng số câu", "20")
    hand.fill("Giới hạn thời gian (phút)", "30")
    hand.press("Lưu bài kiểm tra")

    # A person needs less than a minute for five deeds on two pages.
    assert (hand.deeds, len(hand.pages)) == (5, 2)
    assert "Đã thêm “Bài kiểm tra cuối khóa”." in trainer.text
    trainer.open(trainer.links("a[href*='/quizzes/'][href$='/edit']")[-1])
    asked = trainer.page.locator(".stock input").evaluate_all(
        "all => all.reduce((sum, one) => sum + Number(one.value), 0)")
    assert asked == 20
    trainer.press("Xem như học viên thấy")
    assert "Câu 1 trên 20" in trainer.text


def test_a_test_taken_on_a_phone_through_a_cut_line_loses_nothing(visit):
    trainee = visit("an.tv", viewport=PHONE)
    page, line = trainee.page, trainee.context
    badge = page.locator(".save .status")
    at_the_door(trainee)
    trainee.press("Bắt đầu làm bài")
    count = int(re.search(r"Câu 1 trên (\d+)", trainee.text)[1])
    answer_rightly(trainee)
    badge.filter(has_text=SAVED).wait_for()

    page.get_by_label("Đánh dấu để xem lại").filter(visible=True).check()
    badge.filter(has_text=SAVED).wait_for()

    line.set_offline(True)
    for number in range(2, count + 1):
        trainee.press(f"Lưu, sang câu {number}")
        assert page.title().startswith(f"Câu {number} trên {count} – ")
        answer_rightly(trainee)
        badge.filter(has_text=f"Chưa lưu, còn giữ trên máy này ({number - 1})").wait_for()
    assert "Đang mất mạng. Bài của bạn vẫn còn trên máy này." in trainee.text
    address = page.url
    page.goto("about:blank")
    line.set_offline(False)
    line.route("**/answers/*", lambda route: route.abort())
    trainee.open(address)
    badge.filter(has_text=f"Chưa lưu, còn giữ trên máy này ({count - 1})").wait_for()
    trainee.press("Xem lại và nộp bài")
    arrives(page, r"/review$")  # It asks first whether there is a line.
    page.locator(".map [data-marked]").first.wait_for()  # A script marks what it finds marked.
    (marked,) = page.locator(".map [data-marked]").all_inner_texts()
    assert marked.split() == ["1", ",", "đã", "trả", "lời", ",", "đánh", "dấu", "xem", "lại"]
    trainee.press("Nộp bài")
    page.get_by_text("Đang nộp bài …").wait_for()
    line.unroute("**/answers/*")
    arrives(page, r"/attempts/\d+$")

    assert "Đạt, 100 trên 100 điểm" in trainee.text
    assert page.evaluate("localStorage.length") == 0
    forget_the_line(trainee)


def test_a_question_is_answered_before_any_script_has_come(visit):
    trainee, waiting = visit("pao.va", viewport=PHONE), []
    at_the_door(trainee)
    trainee.context.route("**/js/**", lambda route: waiting.append(route))
    trainee.page.get_by_role("button", name="Bắt đầu làm bài").click(no_wait_after=True)
    answer_rightly(trainee)
    trainee.page.get_by_role("button", name="Lưu, sang câu 2").click(no_wait_after=True)

    trainee.page.get_by_text(SAVED).wait_for()
    assert trainee.path.endswith("/1")
    assert waiting


@pytest.mark.parametrize("scripts", [True, False])
def test_the_page_before_a_hall_follows_it(visit, scripts):
    trainee = visit("pao.va", viewport=PHONE)
    at_the_door(trainee)
    door = trainee.path
    trainee.press(re.compile("Bắt đầu làm bài|Làm tiếp"))
    before = trainee.page.locator(".map [data-state=done]").count()
    officer = visit("an.lh", viewport=PHONE, java_script_enabled=scripts)
    if scripts:
        officer.page.clock.install()
    officer.open(f"{door}/watch")
    row = officer.page.get_by_role("row").filter(has_text="Vàng A Páo")
    saved = row.locator("[data-label='Đã lưu']")
    assert saved.inner_text().startswith(f"{before}/")

    trainee.page.locator(".map [data-state=todo]").first.click()
    answer_rightly(trainee)
    trainee.page.get_by_text(SAVED).wait_for()
    if scripts:
        officer.page.clock.run_for(31_000)
    else:
        officer.press("Làm mới ngay")

    saved.filter(has_text=f"{before + 1}/").wait_for()
    assert officer.page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
