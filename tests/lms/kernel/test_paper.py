"""Paper: every letter is drawn, every line fits, every list is whole."""
import unicodedata
from dataclasses import replace
from datetime import date

import pytest
from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm

from lms.kernel import paper
from lms.kernel.lists import Column, Listing, Zone, draw_lists, paginated
from lms.kernel.paper import BOLD, FACES, REGULAR, MissingGlyph, Style, fit, fitted, width, wrapped

from tests.pdf import pages, scanned, size, texts

PLAIN = Style(REGULAR, 12, least=9)
PEOPLE = Listing(
    superior="UBND tỉnh Cao Bằng", issuer="Sở Văn hóa, Thể thao và Du lịch",
    title="DANH SÁCH", details=("Lớp tập huấn",),
    columns=(Column("STT", 10, centre=True), Column("Họ và tên", 60), Column("Đơn vị", 90)),
    rows=tuple((str(n), f"Nông Văn Tý {n}", "Báo Cao Bằng") for n in range(1, 101)),
    closing=("Danh sách có 100 người.",), zones=(Zone("NGƯỜI LẬP"), Zone("GIÁM ĐỐC")))


def test_every_face_draws_all_134_letters_with_marks():
    marked = {letter for letter in paper.VIETNAMESE if ord(letter) > 127}

    assert len(marked) == 134
    assert marked <= paper.glyphs()


def test_a_face_without_a_vietnamese_letter_is_refused_when_it_is_registered(monkeypatch):
    paper.glyphs.cache_clear()
    monkeypatch.setattr(paper, "VIETNAMESE", frozenset("ắ字"))

    with pytest.raises(MissingGlyph, match=r"字 \(U\+5B57\)"):
        paper.glyphs()


def test_letters_that_cannot_be_drawn_are_named():
    assert paper.missing_glyphs("Nguyễn Thị Ánh, 1.500 ₫ – “Ðào”") == []
    assert paper.missing_glyphs("人权 và quyền") == ["人", "权"]


def test_decomposed_text_is_composed_before_it_is_measured_and_drawn():
    name = "Nguyễn Hoàng Phương"
    apart = unicodedata.normalize("NFD", name)

    drawn = texts(draw_lists(replace(PEOPLE, rows=(("1", apart, ""),))))

    assert paper.missing_glyphs(apart) == []
    assert name in drawn


def test_a_line_shrinks_to_its_room_but_not_under_its_least():
    assert fit("Báo Cao Bằng", PLAIN, 500) == PLAIN
    assert width("Báo Cao Bằng" * 3, fit("Báo Cao Bằng" * 3, PLAIN, 180)) == pytest.approx(180)
    assert fit("Báo Cao Bằng" * 9, PLAIN, 180).size == 9


def test_a_size_under_the_least_is_left_as_it_is():
    small = Style(REGULAR, 7, least=9)

    assert fit("Báo Cao Bằng" * 9, small, 100) == small


def test_what_does_not_fit_at_the_least_size_wraps_into_lines_of_like_length():
    title = "Tập huấn kỹ năng truyền thông và cung cấp thông tin cho báo chí năm 2026"

    style, lines = fitted(title, PLAIN, 200)

    assert " ".join(lines) == title
    assert [width(line, style) <= 200 for line in lines] == [True, True]
    assert min(len(line) for line in lines) > 25


@pytest.mark.parametrize(("word", "lines"), [
    ("0148/2026/GCN-SVHTTDL", ["0148/2026/", "GCN-", "SVHTTDL"]),
    ("Nguyễn", ["Nguyễn"]),
    ("Nghiêngnghiêngnghiêng", ["Nghiêngnghi", "êngnghiêng"]),
    ("", []),
])
def test_a_word_too_long_for_a_line_is_broken_and_nothing_is_lost(word, lines):
    assert wrapped(word, PLAIN, 63) == lines


def test_a_day_is_written_as_the_decree_says():
    assert paper.day_in_words(date(2026, 2, 5)) == "ngày 05 tháng 02 năm 2026"
    assert paper.day_in_words(date(2026, 12, 14)) == "ngày 14 tháng 12 năm 2026"


def test_a_qr_code_is_read_from_the_picture_of_the_page(tmp_path):
    canvas = paper.new_canvas(A4, "Mã", "Cao Bằng")
    paper.qr(canvas, (50 * mm, 100 * mm), 25 * mm, "https://taphuan.example.com/c/7KQ4-M2XD")
    canvas.showPage()

    assert scanned(canvas.getpdfdata(), tmp_path) == ["https://taphuan.example.com/c/7KQ4-M2XD"]


def test_a_list_gives_every_row_once_in_order_and_its_header_on_each_page():
    content = draw_lists(PEOPLE)

    sheets = [[line.text for line in page] for page in pages(content)]
    assert [sheet.count("Họ và tên") for sheet in sheets] == [1] * len(sheets)
    assert [text for sheet in sheets for text in sheet if text.startswith("Nông Văn")] == [
        f"Nông Văn Tý {n}" for n in range(1, 101)]


def test_pages_are_numbered_from_the_second_one_in_the_middle_of_the_top_margin():
    numbers = [[line for line in page if line.base > A4[1] - 20 * mm] for page in
               pages(draw_lists(PEOPLE))]

    assert [[line.text for line in found] for found in numbers] == [[], ["2"], ["3"]]
    assert [(line.left + line.right) / 2 for line in numbers[1]] == [pytest.approx(A4[0] / 2)]


def test_a_portrait_list_keeps_the_margins_of_the_decree():
    lines = [line for page in pages(draw_lists(PEOPLE)) for line in page if line.text != "2"]

    assert min(line.left for line in lines) / mm >= 29.99
    assert max(line.right for line in lines) / mm <= 195.01
    assert min(line.base for line in lines) / mm >= 20


def test_a_list_across_the_page_is_wider_than_high():
    assert size(draw_lists(PEOPLE)) == (210, 297)
    assert size(draw_lists(replace(PEOPLE, across=True))) == (297, 210)


def test_a_long_cell_wraps_inside_its_column():
    unit = "Phòng Quản lý báo chí, xuất bản và thông tin đối ngoại, " * 4
    lines = pages(draw_lists(replace(PEOPLE, rows=(("1", "Bế Thị An", unit),))))[0]

    cell = [line for line in lines if "Phòng" in line.text or "đối ngoại" in line.text]

    assert " ".join(line.text for line in cell) == unit.strip()
    assert max(line.right for line in cell) <= A4[0] - 15 * mm


def test_a_cell_higher_than_a_page_goes_on_over_the_next_pages():
    words = [f"chữ{n}" for n in range(3000)]

    found = texts(draw_lists(replace(PEOPLE, rows=(("1", "Bế Thị An", " ".join(words)),))))

    assert [word for text in found for word in text.split() if word in set(words)] == words


def test_a_row_that_fills_a_page_leaves_the_signatures_to_the_next():
    content = draw_lists(replace(PEOPLE, rows=(("1", "Bế Thị An", "Báo Cao Bằng " * 280),)))

    assert [[line.text for line in page if line.text in ("STT", "NGƯỜI LẬP")]
            for page in pages(content)] == [["STT"], ["NGƯỜI LẬP"]]


def test_a_list_that_nobody_signs_ends_with_its_count():
    assert texts(draw_lists(replace(PEOPLE, zones=())))[-1] == "Danh sách có 100 người."


def test_the_same_list_always_gives_the_same_bytes():
    assert draw_lists(PEOPLE) == draw_lists(replace(PEOPLE))


def test_a_list_of_nobody_still_has_its_header():
    assert "Họ và tên" in texts(draw_lists(replace(PEOPLE, rows=())))


def test_a_letter_that_cannot_be_drawn_stops_the_list():
    with pytest.raises(MissingGlyph, match="人"):
        draw_lists(replace(PEOPLE, rows=(("1", "人", ""),)))


def test_signatures_are_never_alone_on_a_page():
    assert paginated([10] * 10, first=50, later=80, closing=20) == [5, 5]
    assert paginated([10] * 12, first=50, later=80, closing=20) == [5, 5, 2]
    assert paginated([10] * 5, first=50, later=80, closing=20) == [3, 2]
    assert paginated([], first=50, later=80, closing=20) == [0]


def test_an_issuer_without_a_superior_stands_in_the_first_line():
    with_superior = pages(draw_lists(PEOPLE))[0]
    without = pages(draw_lists(replace(PEOPLE, superior="")))[0]

    assert without[0].text == "SỞ VĂN HÓA, THỂ THAO VÀ DU LỊCH"
    assert without[0].base == with_superior[0].base


def test_the_faces_are_the_regular_bold_and_italic_of_one_family():
    assert FACES == ("Tinos", "Tinos-Bold", "Tinos-Italic")
    assert width("ơ", Style(BOLD, 10)) > 0
