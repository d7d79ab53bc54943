"""The papers: the same figures in Word, PDF and workbook; the layout of the decree."""
from dataclasses import replace
from datetime import date
from io import BytesIO

import pytest
from docx import Document
from docx.oxml.ns import qn
from openpyxl import load_workbook

from lms.kernel import clock
from lms.kernel.db import db
from lms.organisations.naming import in_a_sentence
from lms.people.models import Membership, Person, Posting

from courses.reports.contents import Text, counted, rate
from courses.reports.drawing import DRAWN, pdf, word, workbook
from courses.reports.papers import call_paper, locked_paper, summary_paper
from courses.reports.queries.measuring import measured, proposed_heading, proposed_title
from courses.reports.writing import class_sentence, compared, share_of, shortfall_sentence
from tests import pdf as pdfs
from tests.courses.reports.reading import (
    book_sheets,
    expected_rows,
    folded,
    pdf_text,
    printed,
    word_tables,
    word_text,
)
from tests.lms.organisations.reform import founded, merged


@pytest.fixture
def paper(world):
    """The locked report of the department with its names."""
    return locked_paper(world.report, names=True)


@pytest.mark.slow
@pytest.mark.looks
def test_the_three_files_carry_the_same_figures(paper):
    written, text, sheets = word(paper), pdf_text(pdf(paper)), book_sheets(workbook(paper))
    tables, words = word_tables(written), word_text(written)

    assert tables == [expected_rows(grid) for grid in paper.grids]
    assert list(sheets) == ["Biểu 01", "Biểu 02", "Biểu 03", "Biểu 04", "Danh sách",
                            "Danh sách (2)", "Thông tin"]
    for grid, rows in zip(paper.grids, sheets.values(), strict=False):
        skipped = 1 if grid.group_word else 0
        # A workbook keeps numbers; printed they are what the paper says.
        values = [printed(grid, [as_printed(column, value) for column, value in zip(
            grid.columns, row[skipped:], strict=True)]) for row in rows[3:]]
        assert values == [printed(grid, row) for row in [*grid.rows, *filter(None, [grid.total])]]
        for row in [*grid.rows, *filter(None, [grid.total])]:
            assert folded("".join(printed(grid, row)[-4:])) in text
    for part in paper.body:
        assert part.text in words
        assert folded(part.text) in text


def as_printed(column, value):
    """What a cell of a workbook holds, as the paper has it: a rate is text of one decimal."""
    return f"{value:.1f}" if column.kind == "rate" and value is not None else value


def test_the_report_says_the_figures_of_the_lock(world, paper):
    goals, classes, units, documents = (grid for grid in paper.grids[:4])

    assert goals.rows[1] == (2, "Cán bộ được tập huấn và trang bị tài liệu", 2, 0, 0, 0, 0, "0.0",
                             "100.0", 2)
    assert [row[1:] for row in classes.rows] == [(0, 0, 0, 0, 0, 0, 0, None, 0)] * 3
    assert units.groups[1][1] == (
        (1, "Văn phòng Sở Văn hóa", 1, 0, "0.0", 1, 0),
        (None, "Sở Văn hóa (mỗi người một lần)", 2, 0, "0.0", 2, 0))
    assert documents.rows == [
        (1, "Sổ tay", "Bộ tài liệu", "Tiếng Việt", None, None, 0, 0),
        (2, "Toàn văn luật", "Luật Báo chí", "Tiếng Việt", None, None, 0, 0)]
    assert paper.grids[5].rows == [(1, "Bế Văn Hạ", "1984", "Sở Văn hóa", "Còn hạn"),
                                   (2, "Vàng A Páo", "1988", "Văn phòng Sở Văn hóa", "Còn hạn")]


@pytest.mark.looks
def test_the_word_file_keeps_to_the_decree_and_is_made_to_be_edited(paper):
    document = Document(BytesIO(word(paper)))
    first, annexes = document.sections

    assert [round(edge.mm) for edge in (first.page_width, first.page_height, first.top_margin,
                                        first.bottom_margin, first.left_margin,
                                        first.right_margin)] == [210, 297, 20, 20, 30, 15]
    assert [round(edge.mm) for edge in (annexes.page_width, annexes.page_height)] == [297, 210]
    assert first.different_first_page_header_footer
    assert "PAGE" in first.header.paragraphs[0]._p.xml
    assert first.first_page_header.paragraphs[0].text == ""
    fonts = document.styles["Normal"].element.rPr.rFonts
    assert {fonts.get(qn(f"w:{script}")) for script in ("ascii", "hAnsi", "eastAsia", "cs")} == {
        "Times New Roman"}
    assert [p.text for p in document.paragraphs if p.style.name == "Heading 1"] == [
        "I. TÌNH HÌNH TRIỂN KHAI", "II. KẾT QUẢ THỰC HIỆN CHỈ TIÊU", "III. ĐÁNH GIÁ",
        "IV. PHƯƠNG HƯỚNG, NHIỆM VỤ", "V. KIẾN NGHỊ, ĐỀ XUẤT"]
    empty = [p for p in document.paragraphs if not p.text and not p._p.xpath(".//w:drawing")]
    assert empty == []
    headers = [table._tbl.tr_lst[0].trPr.find(qn("w:tblHeader")) is not None
               for table in document.tables if table.style.name == "Table Grid"]
    assert headers == [True] * len(paper.grids)
    assert {run.font.size for p in document.paragraphs for run in p.runs} == {None}


@pytest.mark.looks
def test_the_pdf_is_headed_as_the_decree_wants_and_numbered_from_page_two(paper):
    drawn = pdf(paper)
    pages = pdfs.pages(drawn)

    assert pdfs.size(drawn) == (210, 297)
    first = [line.text for line in pages[0]]
    assert {"UBND TỈNH CAO BẰNG", "SỞ VĂN HÓA", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
            "Độc lập - Tự do - Hạnh phúc", "Số: ……/BC-SVH", "BÁO CÁO"} <= set(first)
    numbers = [[line.text for line in page if line.size == 13 and line.text.isdigit()]
               for page in pages]
    assert numbers == [[], ["2"], [], ["2"], ["3"], ["4"], ["5"], ["6"]]
    assert pdf(paper) == drawn


@pytest.mark.slow
@pytest.mark.looks
def test_the_code_and_the_hash_stand_on_the_paper_and_in_the_qr(world, paper, tmp_path):
    content = pdf(paper)
    one_page = replace(paper, body=(), annexes=())

    assert pdfs.scanned(pdf(one_page), tmp_path) == [f"http://127.0.0.1:8000/r/{world.report.code}"]
    for text in (pdf_text(content), folded(word_text(word(paper)))):
        assert world.report.code in text
        assert world.report.sha256 in text


def test_the_workbook_says_what_its_figures_are_and_holds_real_numbers(world, paper):
    book = load_workbook(BytesIO(workbook(paper)))
    facts = {row[0]: row[1] for row in book["Thông tin"].iter_rows(values_only=True)}

    assert facts["Số liệu tính đến ngày (D)"].date() == date(2026, 11, 24)
    assert facts["Theo số liệu lúc (K)"].isoformat() == "2026-11-25T10:00:00"
    assert (facts["Mã báo cáo đã chốt"], facts["SHA-256"]) == (
        world.report.code, world.report.sha256)
    assert facts["Cách đếm"].startswith("Mỗi người tính một lần")
    sheet = book["Biểu 01"]
    assert (sheet.freeze_panes, sheet.auto_filter.ref) == ("A4", "A3:J5")
    assert [sheet["C5"].value, sheet["H5"].value, sheet["I5"].value] == [2, 0, 100]


def test_no_cell_of_a_workbook_is_run(world):
    world.pao.full_name = "=HYPERLINK(\"http://x\";\"Páo\")"
    db.session.flush()

    book = load_workbook(BytesIO(workbook(locked_paper(world.report, names=True))))

    cells = [cell for sheet in book.worksheets for row in sheet.iter_rows() for cell in row]
    assert [cell.data_type for cell in cells if cell.data_type == "f"] == []
    assert any(str(cell.value).startswith("=HYPERLINK") for cell in cells)


def test_a_draft_says_that_it_is_none(world, browse):
    content = browse(world.an).get(f"/units/{world.department.id}/report.docx?on=24/11/2026")

    text = word_text(content.response.data)

    assert "Dự thảo: số liệu chưa chốt." in text
    assert "SHA-256" not in text


def many(world, count):
    """So many officials with the longest of names."""
    for number in range(count):
        person = Person(key=f"N{number}", phone="+84912345678",
                        full_name=f"Nguyễn Hoàng Phương Thảo Nguyên An Nhiên Hạnh {number}")
        db.session.add_all([
            person, Posting(person=person, unit=world.office, valid_from=date(2026, 1, 1)),
            Membership(person=person, group=world.officials, valid_from=date(2026, 1, 1))])
    world.office.name_vi = "Văn phòng Sở Văn hóa, Thể thao, Du lịch, Gia đình và Thông tin cơ sở"
    world.goal_b.title_vi = "Cán bộ làm công tác nhân quyền và quản lý báo chí " * 4
    db.session.flush()


@pytest.mark.slow
@pytest.mark.parametrize("count", [0, 60])
def test_the_summary_of_a_unit_is_one_page_however_long_the_names(world, count):
    many(world, count)

    paper = summary_paper(world.department, date(2026, 11, 25), world.ha)

    assert len(pdfs.pages(pdf(paper))) == 1
    assert f"0 trên {counted(count + 2)} người đạt (0%)" in paper.body[0].text
    assert len(paper.grids[1].rows) == min(12, count + 2)


def test_the_call_sheet_shows_phones_to_those_who_act_for_the_people(world):
    world.pao.phone, world.ha.phone = "+84912345678", "+84987654321"
    db.session.flush()

    paper = call_paper(world.department, date(2026, 11, 25), world.an)

    assert paper.grids[0].rows == [
        (1, "Bế Văn Hạ", "Sở Văn hóa", "0987 654 321", "Bộ tài liệu; Luật Báo chí",
         date(2026, 12, 14), "Luật Báo chí, khóa 2/2026 (01/12/2026, Hội trường tầng 2)", ""),
        (2, "Vàng A Páo", "Văn phòng Sở Văn hóa", "0912 345 678", "Bộ tài liệu; Luật Báo chí",
         date(2026, 12, 14), "Luật Báo chí, khóa 2/2026 (01/12/2026, Hội trường tầng 2)", "")]
    assert paper.across


def test_a_contact_does_not_read_the_phone_of_somebody_whose_role_is_above_theirs(world):
    world.an.phone, world.pao.phone = "+84911111111", "+84912345678"
    db.session.add(Membership(person=world.an, group=world.officials,
                              valid_from=date(2026, 1, 1)))
    db.session.flush()

    rows = call_paper(world.department, date(2026, 11, 25), world.ha).grids[0].rows

    assert {row[1]: row[3] for row in rows} == {
        "Lý Hoài Ân": "", "Bế Văn Hạ": "", "Vàng A Páo": "0912 345 678"}


@pytest.mark.slow
@pytest.mark.looks
@pytest.mark.parametrize("kind", ["docx", "pdf", "xlsx"])
def test_every_paper_comes_in_every_kind(world, kind):
    papers = (summary_paper(world.department, date(2026, 11, 25), world.an),
              call_paper(world.department, date(2026, 11, 25), world.an))

    assert all(DRAWN[kind](paper)[:4] in (b"PK\x03\x04", b"%PDF") for paper in papers)


@pytest.mark.looks
def test_a_table_of_many_rows_repeats_its_header_on_every_page(world, paper):
    grid = paper.grids[5]
    long = replace(grid, groups=(("", grid.rows * 60),))
    annex = replace(paper.annexes[5], grid=long)

    pages = pdfs.pages(pdf(replace(paper, annexes=(annex,))))

    assert [sum(line.text == "Họ và tên" for line in page) for page in pages[2:]] == [
        1] * (len(pages) - 2)
    assert len(pages) > 5


@pytest.mark.parametrize("now, earlier, words", [
    (315, 240, "(tăng 75 lượt, tương đương 31,3% so với cùng kỳ năm trước)"),
    (240, 315, "(giảm 75 lượt, tương đương 23,8% so với cùng kỳ năm trước)"),
    (5, 5, "(bằng cùng kỳ năm trước)"), (5, 0, "(cùng kỳ năm trước không có)")])
def test_the_sentence_compares_with_the_same_period_before(now, earlier, words):
    assert compared(now, earlier) == words


def test_a_line_that_leads_to_the_next_one_never_stands_alone_at_the_foot(paper):
    # Higher by a line each time, the end of the first page falls on every line of the report once.
    for lines in range(30):
        longer = replace(paper, annexes=(), body=(*(Text("x") for _ in range(lines)), *paper.body))
        for page in pdfs.pages(pdf(longer)):
            last = [line.text for line in page if not line.text.startswith("Mã báo cáo")][-1]
            assert last not in {"1. Ưu điểm", "2. Tồn tại, hạn chế", "3. Nguyên nhân"}
            assert not last.endswith("./.")
    leading = {part.text for part in paper.body if getattr(part, "leads", False)}
    kept = {p.text for p in Document(BytesIO(word(paper))).paragraphs
            if p.paragraph_format.keep_with_next}
    assert leading < kept


def test_where_nobody_counts_for_a_target_the_report_does_not_say_that_all_are_reached(world):
    world.goal_b.share = None
    db.session.flush()
    matter = measured(world.office.id, (date(2026, 1, 1), date(2026, 11, 24)), clock.now())

    assert shortfall_sentence(matter) == (
        "Không có chỉ tiêu nào có mức giao tính người của Văn phòng Sở Văn hóa vào ngày "
        "24/11/2026.")


def test_a_place_stands_small_inside_a_sentence_and_its_committee_acts_for_it(world):
    commune = founded("XBL", "Xã Bảo Lâm", world.province, kind="commune", short_name="Bảo Lâm")
    world.ha.postings[0].unit = commune
    db.session.flush()

    heading = proposed_heading(world.ha, commune)

    assert [in_a_sentence(unit) for unit in (world.province, commune, world.department)] == [
        "tỉnh Cao Bằng", "xã Bảo Lâm", "Sở Văn hóa"]
    assert [heading[name] for name in ("superior", "issuer", "sign", "signer_title")] == [
        "UBND tỉnh Cao Bằng", "UBND xã Bảo Lâm", "UBND", "TM. Ủy ban nhân dân - Chủ tịch"]


@pytest.mark.parametrize("first, on, ending", [
    (date(2024, 12, 15), date(2025, 12, 14), "quyền con người năm 2025"),
    (date(2025, 12, 15), date(2026, 6, 14), "quyền con người 6 tháng đầu năm 2026"),
    (date(2025, 12, 15), date(2026, 11, 24),
     "quyền con người (từ ngày 15/12/2025 đến ngày 24/11/2026)")])
def test_a_report_of_a_usual_period_bears_its_name(world, first, on, ending):
    assert proposed_title(first, on).endswith(ending)


def test_the_page_of_a_unit_that_ended_says_so(world):
    merged(world)

    paper = summary_paper(world.office, date(2026, 11, 24), world.an)

    assert paper.body[0].text == "Đơn vị này kết thúc ngày 01/07/2026."


def test_the_sentence_of_the_classes(world):
    row = {"classes": 7, "attendances": 315, "people": 249}

    assert class_sentence([{"attendances": 240}, row]) == (
        "Trong kỳ báo cáo đã tổ chức 07 lớp với 315 lượt người tham dự (tăng 75 lượt, tương đương "
        "31,3% so với cùng kỳ năm trước), gồm 249 người, mỗi người tính một lần.")
    assert class_sentence([row, row | {"classes": 0}]) == "Trong kỳ báo cáo không tổ chức lớp nào."


def test_rates_are_rounded_half_up_and_written_with_a_comma():
    assert (share_of(75, 240), rate("93.8"), rate("100.0"), rate("0.0"), rate(None)) == (
        "31,3", "93,8", "100", "0", "–")
    assert (counted(0), counted(7), counted(1234)) == ("0", "07", "1.234")


def test_the_report_ends_by_naming_who_reports_to_whom(world):
    closing = [part.text for part in locked_paper(world.report).body
               if getattr(part, "text", "").endswith("./.")]

    assert closing == ["Trên đây là báo cáo kết quả tập huấn năm 2026, Sở Văn hóa kính báo cáo "
                       "UBND tỉnh Cao Bằng./."]


def test_a_list_to_phone_from_says_in_words_that_nobody_is_overdue(world):
    paper = call_paper(world.department, date(2026, 11, 25), world.an)

    assert paper.body[0].text == (
        "Có 02 người còn phải tập huấn, không có người quá hạn. Danh sách có số điện thoại, "
        "dùng xong phải hủy.")
