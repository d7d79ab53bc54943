"""Word documents as offices write them: tables, headings, keys named in many ways."""
from io import BytesIO

import pytest
from docx import Document

from quizzes.questions.interchange import document
from tests.quizzes.interchange.test_document import TWO, found, item, packed, saved


def tabled(*rows):
    """A document with one table."""
    made = Document()
    made.add_heading("Ngân hàng câu hỏi")
    table = made.add_table(rows=0, cols=len(rows[0]))
    for row in rows:
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text
    buffer = BytesIO()
    made.save(buffer)
    return buffer.getvalue()


def test_a_table_with_a_row_for_each_question():
    content = tabled(("STT", "Câu hỏi", "A", "B", "C", "Mức độ", "Đáp án"),
                     ("1", "Thủ đô?", "Huế", "Hà Nội", "Vinh", "NB", "B"),
                     ("2", "Chọn hai.", "một", "hai", "ba", "VD", "A, C"),
                     ("3", "Thiếu?", "một", "hai", "ba", "", "D"))
    reading = document.read(content)

    assert [(d.kind, d.stem_vi, [option["vi"] for option in d.options], d.right)
            for d in reading.drafts] == TWO
    assert [draft.difficulty for draft in reading.drafts] == [1, 3]
    assert [str(fault.at) for fault in reading.faults] == ["“bảng 1”, dòng 4"]


def test_a_picture_in_such_a_table_is_told():
    cells = "".join(f"<w:tc><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:tc>"
                    for text in ("Câu hỏi", "Đáp án"))
    body = (f"<w:tbl><w:tr>{cells}</w:tr><w:tr><w:tc><w:p><w:r><w:t>Số luật?</w:t></w:r><w:r>"
            "<w:drawing/></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>126</w:t></w:r></w:p></w:tc>"
            "</w:tr></w:tbl>")

    assert [str(fault.at) for fault in document.read(packed(body)).faults] == ["bảng 1"]


def test_the_key_in_a_cell_beside_its_question():
    assert found(tabled(("Câu 1. Thủ đô?\nA. Huế\nB. Hà Nội\nC. Vinh", "B"),
                        ("Câu 2. Một?\nA. a\nB. b", "A.")))[0] == TWO[0]


@pytest.mark.parametrize("key", [
    "=> Đáp án B", "ĐA: B", "Chọn B", "Đáp án đúng là B", "→ đáp án: b.", "Đ/a: B;"])
def test_the_key_is_named_in_many_ways(key):
    assert found(saved("Câu 1. Thủ đô?", "A. Huế", "B. Hà Nội", "C. Vinh", key)) == TWO[:1]


def test_two_keys_named_with_and():
    assert found(saved("Câu 2. Chọn hai.", "A. một", "B. hai", "C. ba",
                       "Đáp án: A và C")) == TWO[1:]


def test_headings_are_the_topics_of_what_follows_and_brackets_tell_the_difficulty():
    reading = document.read(saved(
        "PHẦN I: LUẬT BÁO CHÍ", "Câu 1 (NB): Một?", "A. a", "B. *b",
        "II. LUẬT TRẺ EM", "Câu hỏi số 2 [VDC]. Hai?", "I. Đúng", "A. *a", "B. b",
        "Câu 3 (Luật 126): Ba?", "A. *a", "B. b"))

    assert [(d.category, d.difficulty, d.stem_vi) for d in reading.drafts] == [
        ("Luật báo chí", 1, "Một?"), ("Luật trẻ em", 3, "Hai?\nI. Đúng"),
        ("Luật trẻ em", 2, "(Luật 126): Ba?")]


def test_what_was_moved_away_or_hidden_is_not_read_and_a_drawn_sign_is_told():
    moved = ("<w:p><w:pPr><w:numPr><w:ilvl w:val='0'/><w:numId w:val='7'/></w:numPr></w:pPr>"
             "<w:r><w:t>Thủ </w:t></w:r><w:moveFrom><w:r><w:t>cũ</w:t></w:r></w:moveFrom><w:moveTo>"
             "<w:r><w:t>đô?</w:t></w:r></w:moveTo><w:r><w:rPr><w:vanish/></w:rPr><w:t>ẩn</w:t></w:r>"
             "</w:p>")
    options = item(1, "Huế") + item(1, ("Hà Nội", "<w:b/>")) + item(1, "Vinh")
    sign = '<w:p><w:r><w:sym w:font="Symbol" w:char="F0A3"/></w:r></w:p>'

    assert found(packed(moved + options)) == TWO[:1]
    assert len(document.read(packed(moved + sign + options)).faults) == 1


@pytest.mark.parametrize("lines", [
    ("Lời giải", "Chọn B", "Vì luật nói thế."), ("Chọn B", "Lời giải: Vì luật nói thế."),
    ("Hướng dẫn giải:", "Vì luật nói thế.", "Đáp án: B")])
def test_the_way_to_the_answer_is_the_explanation(lines):
    [draft] = document.read(saved("Câu 1. Thủ đô?", "A. Huế", "B. Hà Nội", *lines)).drafts

    assert (draft.right, draft.options[1]["vi"], draft.explanation_vi) == (
        ["B"], "Hà Nội", "Vì luật nói thế.")


def boxed(words):
    """A paragraph on which a text box with ``words`` hangs."""
    return (f"<w:p><w:r><w:pict><w:txbxContent><w:p><w:r><w:t>{words}</w:t></w:r></w:p>"
            "</w:txbxContent></w:pict></w:r></w:p>")


@pytest.mark.parametrize("words, faults, notes", [
    ("Câu 2. Gì?", 1, 0), ("A. Hà Nội", 1, 0), ("SỞ VĂN HÓA", 0, 1)])
def test_a_text_box_is_told_and_is_a_fault_where_it_holds_a_part_of_a_question(
        words, faults, notes):
    question = item(0, "Thủ đô?") + item(1, "Huế") + item(1, ("Hà Nội", "<w:b/>"))

    for body in (boxed(words) + question, question + boxed(words)):
        reading = document.read(packed(body))
        assert (len(reading.drafts), len(reading.faults), len(reading.notes)) == (
            1, faults, notes)
