"""The printed certificate and the register: every word whole, inside its frame, and readable."""
import unicodedata
from dataclasses import fields, replace
from datetime import date

import pytest
from reportlab.lib.units import mm

from lms.kernel.paper import MissingGlyph

from certificates.drawing import PAGE, CertificatePaper, Row, draw, draw_many
from certificates.register_drawing import RegisterBook, RegisterLine, draw_register
from tests.pdf import pages, scanned, size, texts

BORN = Row("Ngày sinh", "Date of birth", "06/02/1991")
UNIT = Row("Đơn vị công tác", "Organisation", "Sở Văn hóa, Thể thao và Du lịch",
           "Department of Culture, Sports and Tourism")
COURSE = Row("Đã hoàn thành lớp", "Has completed", "Kiến thức cơ bản về quyền con người",
             "Foundations of human rights", strong=True)
PERIOD = Row("Thời gian", "Period", "Từ ngày 06/10/2026 đến ngày 24/11/2026, thời lượng 8 tiết",
             "6 October 2026 – 24 November 2026, 8 periods")
MODE = Row("Hình thức", "Mode", "Trực tuyến", "Online")
GRADE = Row("Xếp loại", "Grade", "Giỏi", "Very good")
UNTIL = Row("Có giá trị đến", "Valid until", "26/11/2028", "26 November 2028")
ADDRESS = "https://taphuan.example.com/c/7KQ4-M2XD-9TRA-0B3C"

ANH = CertificatePaper(
    superior="UBND TỈNH CAO BẰNG", issuer="SỞ VĂN HÓA, THỂ THAO VÀ DU LỊCH",
    opening="GIÁM ĐỐC SỞ VĂN HÓA, THỂ THAO VÀ DU LỊCH chứng nhận",
    opening_en="The Director of the Department of Culture, Sports and Tourism certifies that",
    honorific="Bà", honorific_en="Ms", name="HOÀNG THỊ ÁNH",
    rows=(BORN, UNIT, COURSE, PERIOD, MODE, GRADE, UNTIL),
    decision="Theo Quyết định số 412/QĐ-SVHTTDL ngày 26 tháng 11 năm 2026",
    decision_en="Under Decision No. 412/QĐ-SVHTTDL of 26 November 2026",
    place_date="Cao Bằng, ngày 26 tháng 11 năm 2026", place_date_en="Cao Bằng, 26 November 2026",
    signer_title="GIÁM ĐỐC", signer_title_en="Director", signer="Hà Minh Ngọc",
    number="0148/2026/GCN-SVHTTDL", code="7KQ4-M2XD-9TRA-0B3C", site="taphuan.example.com/c",
    address=ADDRESS)
#: What a form holds at its fullest: 40 letters of name, titles of several lines.
FULL = replace(
    ANH, issuer="BÁO VÀ PHÁT THANH, TRUYỀN HÌNH CAO BẰNG – TRUNG TÂM BỒI DƯỠNG NGHIỆP VỤ",
    name="NGUYỄN HOÀNG PHƯƠNG THỊ MINH KHUÊ NGHIÊM",
    rows=(BORN,
          replace(UNIT, value="Phòng Quản lý báo chí, xuất bản và thông tin đối ngoại " * 2),
          replace(COURSE, value="Tập huấn kỹ năng truyền thông, cung cấp thông tin " * 5,
                  value_en="Communication and information skills for officials " * 5),
          PERIOD, MODE, GRADE, UNTIL))
OPTIONAL = ("superior", "decision", "decision_en", "signer_title", "signer_title_en", "signer")


def height(content, text):
    """Where the line ``text`` stands on the first page, in mm above its lower edge."""
    return next(line.base for line in pages(content)[0] if line.text == text) / mm


def overlaps(lines):
    """The pairs of lines that are drawn one into the other."""
    return [(one.text, other.text) for number, one in enumerate(lines)
            for other in lines[number + 1:]
            if one.left < other.right and other.left < one.right
            and abs(one.base - other.base) < 0.7 * min(one.size, other.size)]


def test_every_word_of_the_paper_is_read_back_from_the_pdf():
    found = texts(draw(ANH))

    plain = {getattr(ANH, field.name) for field in fields(ANH)} - {
        ANH.rows, ANH.honorific, ANH.site, ANH.code, ANH.address}
    in_rows = {text for row in ANH.rows
               for text in (row.label, row.label_en, row.value, row.value_en) if text}
    assert set(found) == plain | in_rows | {
        "Bà:", f"Tra cứu / Verify: {ANH.site}", f"Mã / Code: {ANH.code}",
        "Số vào sổ / Register No.", "GIẤY CHỨNG NHẬN", "Certificate of Completion",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc",
        "Socialist Republic of Viet Nam"}


def test_a_certificate_is_one_page_of_a4_across():
    assert size(draw(ANH)) == (297, 210)
    assert [len(pages(draw(paper))) for paper in (ANH, FULL)] == [1, 1]


@pytest.mark.parametrize("paper", [ANH, FULL])
def test_everything_stands_inside_the_frame_and_nothing_on_anything_else(paper):
    lines = pages(draw(paper))[0]

    assert min(line.left for line in lines) > 14 * mm
    assert max(line.right for line in lines) < PAGE[0] - 14 * mm
    assert min(line.base for line in lines) > 14 * mm
    assert overlaps(lines) == []


def test_a_name_of_forty_letters_is_whole_and_the_largest_words_after_the_title():
    lines = pages(draw(FULL))[0]

    name = next(line for line in lines if line.text == FULL.name)

    assert len(FULL.name) == 40
    assert sorted(line.size for line in lines)[-2:] == [name.size, 30]


def test_a_long_course_title_is_whole_over_several_lines():
    found = " ".join(texts(draw(FULL)))

    assert " ".join(FULL.rows[2].value.split()) in found
    assert " ".join(FULL.rows[2].value_en.split()) in found
    assert " ".join(FULL.rows[1].value.split()) in found


def test_a_title_beyond_all_measure_is_still_not_cut():
    endless = replace(COURSE, value="Kỹ năng truyền thông " * 200)

    found = " ".join(texts(draw(replace(ANH, rows=(endless,)))))

    assert endless.value.strip() in found


def test_the_least_of_a_certificate_leaves_no_empty_labels():
    bare = replace(ANH, rows=(COURSE, PERIOD), **dict.fromkeys(OPTIONAL, ""))

    found = texts(draw(bare))

    assert [word for word in ("Ngày sinh", "Xếp loại", "Có giá trị đến", "Theo") if word in found
            ] == []


def test_rows_left_out_leave_no_hole():
    every = draw(replace(ANH, rows=(BORN, UNIT, COURSE, PERIOD, MODE)))
    some = draw(replace(ANH, rows=(UNIT, COURSE, PERIOD, MODE)))

    assert height(some, UNIT.value) == height(every, BORN.value)
    assert height(some, COURSE.value) == height(every, UNIT.value)


def test_without_a_decision_the_address_follows_the_number():
    content = draw(replace(ANH, decision="", decision_en=""))

    between = height(content, ANH.number) - height(content, f"Tra cứu / Verify: {ANH.site}")

    assert 4 < between < 6


def test_short_facts_after_the_course_stand_beside_each_other():
    content = draw(ANH)

    assert height(content, MODE.value) == height(content, GRADE.value)
    assert height(content, GRADE.value) == height(content, UNTIL.value)
    assert height(content, BORN.value) > height(content, UNIT.value)


def test_a_birth_year_alone_is_printed_as_it_is_known():
    year = replace(BORN, label="Năm sinh", label_en="Year of birth", value="1985")

    found = texts(draw(replace(ANH, rows=(year, COURSE))))

    assert found[found.index("Năm sinh"):][:3] == ["Năm sinh", "Year of birth", "1985"]


def test_a_letter_without_a_shape_stops_the_certificate_and_is_named():
    with pytest.raises(MissingGlyph) as refusal:
        draw(replace(ANH, name="HOÀNG 人 ÁNH"))

    assert refusal.value.letters == ["人"]


def test_text_that_came_apart_is_printed_composed():
    apart = replace(ANH, name=unicodedata.normalize("NFD", ANH.name))

    assert draw(apart) == draw(ANH)


def test_the_qr_code_leads_to_the_page_that_verifies(tmp_path):
    assert scanned(draw(ANH), tmp_path) == [ADDRESS]


def test_the_same_certificate_is_always_the_same_file():
    assert draw(ANH) == draw(replace(ANH))
    assert draw(ANH) != draw(replace(ANH, name="HOÀNG THỊ ÂN"))


@pytest.mark.slow
def test_a_class_is_one_file_with_a_page_for_each(tmp_path):
    names = ["NÔNG VĂN AN", "NÔNG VĂN BA", "NÔNG VĂN DŨNG"]
    addresses = [f"{ADDRESS}{letter}" for letter in "ABD"]

    content = draw_many([replace(ANH, name=name, address=address)
                         for name, address in zip(names, addresses, strict=True)])

    assert [[line.text for line in page if line.text in names] for page in pages(content)] == [
        [name] for name in names]
    assert scanned(content, tmp_path) == addresses


def line(number, **values):
    """A line of the register."""
    return replace(RegisterLine(
        number=number, name=f"Nông Văn Tý {number}", birth="1985", gender="Nam",
        unit="Báo Cao Bằng", course="Luật Báo chí", begun=date(2026, 10, 6),
        ended=date(2026, 11, 24), grade="Khá", decision="412/QĐ-SVHTTDL ngày 26/11/2026",
        printed_number=f"{number:04d}/2026/GCN-BCB", issued_on=date(2026, 11, 26)), **values)


def book(count, **values):
    """The book of the newspaper for 2026 with ``count`` certificates."""
    return replace(RegisterBook("Tỉnh ủy Cao Bằng", "Báo Cao Bằng", 2026,
                                tuple(map(line, range(1, count + 1)))), **values)


def test_the_register_has_a_line_a_certificate_in_the_order_of_their_numbers():
    forward, backward = book(30), book(30, lines=tuple(map(line, range(30, 0, -1))))

    names = [text for text in texts(draw_register(forward)) if text.startswith("Nông")]

    assert names == [f"Nông Văn Tý {n}" for n in range(1, 31)]
    assert draw_register(backward) == draw_register(forward)


def test_the_register_has_the_columns_of_the_bound_book():
    found = " ".join(text for text in texts(draw_register(book(1))))

    assert ("STT Họ và tên Ngày, tháng, năm sinh Giới tính Đơn vị công tác Lớp/khóa Thời gian "
            "Xếp loại Số QĐ công nhận Số hiệu Số vào sổ Ngày cấp "
            "Người nhận ký, ghi rõ họ tên, ngày nhận Ghi chú 1 Nông Văn Tý 1 1985") in found


@pytest.mark.slow
def test_a_full_page_of_the_register_does_not_change_when_certificates_are_added():
    earlier, later = pages(draw_register(book(30))), pages(draw_register(book(200)))

    assert len(earlier) == 3
    assert earlier[:2] == later[:2]


def test_what_became_of_a_certificate_stands_beside_it():
    revoked = line(1, note="Thu hồi 30/11/2026")

    found = " ".join(texts(draw_register(book(1, lines=(revoked,)))))

    assert "Thu hồi 30/11/2026" in found


def test_the_register_says_how_many_it_holds_and_is_signed():
    found = texts(draw_register(book(12, signer_title="Tổng Biên tập", signer="Hà Minh Ngọc")))

    assert found[-7:] == [
        "Sổ có 12 giấy chứng nhận, từ số 0001/2026/GCN-BCB đến số 0012/2026/GCN-BCB.",
        "NGƯỜI LẬP SỔ", "(Ký, ghi rõ họ tên)",
        "Cao Bằng, ngày ….. tháng ….. năm …….", "TỔNG BIÊN TẬP",
        "(Ký, ghi rõ họ tên, đóng dấu)", "Hà Minh Ngọc"]


def test_a_register_without_certificates_says_so():
    assert "Trong năm chưa cấp giấy chứng nhận nào." in texts(draw_register(book(0)))


@pytest.mark.slow
def test_several_books_are_numbered_each_from_its_own_first_page():
    content = draw_register(book(30), book(30, issuer="Trường Chính trị"))

    numbers = [line.text for page in pages(content) for line in page if line.size == 13
               and line.text.isdigit()]
    assert numbers == ["2", "3", "2", "3"]
