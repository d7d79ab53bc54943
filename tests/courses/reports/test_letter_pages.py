"""The letters of a class for whoever may have them: the page of papers, the layout, the file."""
from io import BytesIO
from zipfile import ZipFile

import pytest
from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN

from lms.kernel.db import db

from courses.classes.actions import cancel_class, close_class, nominate, open_class, set_quota
from courses.reports.letters import nominating, opening
from courses.reports.papers import drawn
from courses.reports.queries.letters import matter_of_class
from tests import pdf as pdfs
from tests.courses.classes.classroom import SECOND, address, held, it_is, newcomers, values


def opened(paper):
    """The Word file of the paper, as python-docx reads it."""
    return Document(BytesIO(drawn(paper, "docx")))


def look(document, text):
    """(size in points, bold, italic, alignment) of the paragraph that begins with ``text``,
    wherever it stands."""
    places = [*document.paragraphs, *(paragraph for table in document.tables
                                      for cell in table._cells for paragraph in cell.paragraphs)]
    found = next(paragraph for paragraph in places if paragraph.text.startswith(text))
    run, style = found.runs[0], found.style
    return (
        (run.font.size or style.font.size).pt,
        style.font.bold if run.bold is None else run.bold,
        style.font.italic if run.italic is None else run.italic,
        found.alignment if found.alignment is not None else style.paragraph_format.alignment)


@pytest.mark.looks
def test_a_decision_is_laid_out_by_the_decree(world):
    document = opened(opening(matter_of_class(world.december_class)))

    for section in document.sections:
        assert [round(edge.mm) for edge in (
            section.page_width, section.page_height, section.top_margin, section.bottom_margin,
            section.left_margin, section.right_margin)] == [210, 297, 20, 20, 30, 15]
    for text, expected in {
            "UBND TỈNH CAO BẰNG": (12, False, False, ALIGN.CENTER),
            "SỞ VĂN HÓA": (12, True, False, ALIGN.CENTER),
            "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM": (12, True, False, ALIGN.CENTER),
            "Độc lập - Tự do - Hạnh phúc": (13, True, False, ALIGN.CENTER),
            "Số: ……/QĐ-SVH": (13, False, False, ALIGN.CENTER),
            "Cao Bằng, ngày …… tháng …… năm 2026": (13, False, True, ALIGN.CENTER),
            "QUYẾT ĐỊNH": (14, True, False, ALIGN.CENTER),
            "Về việc mở lớp": (14, True, False, ALIGN.CENTER),
            "THỦ TRƯỞNG SỞ VĂN HÓA": (14, True, False, ALIGN.CENTER),
            "Căn cứ chức năng": (14, False, True, ALIGN.JUSTIFY),
            "Theo đề nghị": (14, False, True, ALIGN.JUSTIFY),
            "Điều 1.": (14, True, False, ALIGN.JUSTIFY),
            "Nơi nhận:": (12, True, True, ALIGN.LEFT),
            "- Như Điều 4;": (11, False, False, ALIGN.LEFT),
            "THỦ TRƯỞNG": (14, True, False, ALIGN.CENTER),
            "Phụ lục I": (14, True, False, ALIGN.CENTER),
            "DANH SÁCH HỌC VIÊN": (14, True, False, ALIGN.CENTER),
            "(Kèm theo Quyết định số ……/QĐ-SVH": (13, False, True, ALIGN.CENTER)}.items():
        assert look(document, text) == expected, text
    body = document.styles["Body Text"].paragraph_format
    assert (round(body.first_line_indent.mm, 1), body.space_before.pt) == (12.7, 6)


@pytest.mark.looks
def test_a_plain_letter_says_what_it_is_about_under_its_number_and_lists_to_whom_it_goes(world):
    for unit in (world.newspaper, world.department):
        set_quota(world.december_class, unit, 2, by=world.an)
    paper = nominating(matter_of_class(world.december_class))
    document = opened(paper)

    number, day = document.tables[0].rows[1].cells
    assert [line.text for line in number.paragraphs] == [
        "Số: ……/SVH", "V/v cử người tham gia lớp “Luật Báo chí, khóa 2/2026”"]
    assert day.text == "Cao Bằng, ngày …… tháng …… năm 2026"
    assert look(document, "V/v")[:3] == (12, False, False)
    assert look(document, "Kính gửi:") == (14, False, False, ALIGN.CENTER)
    assert look(document, "- Báo Cao Bằng;") == (14, False, False, ALIGN.LEFT)
    # The PDF is the same paper, upright to its last annex.
    drawing = drawn(paper, "pdf")
    assert pdfs.size(drawing) == (210, 297)
    assert ["Phụ lục I" in [line.text for line in page] for page in pdfs.pages(drawing)] == [
        False, True, False]


def test_the_page_of_papers_offers_the_letters_to_whoever_arranges_the_class(world, browse):
    papers = address(world, "/papers")

    assert "Công văn cử người tham gia lớp" in browse(world.an).get(papers).text
    assert "Công văn cử người tham gia lớp" not in browse(world.minh).get(papers).text
    gone = browse(world.an).get(address(world, f"/giay-moi-{world.lan.id}.docx"), status=409)
    assert "không còn dạy buổi nào" in gone.text


def test_whoever_answers_for_a_unit_has_the_letters_of_its_internal_class(world, browse):
    internal = open_class(values(world), by=world.ha)

    page = browse(world.ha).get(f"/classes/{internal.id}/papers")

    assert "công văn gửi các phòng, đơn vị thuộc đơn vị tổ chức" in page.text
    browse(world.ha).get(f"/classes/{internal.id}/cu-hoc-vien.docx")
    browse(world.minh).get(f"/classes/{internal.id}/cu-hoc-vien.docx", status=404)
    browse(world.ha).get(address(world, "/cu-hoc-vien.docx"), status=404)


def test_the_page_says_what_the_letters_still_lack(world, browse):
    world.kit.certified = False
    bare = open_class(values(world, course_id=world.kit.id, code="L2"), by=world.an)
    world.goal_b.valid_to = bare.starts_on
    world.december_class.sessions[0].topic_vi = ""
    world.december_class.sessions[1].trainer = None
    db.session.flush()
    an = browse(world.an)

    page = an.get(f"/classes/{bare.id}/papers").text
    for sentence in (
            "Lớp chưa có buổi học nên không kèm chương trình. Lớp chưa có địa điểm.",
            "Chưa đơn vị nào có số chỗ riêng: công văn gửi mọi cơ quan, đơn vị. Không có chỉ tiêu "
            "nào cần khóa học này: hãy điền đối tượng.",
            "Chưa buổi nào ghi người giảng dạy.",
            "Lớp chưa có ai: quyết định chưa có danh sách học viên.",
            "Lớp chưa có buổi học. Hãy thêm buổi học trước.",
            "Lớp chưa đóng nên chưa có kết quả để công nhận."):
        assert sentence in page
    assert "2 buổi chưa ghi chuyên đề hoặc người giảng dạy." in an.get(
        address(world, "/papers")).text


@pytest.mark.parametrize("letter", ["chuong-trinh", "cong-nhan-ket-qua"])
def test_a_letter_that_waits_for_something_is_refused_with_what_it_waits_for(
        world, browse, letter):
    bare = open_class(values(world), by=world.an)

    page = browse(world.an).get(f"/classes/{bare.id}/{letter}.docx", status=409)

    assert "Lớp chưa" in page.text


def test_of_a_cancelled_class_nothing_is_written_any_more(world, browse):
    cancel_class(world.december_class, "Bão", by=world.an)
    an = browse(world.an)

    page = an.get(address(world, "/papers")).text
    assert "Lớp đã hủy nên không soạn giấy tờ của lớp nữa." in page
    assert "Công văn cử người tham gia lớp" not in page
    for letter in ("cu-hoc-vien", "mo-lop", "chuong-trinh", "cong-nhan-ket-qua",
                   f"giay-moi-{world.minh.id}"):
        assert "Lớp đã hủy" in an.get(address(world, f"/{letter}.pdf"), status=409).text
    names = ZipFile(BytesIO(an.get(address(world, "/file.zip")).response.data)).namelist()
    assert not [name for name in names if name.endswith(".docx")]


def test_the_file_of_the_class_holds_the_letters_in_the_order_in_which_they_are_written(
        world, browse, monkeypatch):
    it_is(monkeypatch, SECOND)
    nominate(world.december_class, newcomers(world.newspaper, 2), world.newspaper, by=world.an)
    held(world.december_class, by=world.minh)
    close_class(world.december_class, by=world.an)

    archive = ZipFile(BytesIO(browse(world.an).get(address(world, "/file.zip")).response.data))

    assert archive.namelist() == [
        "00-muc-luc.pdf", "01-cu-hoc-vien.docx", "02-mo-lop.docx", "03-chuong-trinh.docx",
        f"04-giay-moi-{world.minh.id}.docx", "05-diem-danh.pdf", "06-hoc-vien.xlsx",
        "07-ket-qua.pdf", "08-cong-nhan-ket-qua.docx", "09-danh-gia.xlsx",
        "10-so-cap-chung-nhan.pdf"]
    contents = " ".join(pdfs.texts(archive.read("00-muc-luc.pdf")))
    assert "Công văn cử người tham gia lớp (Word, chưa ký)" in contents
    trainers = ZipFile(BytesIO(browse(world.minh).get(address(world, "/file.zip")).response.data))
    assert not [name for name in trainers.namelist() if name.endswith(".docx")]
