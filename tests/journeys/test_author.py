"""A trainer writes a course in a real browser, with its scripts and without them."""
import re

import pytest

from tests.courses.books import photo
from tests.journeys.visitor import DESK, PHONE

pytestmark = [pytest.mark.browser, pytest.mark.looks]

PICTURE = {"name": "ban-do.png", "mimeType": "image/png", "buffer": photo(900, 500).getvalue()}


def begin_course(trainer, key):
    """A new course with an empty draft; the trainer stands on its page."""
    trainer.open("/catalogue/new")
    trainer.page.get_by_label("Tên tiếng Việt").fill(f"Khóa thử {key}")
    trainer.page.get_by_label("Mã", exact=True).fill(key)
    trainer.press("Lưu khóa học")
    assert f"Đã tạo “Khóa thử {key}”" in trainer.text


def order(trainer):
    """The titles of the steps as the draft's page lists them."""
    return trainer.page.locator(".contents > li > div:first-child > a").all_inner_texts()


def test_a_page_is_written_with_headings_and_a_picture_and_published(visit):
    trainer = visit("an.tv", viewport=DESK)
    begin_course(trainer, "T1")
    page = trainer.page
    trainer.press("bài đọc")
    page.get_by_label("Tên tiếng Việt").fill("Bài một")
    # The editor takes the place of the plain field once its script has arrived.
    page.locator("[contenteditable]").first.click()
    page.keyboard.type("Ba nghĩa vụ")
    page.get_by_role("button", name="Đề mục", exact=True).first.click()
    page.keyboard.press("Enter")
    page.keyboard.type("Tôn trọng, bảo vệ, thực hiện.")

    page.get_by_text("Thêm hình").click()
    page.get_by_label("Chọn hình").set_input_files(PICTURE)
    page.get_by_label("Hình thể hiện gì").fill("Bản đồ")
    page.get_by_role("button", name="Đưa hình vào bài").click()
    page.get_by_text("Hình đã nằm trong bài.").wait_for()
    trainer.press("Lưu mục")
    trainer.press("Công bố phiên bản 1")
    trainer.press("Công bố phiên bản 1")
    trainer.press("Xem như học viên")
    trainer.press("Bài một")

    article = page.locator("article")
    assert article.locator("h2").inner_text() == "Ba nghĩa vụ"
    assert "Tôn trọng, bảo vệ, thực hiện." in article.inner_text()
    shown = article.get_by_role("img", name="Bản đồ")
    assert shown.evaluate("picture => picture.naturalWidth") == 900
    assert re.fullmatch(r"/files/\d+/hinh.webp", shown.get_attribute("src"))


def test_steps_are_drawn_into_order_with_the_mouse_and_moved_by_the_keyboard(visit):
    trainer = visit("an.tv", viewport=DESK)
    begin_course(trainer, "T2")
    page = trainer.page
    for title in "ABC":
        trainer.press("liên kết")
        page.get_by_label("Tên tiếng Việt").fill(title)
        page.get_by_label("Địa chỉ").fill("https://vbpl.vn/")
        trainer.press("Lưu mục")
    assert order(trainer) == ["A", "B", "C"]

    first, last = (page.locator(".handle").nth(n).bounding_box() for n in (0, 2))
    page.mouse.move(first["x"] + 9, first["y"] + 9)
    page.mouse.down()
    page.mouse.move(first["x"] + 9, last["y"] + 40, steps=6)
    page.mouse.up()
    page.get_by_text("“A” nay là mục 3.").wait_for()
    assert order(trainer) == ["B", "C", "A"]
    up = page.get_by_role("button", name="Lên A")
    up.focus()
    page.keyboard.press("Enter")
    page.get_by_text("“A” nay là mục 2.").wait_for()

    assert order(trainer) == ["B", "A", "C"]


def test_without_scripts_a_page_with_a_picture_is_written_on_a_phone(visit):
    trainer = visit("an.tv", viewport=PHONE, java_script_enabled=False)
    begin_course(trainer, "T3")
    page = trainer.page
    trainer.press("bài đọc")
    page.get_by_label("Tên tiếng Việt").fill("Bài một")
    page.get_by_label("Nội dung tiếng Việt").fill("Một.\n\nHai.")
    page.get_by_text("Thêm hình").click()
    page.get_by_label("Chọn hình").set_input_files(PICTURE)
    page.get_by_label("Hình thể hiện gì").fill("Bản đồ")

    trainer.press("Đưa hình vào bài")

    assert "Đã lưu. Hình nằm ở cuối bài." in trainer.text
    written = page.get_by_label("Nội dung tiếng Việt").input_value()
    assert written.startswith("<p>Một.</p><p>Hai.</p><figure><img src=")
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
