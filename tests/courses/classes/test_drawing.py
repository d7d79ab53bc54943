"""The sheet to sign: everybody on it once, room for a hand, two pages for forty."""
from dataclasses import replace
from datetime import date

import pytest
from reportlab.lib.units import mm

from lms.kernel.paper import MissingGlyph

from courses.classes.drawing import AttendanceSheet, Participant, draw_sheets
from tests.pdf import pages, size, texts

#: As they are called on a class list; the last name has forty letters.
PEOPLE = (
    Participant("Hoàng Thị Ánh", "06/02/1991", "Sở Văn hóa, Thể thao và Du lịch", "Chuyên viên"),
    Participant("Vàng A Páo", "1985", "Ủy ban nhân dân xã Quảng Uyên",
                "Phó Chủ tịch Ủy ban nhân dân xã"),
    Participant("Bế Thị An", "14/11/1979", "Báo và Phát thanh, Truyền hình Cao Bằng", "Phóng viên"),
    Participant("Nguyễn Hoàng Phương Thị Minh Khuê Nghiêm", "01/01/2001", "Công an tỉnh"),
)
SHEET = AttendanceSheet(
    superior="UBND tỉnh Cao Bằng", issuer="Sở Văn hóa, Thể thao và Du lịch",
    class_title="Kiến thức cơ bản về quyền con người", class_code="QCN-03/2026",
    day=date(2026, 10, 6), half="morning", topic="Bộ luật Nhân quyền quốc tế",
    trainer="Lý Hoài Ân", place="Trung tâm Hội nghị tỉnh",
    address="https://taphuan.example.vn/sessions/7/attendance", participants=PEOPLE * 10)


def test_a_sheet_says_which_class_and_session_it_is_for():
    found = texts(draw_sheets(SHEET))

    assert found[4:8] == [
        "DANH SÁCH ĐIỂM DANH, KÝ NHẬN", "Lớp: Kiến thức cơ bản về quyền con người (QCN-03/2026)",
        "Buổi sáng, Thứ Ba, ngày 06 tháng 10 năm 2026. Địa điểm: Trung tâm Hội nghị tỉnh",
        "Chuyên đề: Bộ luật Nhân quyền quốc tế. Giảng viên: Lý Hoài Ân"]


def test_what_is_not_known_of_a_session_leaves_no_empty_words():
    found = texts(draw_sheets(replace(SHEET, topic="", trainer="", place="")))

    assert found[6:8] == ["Buổi sáng, Thứ Ba, ngày 06 tháng 10 năm 2026", "STT"]


def test_forty_people_stand_on_two_pages_with_the_header_on_each():
    sheets = [[line.text for line in page] for page in pages(draw_sheets(SHEET))]

    assert len(sheets) == 2
    assert [[text for text in sheet if text in ("STT", "Họ và tên", "Ngày sinh", "Đơn vị",
                                                "Chức vụ", "Ký nhận", "Ghi chú")]
            for sheet in sheets] == [["STT", "Họ và tên", "Ngày sinh", "Đơn vị", "Chức vụ",
                                      "Ký nhận", "Ghi chú"]] * 2
    assert [text for sheet in sheets for text in sheet if text.isdigit() and int(text) <= 40
            and len(text) < 3] == [*map(str, range(1, 22)), "2", *map(str, range(22, 41))]


def test_everybody_is_on_the_sheet_with_all_that_is_known_of_them():
    found = " ".join(texts(draw_sheets(replace(SHEET, participants=PEOPLE))))

    assert [" ".join(filter(None, (person.name, person.birth, person.unit, person.position)))
            in found for person in PEOPLE] == [True] * 4


def test_the_sheet_is_a4_across_and_nothing_leaves_it():
    content = draw_sheets(SHEET)

    lines = [line for page in pages(content) for line in page]
    assert size(content) == (297, 210)
    assert min(line.left for line in lines) / mm >= 19.99
    assert max(line.right for line in lines) / mm <= 285.01
    assert min(line.base for line in lines) / mm >= 12


def test_the_sheet_ends_with_the_count_and_two_signatures():
    found = texts(draw_sheets(SHEET))

    assert found[-6:] == [
        "Danh sách có 40 người. Có mặt: …………… người; vắng có lý do: …………… người; "
        "vắng không lý do: …………… người.",
        "NGƯỜI ĐIỂM DANH", "(Ký, ghi rõ họ tên)", "GIẢNG VIÊN", "(Ký, ghi rõ họ tên)",
        "Lý Hoài Ân"]


@pytest.mark.parametrize("count", [0, 1, 21, 22, 41, 200])
def test_nobody_is_lost_whatever_their_number(count):
    people = tuple(Participant(f"Nông Văn Tý {n}", "1985", "Báo Cao Bằng") for n in range(count))

    found = texts(draw_sheets(replace(SHEET, participants=people)))

    assert [text for text in found if text.startswith("Nông")] == [
        person.name for person in people]


def test_the_sheets_of_a_class_are_one_file_the_same_each_time():
    afternoon = replace(SHEET, half="afternoon")

    content = draw_sheets(SHEET, afternoon)

    assert len(pages(content)) == 4
    assert content == draw_sheets(SHEET, replace(afternoon))


def test_a_name_that_cannot_be_drawn_is_not_left_out_silently():
    with pytest.raises(MissingGlyph, match=r"人 \(U\+4EBA\)"):
        draw_sheets(replace(SHEET, participants=(Participant("人", "", ""),)))
