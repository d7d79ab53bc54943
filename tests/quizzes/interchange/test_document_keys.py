"""The lists of keys behind the questions of a Word document, as papers of schools end."""
from io import BytesIO

import pytest
from docx import Document
from docx.oxml import parse_xml
from hypothesis import example, given, settings
from hypothesis import strategies as st

from quizzes.questions.interchange import document
from tests.quizzes.interchange.test_document import packed

PLACES = ("Huế", "Hà Nội", "Vinh", "Cao Bằng")
STEMS = ("Thủ đô?", "Cố đô?", "Thác Bản Giốc ở đâu?")
CHOICES = [line for number, stem in enumerate(STEMS, 1) for line in (
    f"Câu {number}. {stem}", "\t".join(f"{sign}. {place}" for sign, place in zip(
        "ABCD", PLACES, strict=True)))]
FACTS = ("Giáp Trung Quốc.", "Giáp Lào.", "Có thác.", "Có biển.")
#: A paper in the three parts of the examinations since 2025, each of which counts from 1.
PARTS = [
    "PHẦN I. Câu trắc nghiệm nhiều phương án lựa chọn. Thí sinh trả lời từ câu 1 đến câu 3.",
    *CHOICES,
    "PHẦN II. Câu trắc nghiệm đúng sai. Thí sinh trả lời từ câu 1 đến câu 2. Trong mỗi ý a), b), "
    "c), d) ở mỗi câu, thí sinh chọn đúng hoặc sai.",
    *(line for number in (1, 2) for line in (f"Câu {number}. Về Cao Bằng, tư liệu {number}.", *(
        f"{sign}) {fact}" for sign, fact in zip("abcd", FACTS, strict=True)))),
    "PHẦN III. Câu trắc nghiệm trả lời ngắn. Thí sinh trả lời từ câu 1 đến câu 2.",
    "Câu 1. Tỉnh thành lập năm nào?", "Câu 2. Tỉ lệ là bao nhiêu?",
    "------------ HẾT ------------", "- Thí sinh không được sử dụng tài liệu."]
FIRST, SECOND, THIRD = ["B", "A", "D"], [list("TFTF"), list("TFFT")], [["1499"], ["0.75"]]


def written(*blocks):
    """A document of lines and, as tuples of rows, tables."""
    made = Document()
    for block in blocks:
        if isinstance(block, str):
            made.add_paragraph(block)
            continue
        table = made.add_table(rows=0, cols=len(block[0]))
        for row in block:
            for cell, text in zip(table.add_row().cells, row, strict=True):
                cell.text = text
    buffer = BytesIO()
    made.save(buffer)
    return document.read(buffer.getvalue())


def rights(reading):
    """The keys of a reading without faults: letters, judgements, numbers."""
    assert [str(fault.why) for fault in reading.faults] == []
    return [[pair[-1] for pair in draft.right] if draft.kind == "statements" else draft.right
            for draft in reading.drafts]


@pytest.mark.parametrize("keys", [
    ["ĐÁP ÁN", (("1", "2", "3"), ("B", "A", "D"))],
    ["------ HẾT ------", "BẢNG ĐÁP ÁN", (("Câu", "1", "2"), ("Đáp án", "B", "A"),
                                          ("Câu", "3", ""), ("Đáp án", "D", ""))],
    ["ĐÁP ÁN ĐỀ THI MÃ ĐỀ 101", (("Câu", "Đáp án"), ("1", "B"), ("2", "A"), ("3", "D"))],
    ["Đáp án trắc nghiệm (mỗi câu đúng được 0,25 điểm)",
     (("Câu", "1", "2", "3"), ("Đ/án", "B", "A", "D"))],
    [(("Câu", "1", "2", "3"), ("Đáp án", "B", "A", "D"))],
    ["ĐÁP ÁN", (("1.B", "2.A"), ("3.D", ""))],
    ["ĐÁP ÁN: 1B, 2A, 3D"], ["ĐÁP ÁN", "1.B\t2.A\t3.D"], ["Đáp án:", "1-B; 2-A; 3-D"],
    ["HƯỚNG DẪN CHẤM", "Câu 1: B", "Câu 2: Chọn A.", "Câu 3: Đáp án D"],
    ["III. ĐÁP ÁN", "Câu 1. B. Hà Nội", "Câu 2. A. Huế", "Câu 3. D"],
    ["Trang 2/2 - Mã đề 102", "ĐÁP ÁN", (("Mã đề", "101", "102"), ("1", "A", "B"),
                                         ("2", "C", "A"), ("3", "C", "D"))]])
def test_the_keys_of_a_paper_are_read_from_what_stands_behind_it(keys):
    reading = written(*CHOICES, *keys)

    assert rights(reading) == [[letter] for letter in FIRST]
    assert {tuple(option["vi"] for option in draft.options) for draft in reading.drafts} == {PLACES}
    assert {draft.kind for draft in reading.drafts} == {"single"}


@pytest.mark.parametrize("keys", [
    ["ĐÁP ÁN", "PHẦN I", (("Câu", "1", "2", "3"), ("Đáp án", *FIRST)),
     "PHẦN II", (("Câu", "1", "2"), ("a)", "Đ", "Đ"), ("b)", "S", "S"), ("c)", "Đ", "S"),
                 ("d)", "S", "Đ")),
     "PHẦN III", (("Câu", "1", "2"), ("Đáp án", "1499", "0,75"))],
    ["ĐÁP ÁN VÀ HƯỚNG DẪN CHẤM", "Phần I: (Mỗi câu trả lời đúng thí sinh được 0,25 điểm)",
     (("1", "2", "3"), tuple(FIRST)),
     "Phần II: Điểm tối đa của 01 câu hỏi là 1 điểm",
     (("Câu", "Lệnh hỏi", "Đáp án (Đ/S)", "Câu", "Lệnh hỏi", "Đáp án (Đ/S)"),
      ("1", "a)", "Đ", "2", "a)", "Đ"), ("", "b)", "S", "", "b)", "S"),
      ("", "c)", "Đ", "", "c)", "S"), ("", "d)", "S", "", "d)", "Đ")),
     "Phần III", (("Câu", "Đáp án"), ("1", "1499"), ("2", "0,75"))],
    ["ĐÁP ÁN", (("Câu", "1", "2", "3"), ("Chọn", *FIRST)),
     (("Câu", "Câu 1", "Câu 2"), ("Đáp án", "a) Đ; b) S; c) Đ; d) S", "ĐSSĐ")),
     (("Câu", "1", "2"), ("Trả lời", "1499", "0,75"))],
    ["ĐÁP ÁN", "Phần I: 1B 2A 3D", "Phần II:", "Câu 1: ĐSĐS", "Câu 2: ĐSSĐ", "Phần III:",
     "Câu 1: 1499", "Câu 2: 0,75"],
    ["ĐÁP ÁN", "PHẦN II", (("Câu", "1a", "1b", "1c", "1d", "2a", "2b", "2c", "2d"),
                           ("Đáp án", *"ĐSĐSĐSSĐ")),
     "PHẦN I. 1-B, 2-A, 3-D", "PHẦN III. Câu 1. 1499  Câu 2. 0,75"]])
def test_each_part_of_a_paper_has_its_keys(keys):
    reading = written(*PARTS, *keys)

    assert rights(reading) == [*([letter] for letter in FIRST), *SECOND, *THIRD]
    assert [draft.kind for draft in reading.drafts] == [
        *["single"] * 3, *["statements"] * 2, *["number"] * 2]
    assert reading.drafts[-1].stem_vi == "Tỉ lệ là bao nhiêu?"


def test_a_short_answer_without_a_key_is_no_essay():
    assert [str(fault.at) for fault in written(*PARTS, "ĐÁP ÁN", "Phần I: 1B 2A 3D").faults] == [
        "phần II, câu 1", "phần II, câu 2", "phần III, câu 1", "phần III, câu 2"]


def test_the_way_to_each_answer_behind_the_questions_explains_it():
    reading = written(*CHOICES, "HƯỚNG DẪN CHẤM", "Câu 1: Chọn B. Theo Hiến pháp.",
                      "Câu 2: A", "Câu 3: D. Cao Bằng")

    assert rights(reading) == [[letter] for letter in FIRST]
    assert [draft.explanation_vi for draft in reading.drafts] == ["Theo Hiến pháp.", "", ""]


@pytest.mark.parametrize("keys, faults, notes", [
    # Keys of several papers, and nothing says which this is.
    ([(("Mã đề", "101", "102"), ("1", "A", "B"), ("2", "C", "A"), ("3", "C", "D"))], 3, 1),
    # Question 4 is not there.
    ([(("Câu", "1", "2", "4"), ("Đáp án", "B", "A", "D"))], 1, 1),
    # A blank, and a letter that is none of the options.
    ([(("Câu", "1", "2", "3"), ("Đáp án", "B", "", "E"))], 2, 0),
    # A judgement of statements for a choice.
    (["Câu 1: B", "Câu 2: A", "Câu 3: đúng"], 1, 1)])
def test_what_is_not_clear_in_a_list_of_keys_is_told(keys, faults, notes):
    reading = written(*CHOICES, "ĐÁP ÁN", *keys)

    assert (len(reading.faults), len(reading.notes)) == (faults, notes)


def test_a_list_that_says_otherwise_than_the_question_is_told():
    reading = written("Câu 1. Thủ đô?", "A. Huế", "B. Hà Nội", "Đáp án: B",
                      "Câu 2. Cố đô?", "A. Huế", "B. Hà Nội *",
                      "Câu 3. Núi?", "A. a", "*B. b", "ĐÁP ÁN", "1.A 2.A 3.B")

    assert rights(reading) == [["B"], ["A"], ["B"]]
    assert [str(note.at) for note in reading.notes] == ["câu 1", "câu 2"]


def test_a_table_of_numbers_inside_a_question_is_no_list_of_keys():
    reading = written("Câu 1. Cho bảng:", (("x", "1", "2"), ("y", "4", "5")), "A. a", "*B. b",
                      "Câu 2. Hai?", "*A. a", "B. b")

    assert rights(reading) == [["B"], ["A"]]
    assert "4" in reading.drafts[0].stem_vi


@pytest.mark.parametrize("right", ["Hà Nội *", "Hà Nội (Đúng)", "* Hà Nội", "Hà Nội ✓"])
def test_a_sign_beside_an_option_marks_it(right):
    [draft] = written("Câu 1. Thủ đô?", "A. Huế", f"B. {right}", "C. Vinh").drafts

    assert (draft.kind, draft.right, [option["vi"] for option in draft.options]) == (
        "single", ["B"], ["Huế", "Hà Nội", "Vinh"])


def test_a_shaded_option_stands_out():
    run = '<w:r><w:rPr>{}</w:rPr><w:t>{}</w:t></w:r>'
    body = "".join(f"<w:p>{run.format(shade, text)}</w:p>" for shade, text in (
        ("", "Câu 1. Thủ đô?"), ('<w:shd w:val="clear" w:fill="FFFFFF"/>', "A. Huế"),
        ('<w:shd w:val="clear" w:fill="FFFF00"/>', "B. Hà Nội")))

    assert rights(document.read(packed(body))) == [["B"]]


def test_a_number_that_comes_twice_is_told():
    assert [str(note.at) for note in written(
        "Câu 1. Thủ đô?", "A. Huế", "*B. Hà Nội", "Câu 1. Lạc vào đây").notes] == ["câu 1"]


MATH = ('<w:p xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
        'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"><w:r><w:t>'
        "Câu 1. Tính </w:t></w:r><m:oMath>{}</m:oMath></w:p>")


def run(text):
    """A piece of a formula."""
    return f"<m:r><m:t>{text}</m:t></m:r>"


def calculated(formula):
    """The reading of a question with a formula."""
    made = Document()
    made.element.body.insert(0, parse_xml(MATH.format(formula)))
    for line in ("A. 1", "*B. 2"):
        made.add_paragraph(line)
    buffer = BytesIO()
    made.save(buffer)
    return document.read(buffer.getvalue())


X, TWO, SUM = run("x"), run("2"), run("a+b")


@pytest.mark.parametrize("formula, signs", [
    (f"<m:sSup><m:e>{X}</m:e><m:sup>{TWO}</m:sup></m:sSup>{run('+1')}", "x²+1"),
    (f"<m:sSup><m:e>{SUM}</m:e><m:sup>{run('x/2')}</m:sup></m:sSup>", "(a+b)^(x/2)"),
    (f"<m:f><m:num>{SUM}</m:num><m:den>{TWO}</m:den></m:f>", "(a+b)/2"),
    (f"<m:rad><m:deg>{run('3')}</m:deg><m:e>{SUM}</m:e></m:rad>", "³√(a+b)"),
    (f"<m:d><m:dPr><m:begChr m:val='['/><m:endChr m:val=')'/></m:dPr><m:e>{X}</m:e></m:d>", "[x)"),
    (f"<m:nary><m:naryPr><m:chr m:val='∑'/></m:naryPr><m:sub>{run('i=1')}</m:sub><m:sup>{run('n')}"
     f"</m:sup><m:e>{X}</m:e></m:nary>", "∑_(i=1)ⁿ x"),
    (f"<m:func><m:fName>{run('sin')}</m:fName><m:e>{X}</m:e></m:func>", "sin x"),
    (f"<m:sSub><m:e>{X}</m:e><m:sub>{run('1')}</m:sub></m:sSub>", "x₁")])
def test_a_formula_becomes_signs_in_one_line_and_is_told(formula, signs):
    reading = calculated(formula)

    assert [draft.stem_vi for draft in reading.drafts] == [f"Tính {signs}"]
    assert (len(reading.faults), [str(note.at) for note in reading.notes]) == (0, ["câu 1"])


@pytest.mark.parametrize("formula", [
    f"<m:m><m:mr><m:e>{X}</m:e></m:mr></m:m>", f"<m:acc><m:e>{X}</m:e></m:acc>",
    "<m:e>" * 200 + X + "</m:e>" * 200])
def test_a_formula_that_needs_more_than_a_line_is_a_fault(formula):
    assert len(calculated(formula).faults) == 1


def laid_out(letters, layout, width):
    """The key of a paper, its letters in turn, as a table or a line of so many keys."""
    numbered = [(str(number), letter) for number, letter in enumerate(letters, 1)]
    runs = [numbered[place:place + width] for place in range(0, len(numbered), width)]
    blank = [[*run, *[("", "")] * (width - len(run))] for run in runs]
    if layout == "rows":
        return tuple(row for run in blank for row in zip(*run, strict=True))
    if layout == "called rows":
        return tuple((name, *row) for run in blank for name, row in zip(
            ("Câu", "Đáp án"), zip(*run, strict=True), strict=True))
    if layout == "columns":
        return (("Câu", "Đáp án"), *numbered)
    if layout == "pairs":
        return tuple(tuple(f"{number}.{letter}" if number else "" for number, letter in run)
                     for run in blank)
    return "\t".join(f"{number}-{letter}" for number, letter in numbered)


@settings(max_examples=25, deadline=None)
@example("ABC", "rows", 2)
@given(st.lists(st.sampled_from("ABCD"), min_size=2, max_size=12),
       st.sampled_from(("rows", "called rows", "columns", "pairs", "line")), st.integers(2, 12))
def test_any_key_is_read_in_any_layout(letters, layout, width):
    questions = [line for number in range(1, len(letters) + 1) for line in (
        f"Câu {number}. Hỏi gì?", "A. Huế\tB. Hà Nội", "C. Vinh\tD. Cao Bằng")]
    reading = written(*questions, "ĐÁP ÁN", laid_out(letters, layout, width))

    assert (rights(reading), reading.notes) == ([[letter] for letter in letters], ())
