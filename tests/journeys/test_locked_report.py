"""A late entry against a locked report: the figures stay, and the page names who and why.

Worked out by hand.  On 24/11/2026 the department of culture has 21 officials who owe the course
of human rights (C01) and their kit of documents; one of them is excused since 01/10/2026, and of
the other 20 hold both 16: 16/20 = 80,0 %.
Four are missing something: Giàng Thị Mỷ only the course, Hoàng Trung Phong only the kit, Vàng A
Páo and Đinh Thị Thủy both.  After the lock a class of C01 of 23 and 24 November is entered, with
Mỷ and Páo in it.  For the 24th Mỷ now has all she owes, Páo still lacks the kit: exactly one
person differs, and today's knowledge gives 17/20 = 85,0 %.
"""
import re
from io import BytesIO

import pytest
from pypdf import PdfReader

from tests.journeys.reading import faults
from tests.journeys.visitor import DESK

pytestmark = pytest.mark.browser

UNIT = "Sở Văn hóa, Thể thao và Du lịch"
GOAL = "Cán bộ nhân quyền và quản lý báo chí được tập huấn và trang bị tài liệu"
DAYS = ("23/11/2026", "24/11/2026")
LATE = ("Giàng Thị Mỷ", "Vàng A Páo")


def lock_report(officer):
    """Lock the figures of the department for the 24th; gives the address of the report."""
    officer.open("/units?q=van+hoa")
    officer.press(UNIT)
    officer.press("Báo cáo, bản in")
    officer.page.locator("#asked-on").fill("24/11/2026")
    officer.press("Xem")
    assert f"{GOAL}: 16/20 người đạt, tỷ lệ 80,0% (chỉ tiêu 100%)" in officer.text
    officer.press("Chốt báo cáo")
    assert "Theo hiểu biết hiện nay, danh sách và số liệu ngày này vẫn như cũ." in officer.text
    assert faults(officer.page) == []
    return officer.path


def enter_class_late(officer, trainer):
    """A class of C01 that was held on the two days and is entered and closed only now."""
    officer.open("/classes/new")
    officer.page.get_by_label("Khóa học").select_option(
        label="C01 – Kiến thức cơ bản về quyền con người")
    officer.page.get_by_label("Đơn vị tổ chức").select_option(label=UNIT)
    officer.page.get_by_label("Tên tiếng Việt").fill("Lớp ghi muộn")
    officer.page.get_by_label("Ngày đầu").fill(DAYS[0])
    officer.page.get_by_label("Ngày cuối").fill(DAYS[1])
    officer.press("Mở lớp")
    for day, onward in zip(DAYS, ("Thêm buổi này và buổi nữa", "Thêm buổi"), strict=True):
        officer.page.get_by_label("Ngày").fill(day)
        officer.page.get_by_label("Buổi").select_option(label="Sáng")
        officer.page.get_by_role("button", name=onward, exact=True).click()
    officer.press("Thêm giảng viên")
    officer.press("Chọn làm giảng viên Triệu Văn Ấn")
    course_class = officer.path
    officer.open(f"{course_class}/nominations")
    for name in LATE:
        officer.page.get_by_role("checkbox", name=name).check()
    officer.press("Cử những người đã chọn")
    for day in DAYS:
        trainer.open(course_class)
        trainer.press(f"Điểm danh Sáng {day}")
        trainer.press("Ghi có mặt cho 2 người còn lại")
        trainer.page.get_by_text("2 trên 2 người có mặt.").wait_for()
    trainer.open(f"{course_class}/marks")
    for mark in trainer.page.locator("input[inputmode=decimal]").all():
        mark.fill("80")
    trainer.press("Lưu điểm")
    trainer.press("Đóng lớp và ghi kết quả cho 2 người")


def test_a_late_entry_changes_nothing_locked_and_is_named(visit):
    officer = visit("an.lh", viewport=DESK)
    report = lock_report(officer)
    code = re.search(r"Mã ([0-9A-Z-]{19})", officer.text)[1]
    paper = officer.context.request.get(f"{report}.pdf").body()

    enter_class_late(officer, visit("an.tv"))
    officer.open(report)

    # The locked figures stay; beside them stands what is known now, with the one who differs.
    assert "1 trường hợp nay được tính khác cho cùng ngày đó." in officer.text
    assert "tính lại theo dữ liệu lúc chốt: khớp" in officer.text
    assert f"{GOAL} {UNIT} 16/20 17/20 khác 80,0 % 85,0 %" in officer.text
    assert f"Giàng Thị Mỷ {GOAL} còn hạn → đã đạt" in officer.text
    assert "hoàn thành “Kiến thức cơ bản về quyền con người” ngày 24/11/2026" in officer.text
    assert "Vàng A Páo" not in officer.text
    assert faults(officer.page) == []

    # The paper is drawn again as it was, to the byte.
    assert officer.context.request.get(f"{report}.pdf").body() == paper
    words = " ".join(page.extract_text() for page in PdfReader(BytesIO(paper)).pages)
    assert code in words

    # A stranger who holds the paper sees that it is genuine, and nothing else.
    stranger = visit()
    stranger.open(f"/r/{code}")
    assert "Mã thuộc một báo cáo đã chốt" in stranger.text
    assert "Giàng" not in stranger.text
    assert UNIT not in stranger.text
    assert faults(stranger.page) == []
