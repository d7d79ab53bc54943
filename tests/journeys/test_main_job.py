"""The main job, once, from an office's list of people to a figure that moves."""
import re

import pytest

from tests import pdf
from tests.journeys.errands import figure, send_list, take_test
from tests.journeys.reading import faults
from tests.journeys.visitor import DESK

pytestmark = pytest.mark.browser

TITLE = "Kiến thức cơ bản về quyền con người, khóa 4/2026"
PASSWORD = "suối mưa ngựa đá"


def import_corrected(officer):
    """Send the list in, mend one of its four faults, and confirm."""
    send_list(officer)
    officer.page.get_by_label("Ngày hoặc năm sinh, dòng 20").fill("17/12/1984")
    officer.press("Kiểm tra lại sau khi sửa")
    officer.press("Nhập 20 dòng đúng")


def figure_of_unit(manager):
    """The manager's figure: how many have met the goal of their unit, of how many."""
    manager.open("/my-unit")
    return figure(manager)


def behind(manager, status):
    """The names behind the manager's figure that stand so, in the order of the page."""
    manager.open("/my-unit")
    people = manager.links("a[href*='/people?status=']")[0]
    manager.open(re.sub(r"status=\w+", f"status={status}", people))
    return manager.page.locator("tbody th a").all_inner_texts()


def open_class(officer):
    """A class of the course yesterday and today, with its trainer; gives its address."""
    officer.open("/classes/new")
    officer.page.get_by_label("Khóa học").select_option(
        label="C01 – Kiến thức cơ bản về quyền con người")
    officer.page.get_by_label("Đơn vị tổ chức").select_option(
        label="Sở Văn hóa, Thể thao và Du lịch")
    officer.page.get_by_label("Tên tiếng Việt").fill(TITLE)
    officer.page.get_by_label("Ngày đầu").fill("24/11/2026")
    officer.page.get_by_label("Ngày cuối").fill("25/11/2026")
    officer.press("Mở lớp")
    for day, onward in (("24/11/2026", "Thêm buổi này và buổi nữa"), ("25/11/2026", "Thêm buổi")):
        officer.page.get_by_label("Ngày").fill(day)
        officer.page.get_by_label("Buổi").select_option(label="Sáng")
        officer.page.get_by_role("button", name=onward, exact=True).click()
    officer.press("Thêm giảng viên")
    officer.press("Chọn làm giảng viên Triệu Văn Ấn")
    return officer.path


def nominate(manager, course_class, people):
    """Send the people to the class, by ticking their names."""
    manager.open(f"{course_class}/nominations")
    for name in people:
        manager.page.get_by_role("checkbox", name=name).check()
    manager.press("Cử những người đã chọn")
    assert f"Đã cử {len(people)} người đi học." in manager.text


def hold(trainer, course_class):
    """Mark both sessions, enter the marks, close the class."""
    for day in ("24/11/2026", "25/11/2026"):
        trainer.open(course_class)
        trainer.press(f"Điểm danh Sáng {day}")
        trainer.press("Ghi có mặt cho 2 người còn lại")
        trainer.page.get_by_text("2 trên 2 người có mặt.").wait_for()
    trainer.open(f"{course_class}/marks")
    for mark in trainer.page.locator("input[inputmode=decimal]").all():
        mark.fill("82,5")
    trainer.press("Lưu điểm")
    trainer.press("Đóng lớp và ghi kết quả cho 2 người")


def slip_for(manager, name):
    """User name and one-time code, read from the slip that the manager prints for ``name``."""
    manager.open("/accounts")
    manager.page.get_by_role("searchbox").fill(name)
    manager.press("Tìm")
    manager.press(name)
    with manager.page.expect_download() as slip:
        manager.page.get_by_role("button", name="Lập phiếu").click()
    lines = pdf.texts(slip.value.path().read_bytes())
    return [lines[lines.index(label) + 1] for label in ("Tên đăng nhập", "Mã một lần")]


def begin_with_slip(newcomer, username, code):
    """The first sign-in: by the code of the slip, then a password of one's own."""
    newcomer.open("/sign-in")
    newcomer.page.get_by_role("textbox", name="Tên đăng nhập").fill(username)
    newcomer.page.get_by_role("textbox", name="Mật khẩu").fill(code)
    newcomer.press("Đăng nhập")
    assert faults(newcomer.page) == []
    newcomer.page.get_by_label("Mật khẩu mới", exact=False).first.fill(PASSWORD)
    newcomer.page.get_by_label("Nhập lại mật khẩu mới").fill(PASSWORD)
    newcomer.press("Đặt mật khẩu và bắt đầu")


def learn(trainee):
    """The whole course from the first page to the certificate; gives the PDF."""
    trainee.open("/my-work")
    trainee.press("Bắt đầu học")
    for step in range(2, 9):
        trainee.press(f"Xong, sang mục {step}")
    take_test(trainee)
    assert "Đạt, 100 trên 100 điểm" in trainee.text
    trainee.press("Tiếp tục khóa học")
    trainee.press("Xem kết quả")
    assert faults(trainee.page) == []
    paper = trainee.context.request.get(trainee.links("a[href$='.pdf']")[0])
    assert paper.headers["content-type"] == "application/pdf"
    return paper.body()


def test_an_office_list_becomes_a_figure_that_moves(visit, tmp_path):
    officer, manager = visit(viewport=DESK), visit("hoa.bt", viewport=DESK)
    officer.sign_in("an.lh")
    met, before = figure_of_unit(manager)

    # The list: corrected, imported, undone, imported again; then it has nothing new to say.
    # It brings the manager four newcomers and takes away one who had met the goal.
    import_corrected(officer)
    assert figure_of_unit(manager) == (met - 1, before + 3)
    officer.press("Hoàn tác")
    assert figure_of_unit(manager) == (met, before)
    import_corrected(officer)
    assert figure_of_unit(manager) == (met - 1, before + 3)
    send_list(officer)
    assert "không có gì thay đổi, 4 dòng có lỗi" in officer.text

    # The class: opened, filled with two who are overdue, held and closed.
    one, other, third = behind(manager, "overdue")[:3]
    course_class = open_class(officer)
    nominate(manager, course_class, [one, other])
    hold(visit("an.tv"), course_class)
    assert figure_of_unit(manager) == (met + 1, before + 3)

    # The course: taken on a phone by a third, who comes in with a slip.
    trainee = visit()
    begin_with_slip(trainee, *slip_for(manager, third))
    paper = learn(trainee)

    # The certificate: its code leads a stranger to the page that vouches for it.
    address, = pdf.scanned(paper, tmp_path)
    stranger = visit()
    stranger.open(address)
    assert "Còn hiệu lực" in stranger.text
    assert third.upper() in stranger.text

    # The figure: moved by exactly these three.
    assert figure_of_unit(manager) == (met + 2, before + 3)
    assert {one, other, third} <= set(behind(manager, "met"))
    assert not {one, other, third} & set(behind(manager, "overdue"))
