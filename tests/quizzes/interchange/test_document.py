"""Word documents of questions in and out."""
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from docx import Document
from docx.shared import RGBColor
from hypothesis import given, settings

from quizzes.questions.interchange import document, document_out
from quizzes.questions.interchange.draft import Draft
from tests.quizzes.interchange.drafts import drafts, sixty

SPACE = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
#: Two lists as Word and LibreOffice keep them: questions by numbers, options by letters that
#: begin anew with each list.
NUMBERING = f"""<w:numbering {SPACE}><w:abstractNum w:abstractNumId="0">
<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/>
<w:lvlText w:val="Câu %1:"/></w:lvl>
<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="upperLetter"/>
<w:lvlText w:val="%2."/></w:lvl>
</w:abstractNum><w:num w:numId="7"><w:abstractNumId w:val="0"/></w:num></w:numbering>"""


def saved(*lines):
    """A document of lines, each of runs (text, marks) or a text."""
    made = Document()
    for line in lines:
        paragraph = made.add_paragraph()
        for text, marks in [(line, "")] if isinstance(line, str) else line:
            run = paragraph.add_run(text)
            run.bold, run.underline = "b" in marks or None, "u" in marks or None
            if "c" in marks:
                run.font.color.rgb = RGBColor(0xC0, 0, 0)
    buffer = BytesIO()
    made.save(buffer)
    return buffer.getvalue()


def packed(body, numbering=NUMBERING):
    """A document as another program writes it: its parts by hand."""
    buffer = BytesIO()
    with ZipFile(buffer, "w") as archive:
        archive.writestr("word/document.xml",
                         f"<w:document {SPACE}><w:body>{body}</w:body></w:document>")
        archive.writestr("word/numbering.xml", numbering)
    return buffer.getvalue()


def item(level, *runs):
    """A paragraph of the list; runs are texts or (text, properties)."""
    inside = "".join(f"<w:r><w:rPr>{properties}</w:rPr><w:t>{text}</w:t></w:r>"
                     for text, properties in ((run, "") if isinstance(run, str) else run
                                              for run in runs))
    return (f'<w:p><w:pPr><w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="7"/></w:numPr></w:pPr>'
            f"{inside}</w:p>")


def found(content):
    """Kind, words, options and key of each question."""
    reading = document.read(content)
    assert [str(fault.why) for fault in reading.faults] == []
    return [(d.kind, d.stem_vi, [option["vi"] for option in d.options], d.right)
            for d in reading.drafts]


TWO = [("single", "Thủ đô?", ["Huế", "Hà Nội", "Vinh"], ["B"]),
       ("multiple", "Chọn hai.", ["một", "hai", "ba"], ["A", "C"])]


@settings(max_examples=4, deadline=None)
@given(drafts("single", "multiple", "truefalse", "statements", "short", "number", "matching",
              "ordering", "gaps", "essay", "upload", "description"))
def test_what_is_written_is_read_again_the_same_unless_it_is_listed(written):
    written = [replace(draft, key=f"Q{number}") for number, draft in enumerate(written)]
    writing = document_out.write(written)
    lost = {fault.at for fault in writing.lost}

    reading = document.read(writing.content)

    if not lost:
        assert (list(reading.drafts), reading.faults) == (written, ())


def test_the_sixty_questions_come_back_the_same():
    writing = document_out.write(sixty())
    reading = document.read(writing.content)

    assert (writing.lost, reading.faults) == ((), ())
    assert list(reading.drafts) == sixty()


def test_words_that_mean_something_else_in_word_are_listed():
    torn = Draft("essay", "Đọc:\nCâu 2. Không phải câu hỏi", key="T1")

    assert [fault.at for fault in document_out.write([torn]).lost] == ["T1"]


def test_the_key_stands_below():
    assert found(saved("KIỂM TRA", "Câu 1. Thủ đô?", "A. Huế", "B. Hà Nội", "C. Vinh", "Đáp án: B",
                       "Câu 2: Chọn hai.", "a) một", "b) hai", "c) ba", "Đáp án đúng: A, C")) == TWO


@pytest.mark.parametrize("mark", ["b", "u", "c", "bu"])
def test_the_right_option_stands_out(mark):
    assert found(saved(
        [("Câu 1. Thủ đô?", "b")], "A. Huế", [("B. ", ""), ("Hà Nội", mark)], "C. Vinh",
        [("Câu 2. Chọn hai.", "b")], [("A. một", mark)], "B. hai", [("C. ba", mark)])) == TWO


def test_a_mark_that_all_options_bear_tells_nothing():
    assert found(saved("Câu 1. Thủ đô?", [("A. Huế", "b")], [("B. Hà Nội", "bu")],
                       [("C. Vinh", "b")])) == TWO[:1]


def test_an_asterisk_before_the_letter_or_the_words():
    assert found(saved("1. Thủ đô?", "A. Huế", "*B. Hà Nội", "C. Vinh", "2. Chọn hai.",
                       "A. *một", "B. hai", "C. *ba")) == TWO


def test_options_beside_each_other_in_one_line():
    assert found(saved("Câu 1. Thủ đô?", "A. Huế\tB. Hà Nội\tC. Vinh", "Đáp án: B",
                       "Câu 2. Chọn hai.", [("A. một  ", ""), ("B. hai  ", ""), ("C. ba", "")],
                       "Đáp án: A và C".replace(" và", ","))) == TWO


def test_a_table_of_keys_at_the_end():
    assert found(saved("Câu 1. Thủ đô?", "A. Huế", "B. Hà Nội", "C. Vinh", "Câu 2. Một?", "A. a",
                       "B. b", "BẢNG ĐÁP ÁN", "1.B  2.A"))[1] == (
        "single", "Một?", ["a", "b"], ["A"])


def test_numbers_and_letters_that_a_list_gives():
    bold = "<w:b/>"
    body = (item(0, "Thủ đô?") + item(1, "Huế") + item(1, ("Hà Nội", bold)) + item(1, "Vinh")
            + item(0, "Chọn hai.") + item(1, ("một", bold)) + item(1, "hai")
            + item(1, ("b", bold), ("a", bold)))

    assert found(packed(body)) == TWO


def test_a_document_that_libreoffice_saved():
    saved_by_it = Path(__file__).resolve().parents[2] / "data" / "questions-libreoffice.docx"

    assert found(saved_by_it.read_bytes()) == [
        ("single", "Thủ đô của Việt Nam?", *TWO[0][2:]), TWO[1]]


def test_text_that_was_deleted_and_pieces_that_belong_together():
    body = (item(0, "Thủ", " đô", "?")
            + '<w:p><w:del><w:r><w:delText>A. Sai</w:delText></w:r></w:del></w:p>'
            + item(1, "Huế") + item(1, ("Hà Nội", '<w:color w:val="FF0000"/>')) + item(1, "Vinh"))

    assert found(packed(body)) == TWO[:1]


def test_a_font_of_before_unicode():
    font = '<w:rFonts w:ascii=".VnTime" w:hAnsi=".VnTime"/>'
    body = item(0, ("Thñ ®« ViÖt Nam?", font)) + item(1, ("HuÕ", font)) + item(
        1, ("Hµ Néi", font + "<w:u w:val='single'/>"))

    assert found(packed(body)) == [("single", "Thủ đô Việt Nam?", ["Huế", "Hà Nội"], ["B"])]


def test_everything_a_question_can_have():
    [draft] = document.read(saved(
        "Câu 1. Công thức của nước?", "EN: Formula of water?", "A. H2O", "Nhận xét: Tốt",
        "B. CO2", "Đáp án: A", "Giải thích: Hai phần", "hiđrô.", "Căn cứ: Sách", "Nhãn: hóa, dễ",
        "Dùng đến ngày: 31/12/2027")).drafts

    assert (draft.stem_en, draft.options[0]["feedback_vi"], draft.explanation_vi, draft.basis,
            draft.tags, draft.valid_until.year) == (
        "Formula of water?", "Tốt", "Hai phần\nhiđrô.", "Sách", ("hóa", "dễ"), 2027)


@pytest.mark.parametrize("content", [
    b"", b"PK\x03\x04", saved("Chỉ là lời"), saved("Câu 1. Một?", "A. a", "B. b"),
    saved("Câu 1. Một?", "A. a", "B. b", "Đáp án: D"), packed("<w:p>"),
    packed('<!DOCTYPE a [<!ENTITY b "c">]><w:p/>')])
def test_a_mistake_is_told(content):
    assert len(document.read(content).faults) == 1


def test_a_picture_is_told_and_not_dropped():
    body = item(0, "Nhìn") + '<w:p><w:r><w:drawing/></w:r></w:p>' + item(1, "a") + item(
        1, ("b", "<w:b/>"))

    assert len(document.read(packed(body)).faults) == 1


@pytest.mark.parametrize("name", ["../word/document.xml", "/etc/passwd", "C:\\x", "a\\..\\b",
                                  "WORD/document.xml"])
def test_an_archive_that_leads_out_of_its_folder_is_refused(name):
    buffer = BytesIO(packed(item(0, "Một?")))
    with ZipFile(buffer, "a") as archive:
        archive.writestr(name, "x")

    assert len(document.read(buffer.getvalue()).faults) == 1


def test_the_letter_of_the_right_option_stands_out():
    assert found(saved(
        [("Câu 1. ", "b"), ("Thủ đô?", "")], [("A. Huế", "c")], [("B. ", "b"), ("Hà Nội", "c")],
        [("C. Vinh", "c")], "Câu 2. Chọn hai.", [("A.", "u"), (" một", "")], "B. hai",
        [("C.", "u"), (" ba", "")], "D. bốn")) == [
        TWO[0], ("multiple", "Chọn hai.", ["một", "hai", "ba", "bốn"], ["A", "C"])]


def test_letters_that_all_stand_out_tell_nothing():
    content = saved("Câu 1. Một?", [("A. ", "b"), ("a", "")], [("B. ", "b"), ("b", "")])

    assert len(document.read(content).faults) == 1


THREE = ("Câu 1. Một?", "A. a", "B. b", "Câu 2. Hai?", "A. a", "B. b", "Câu 3. Ba?", "A. a",
         "B. b")


@pytest.mark.parametrize("keys", [
    ("Câu", "Đáp án", "1", "B", "3", "A", "2", "B"),
    ("Câu", "1", "2", "3", "Đáp án", "B", "B", "A"),
    ("Câu 1: B", "Câu 2: B", "Câu 3: A"), ("1. B", "2. B", "3. A"),
    ("1 2 3", "B B A")])
def test_a_table_of_keys_cell_by_cell(keys):
    told = document.read(saved(*THREE, "BẢNG ĐÁP ÁN", *keys))

    assert ([draft.right for draft in told.drafts], told.faults) == ([["B"], ["B"], ["A"]], ())


def test_keys_that_are_too_few_for_their_numbers_are_not_dealt_out():
    told = document.read(saved(*THREE, "Đáp án", "1 2 3", "B A"))

    assert [str(fault.at) for fault in told.faults] == ["câu 1", "câu 2", "câu 3"]


def test_a_question_begun_with_a_slip_and_one_that_is_missing():
    told = document.read(saved("Câu 1. Một?", "A. a", "B. *b", "Cõu 2. Hai?", "A. *a", "B. b",
                               "Câu 4. Bốn?", "A. *a", "B. b"))

    assert [draft.stem_vi for draft in told.drafts] == ["Một?", "Hai?", "Bốn?"]
    assert [str(note.at) for note in told.notes] == ["câu 3"]
