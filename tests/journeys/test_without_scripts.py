"""The errands that must work on any browser work with JavaScript switched off."""
import pytest

from tests.journeys.errands import send_list, take_test

pytestmark = [pytest.mark.browser, pytest.mark.looks]


@pytest.fixture
def plainly(visit):
    """``plainly("an.tv")`` is a phone without scripts."""
    return lambda username: visit(username, java_script_enabled=False)


def test_a_step_is_taken(plainly):
    trainee = plainly("an.tv")
    trainee.open("/my-work")

    trainee.press("Bắt đầu học")
    trainee.press("Xong, sang mục 2")

    assert trainee.text.startswith("Về mục lục khóa học Mục 2 trên 8.")


def test_a_document_is_confirmed_and_taken_back(plainly):
    trainee = plainly("pao.va")
    trainee.open("/my-work")
    trainee.press("Bộ tài liệu công tác nhân quyền")
    trainee.press("Bắt đầu học")

    trainee.page.get_by_role("checkbox").check()
    trainee.press("Xác nhận đã đọc")

    assert "Đã xác nhận" in trainee.text
    trainee.press("Hoàn tác")
    assert "Xác nhận đã đọc" in trainee.text


def test_a_test_is_taken_to_its_result(plainly):
    trainee = plainly("an.tv")
    trainee.open("/my-work")
    trainee.press("Xem mục lục")
    trainee.press("Bài kiểm tra cuối khóa")

    take_test(trainee, saved_at_once=False)

    assert "Đạt, 100 trên 100 điểm" in trainee.text


def test_people_are_nominated(plainly):
    contact = plainly("ha.bv")
    contact.open("/my-unit")
    contact.press("Cử đi học")
    boxes = contact.page.get_by_role("checkbox")
    before = boxes.count()

    boxes.first.check()
    contact.press("Cử những người đã chọn")

    assert "Đã cử 1 người đi học." in contact.text
    contact.page.go_back()
    contact.page.reload()
    assert contact.page.get_by_role("checkbox").count() == before - 1


def test_attendance_is_marked(plainly):
    trainer = plainly("an.tv")
    trainer.open("/today")
    trainer.press("Điểm danh")

    trainer.page.get_by_role("radio", name="Vắng").first.check()
    trainer.press("Lưu điểm danh")

    assert "Đã lưu điểm danh: 1 thay đổi." in trainer.text


def test_a_list_is_previewed_and_a_cell_corrected(plainly):
    officer = plainly("an.lh")
    send_list(officer)

    officer.page.get_by_label("Ngày hoặc năm sinh, dòng 20").fill("17/12/1984")
    officer.press("Kiểm tra lại sau khi sửa")

    assert "20 dòng sẽ thay đổi, 3 dòng có lỗi" in officer.text
