"""Aiken: read, with every mistake at its line."""
import pytest

from quizzes.questions.interchange import aiken

TWO = """Thủ đô của Việt Nam?
A) Huế
B) Hà Nội
ANSWER: B

Sông nào chảy qua Cao Bằng?
Chọn một.
A. Sông Bằng
B. Sông Mã
   ở Thanh Hóa
ANSWER: A
"""


def test_questions_with_their_options_and_the_right_one():
    reading = aiken.read(TWO.encode())

    assert reading.faults == ()
    assert [(d.kind, d.stem_vi, [o["vi"] for o in d.options], d.right, d.line)
            for d in reading.drafts] == [
        ("single", "Thủ đô của Việt Nam?", ["Huế", "Hà Nội"], ["B"], 1),
        ("single", "Sông nào chảy qua Cao Bằng?\nChọn một.", ["Sông Bằng", "Sông Mã ở Thanh Hóa"],
         ["A"], 6)]


@pytest.mark.parametrize("text, line", [
    ("Một?\nA) a\nB) b\n\nHai?\nA) a\nB) b\nANSWER: A", 3),
    ("Một?\nA) a\nB) b\nANSWER: C", 4),
    ("Một?\nA) a\nB) b\nANSWER: A, B", 4),
    ("Một?\nA) a\nANSWER: A", 1),
    ("A) a\nB) b\nANSWER: A", 1),
    ("Một?\nANSWER: A", 1),
    ("Một?\nA) a\nB) b", 3),
    ("Chỉ là lời", 1),
    ("", 1),
])
def test_a_mistake_is_told_at_its_line(text, line):
    assert [fault.line for fault in aiken.read(text.encode()).faults] == [line]


def test_letters_in_brackets_and_without_a_blank():
    reading = aiken.read("Một?\n(a) x\n(b) y\nANSWER: (b)\n\nHai?\nA)x\nB)y.Z) z\nANSWER: A) x\n\n"
                         "A.B.C là gì?\nA) x\nB) y\nANSWER: B.".encode())

    assert [([o["vi"] for o in draft.options], draft.right) for draft in reading.drafts] == [
        (["x", "y"], ["B"]), (["x", "y.Z) z"], ["A"]), (["x", "y"], ["B"])]
    assert reading.drafts[2].stem_vi == "A.B.C là gì?"


def test_a_letter_that_stands_twice_is_a_fault():
    assert [fault.line for fault in aiken.read(b"X?\nA) 1\nA) 2\nANSWER: A").faults] == [3]


def test_words_that_name_a_tag_are_no_tag():
    [draft] = aiken.read("Thẻ <b> để làm gì?\nA) Thẻ <i>\nB) Đậm\nANSWER: B".encode()).drafts

    assert (draft.stem_vi, draft.options[0]["vi"]) == (
        "<p>Thẻ &lt;b&gt; để làm gì?</p>", "<p>Thẻ &lt;i&gt;</p>")
