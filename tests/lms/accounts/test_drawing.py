"""Account slips: six a page, each whole on its own part of it."""
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm

from lms.accounts.drawing import SlipPaper, draw_slips
from lms.kernel.paper import MissingGlyph

from tests.pdf import pages, scanned, size, texts

ANH = SlipPaper(
    site="Tập huấn Cao Bằng", address="https://taphuan.example.com", name="Hoàng Thị Ánh",
    unit="Sở Văn hóa, Thể thao và Du lịch", username="anh.ht", code="QX7K-M2WD",
    until=datetime(2026, 12, 9, 10, 0, tzinfo=UTC))
LONG = replace(
    ANH, name="Nguyễn Hoàng Phương Thị Minh Khuê Nghiêm",
    unit="Phòng Quản lý báo chí, xuất bản và thông tin đối ngoại, Sở Văn hóa, Thể thao và Du lịch",
    username="nghiem.nguyenhoangphuongthiminhkhue12",
    address="https://taphuan.sovanhoathethaodulich.caobang.example.com")


def test_a_slip_says_who_and_how_in_that_order():
    assert texts(draw_slips([ANH])) == [
        "PHIẾU CẤP TÀI KHOẢN", "Tập huấn Cao Bằng", "Hoàng Thị Ánh",
        "Sở Văn hóa, Thể thao và Du lịch", "Địa chỉ", "https://taphuan.example.com",
        "Tên đăng nhập", "anh.ht", "Mã một lần", "QX7K-M2WD",
        "Mã dùng được đến 10:00 ngày 09/12/2026.",
        "1. Mở địa chỉ trên, nhập tên đăng nhập và mã một lần.",
        "2. Đặt mật khẩu của riêng bạn, ít nhất 10 ký tự.",
        "3. Mở “Việc của tôi” để bắt đầu học; hủy phiếu này."]


def test_six_slips_stand_on_a_page_of_a4():
    content = draw_slips([replace(ANH, code=f"CODE-{n:04d}") for n in range(13)])

    codes = [[line.text for line in page if line.text.startswith("CODE")]
             for page in pages(content)]
    assert size(content) == (210, 297)
    assert codes == [[f"CODE-{n:04d}" for n in part]
                     for part in (range(6), range(6, 12), range(12, 13))]


def test_each_slip_keeps_to_its_own_part_of_the_page():
    lines = pages(draw_slips([LONG] * 6))[0]

    each = len(lines) // 6
    for number in range(6):
        slip = lines[number * each:(number + 1) * each]
        left, top = number % 2 * A4[0] / 2, A4[1] - number // 2 * A4[1] / 3
        assert min(line.left for line in slip) >= left + 10 * mm
        assert max(line.right for line in slip) <= left + A4[0] / 2 - 10 * mm
        assert max(line.base for line in slip) <= top - 10 * mm
        assert min(line.base for line in slip) >= top - A4[1] / 3 + 5 * mm


def test_long_names_are_whole_and_stand_on_nothing_else():
    lines = pages(draw_slips([LONG]))[0]

    found = " ".join(line.text for line in lines)
    heights = [line.base for line in lines if not line.text.startswith("http")]

    assert [text in found for text in (LONG.name, LONG.unit, LONG.username, LONG.address)] == [
        True] * 4
    assert [above - below > 8 for above, below in zip(heights, heights[1:], strict=False)] == [
        True] * (len(heights) - 1)


def test_the_qr_code_of_each_slip_opens_the_site(tmp_path):
    assert set(scanned(draw_slips([ANH, LONG]), tmp_path)) == {ANH.address, LONG.address}


def test_the_same_slips_are_the_same_file():
    assert draw_slips([ANH, LONG]) == draw_slips([replace(ANH), replace(LONG)])


def test_a_name_that_cannot_be_drawn_is_not_left_out_silently():
    with pytest.raises(MissingGlyph, match="人"):
        draw_slips([ANH, replace(ANH, name="人")])
