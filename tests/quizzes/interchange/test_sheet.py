"""Workbooks of questions in and out."""
import pytest
from hypothesis import given, settings

from lms.kernel.grid import Sheet
from lms.kernel.i18n import speaking
from lms.kernel.sheets import Table, read_workbook, write_workbook

from quizzes.questions.interchange import sheet, sheet_out
from quizzes.questions.interchange.draft import Draft
from tests.quizzes.interchange.drafts import drafts, sixty


def rows(header, *lines):
    """A workbook of one sheet."""
    return write_workbook([Table("Đề", header, lines)])


def read(header, *lines):
    """The questions of a workbook without a fault."""
    reading = sheet.read(rows(header, *lines))
    assert [str(fault.why) for fault in reading.faults] == []
    return reading.drafts


@settings(max_examples=10, deadline=None)
@given(drafts("single", "multiple", "truefalse", "statements", "short", "number", "matching",
              "ordering", "gaps", "essay", "upload", "description"))
def test_what_is_written_is_read_again_the_same(written):
    written = list(filter(sheet_out.fits, written))
    writing = sheet_out.write(written)
    reading = sheet.read(writing.content)

    assert (writing.lost, reading.faults, reading.notes) == ((), (), ())
    assert list(reading.drafts) == written


def test_the_sixty_questions_come_back_the_same():
    reading = sheet.read(sheet_out.write(sixty()).content)

    assert (list(reading.drafts), reading.faults) == (sixty(), ())


def test_what_a_cell_cannot_hold_is_listed(app):
    long = Draft("essay", "x" * 5000, key="L1")
    picture = Draft("essay", "Nhìn", key="P1", files={"a.png": b"x"})
    torn = Draft("single", "Một", key="T1", right=["A"], options=[
        {"key": "A", "vi": "EN: x", "en": ""}, {"key": "B", "vi": "b", "en": ""}])

    assert [fault.at for fault in sheet_out.write([long, picture, torn]).lost] == [
        "L1", "P1", "T1"]


def test_the_template_has_a_sheet_to_fill_in_and_examples_that_can_be_read():
    content = sheet_out.template()

    assert [page.name for page in read_workbook(content)] == ["Câu hỏi", "Ví dụ", "Hướng dẫn"]
    assert sheet.read(content).drafts == ()
    examples = sheet_out.write(sheet_out.examples())
    assert list(sheet.read(examples.content).drafts) == sheet_out.examples()


def test_a_sheet_as_people_write_it():
    found = read(("STT", "Câu hỏi", "A", "B", "C", "D", "Đáp án"),
                 (1, "Thủ đô?", "Huế", "Hà Nội", "Vinh", "", "B"),
                 (2, "Chọn hai", "a", "b", "c", "d", "a; d"),
                 (3, "Bao nhiêu?", 1, 2.5, "", "", 2),
                 (4, "Đúng không?", "", "", "", "", True),
                 (5, "Viết số luật", "", "", "", "", "126/2025/QH15"),
                 ("", "", "", "", "", "", ""),
                 (6, "Trình bày", "", "", "", "", ""))

    assert [(d.kind, d.stem_vi, d.right) for d in found] == [
        ("single", "Thủ đô?", ["B"]), ("multiple", "Chọn hai", ["A", "D"]),
        ("single", "Bao nhiêu?", ["B"]), ("truefalse", "Đúng không?", ["T"]),
        ("short", "Viết số luật", ["126/2025/QH15"]), ("essay", "Trình bày", [])]
    assert [option["vi"] for option in found[2].options] == ["1", "2.5"]


def test_a_blank_cell_between_options_moves_no_letter():
    [draft] = read(("Câu hỏi", "A", "B", "C", "D", "Đáp án"), ("Một", "a", "", "c", "d", "C"))

    assert [option["vi"] for option in draft.options if option["key"] in draft.right] == ["c"]


def test_kinds_are_told_in_words():
    found = read(("Loại", "Câu hỏi", "Phương án 1", "Phương án 2", "Đáp án đúng", "Sai số"),
                 ("Số", "Mấy km?", "", "", "12,5", "0,5"),
                 ("Sắp xếp", "Xếp", "hai", "một", "", ""),
                 ("ghép cặp", "Ghép", "Lào\n→ Viêng Chăn", "Anh\n-> Luân Đôn", "", ""),
                 ("Điền khuyết", "Thủ đô {1:SA:=Hà Nội}", "", "", "", ""))

    assert [(d.kind, d.right) for d in found] == [
        ("number", ["12.5"]), ("ordering", ["A", "B"]), ("matching", ["1=b", "2=a"]),
        ("gaps", [])]
    assert found[3].stem_vi == "Thủ đô [[1]]"


@pytest.mark.parametrize("line, word", [
    (("Một", "a", "b", "E"), "“E”"), (("", "a", "b", "A"), "lời"), (("Một", "a", "", "A"), "hai"),
    (("Một", "a", "b", ""), "đúng")])
def test_a_mistake_is_told_at_its_row(app, line, word):
    reading = sheet.read(rows(("Câu hỏi", "A", "B", "Đáp án"), ("Tốt", "a", "b", "A"), line))

    with app.app_context(), speaking("vi"):
        assert [(str(fault.at), word in str(fault.why)) for fault in reading.faults] == [
            ("“Đề”, dòng 3", True)]
    assert len(reading.drafts) == 1


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 broken", rows(("Tên", "Tuổi"), ("a", 1)),
                                     b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"])
def test_a_file_that_is_no_list_of_questions(content):
    assert len(sheet.read(content).faults) == 1


def test_questions_typed_with_a_font_of_before_unicode():
    found = read(("Câu hỏi", "A", "B", "Đáp án"), ("Thñ ®« cña ViÖt Nam?", "Hµ Néi", "HuÕ", "A"))

    assert (found[0].stem_vi, found[0].options[0]["vi"]) == ("Thủ đô của Việt Nam?", "Hà Nội")


def test_all_options_in_one_cell_and_the_topic_beside():
    found = read(("STT", "Hạng mục", "Nội dung", "Phương án trả lời", "Đáp án"),
                 (1, "Đấu thầu", "Gói thầu là gì?", "A. Một phần\ncủa dự án\nB. Cả dự án", "A"),
                 (2, "Đấu thầu", "Chọn hai.", "một\nhai\nba", "A, C"))

    assert [(d.kind, d.category, [option["vi"] for option in d.options], d.right)
            for d in found] == [
        ("single", "Đấu thầu", ["Một phần\ncủa dự án", "Cả dự án"], ["A"]),
        ("multiple", "Đấu thầu", ["một", "hai", "ba"], ["A", "C"])]


def test_a_letter_as_the_key_of_no_option_is_a_fault_and_no_answer_to_type():
    reading = sheet.read(rows(("Câu hỏi", "Các câu trả lời", "Đáp án"),
                              ("Thủ đô?", "A. Huế\nB. Hà Nội", "B")))

    assert ([str(fault.at) for fault in reading.faults], reading.drafts) == (
        ["“Đề”, dòng 2"], ())


def test_a_column_nobody_reads_is_told():
    reading = sheet.read(rows(("STT", "Câu hỏi", "Mức", "Ghi chú", "Trống", "Đáp án"),
                              (1, "Số luật?", "2", "xem lại", "", "126/2025/QH15")))

    with speaking("en"):
        assert [(str(note.at), str(note.why)) for note in reading.notes] == [(
            "“Đề”, row 1", "Not read, as no part of a question is called so: Mức, Ghi chú. Call "
            "it as our template does if it belongs to the questions.")]


@pytest.mark.parametrize("called, level", [
    ("Dễ", 1), ("nhận biết", 1), ("Thông hiểu", 2), ("", 2), ("Vận dụng cao", 3), (3, 3)])
def test_the_difficulty_as_offices_call_it(called, level):
    [draft] = read(("Câu hỏi", "Mức độ", "Đáp án"), ("Số luật?", called, "126/2025/QH15"))

    assert draft.difficulty == level


def test_letters_below_a_heading_for_all_options_and_a_topic_merged_downwards():
    found = sheet.read_sheet(Sheet("Đề", [
        ["STT", "Chủ đề", "Nội dung", "Phương án", "", "Đáp án"], ["", "", "", "A", "B", ""],
        [1, "Luật", "Một?", "a", "b", "B"], [2, "", "Hai?", "a", "b", "Đáp án A"]],
        merged=((0, 3, 0, 4), (2, 1, 3, 1))))

    assert [(d.category, d.stem_vi, d.right) for d in found.drafts] == [
        ("Luật", "Một?", ["B"]), ("Luật", "Hai?", ["A"])]
    assert (found.faults, found.notes) == ((), ())
