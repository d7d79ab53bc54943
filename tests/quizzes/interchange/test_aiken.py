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
