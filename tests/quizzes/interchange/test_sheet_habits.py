"""Workbooks as schools and their programs write them: headings, kinds, and keys in many ways."""
import pytest

from quizzes.questions.interchange import sheet
from tests.quizzes.interchange.test_sheet import read, rows

CAPITAL = ("Thủ đô?", "Huế", "Hà Nội", "Vinh")
LETTERED = ("Câu hỏi", "A", "B", "C", "Đáp án")


@pytest.mark.parametrize("header, line", [
    (("Question Text", "Question Type", "Option 1", "Option 2", "Option 3", "Correct Answer",
      "Answer explanation"), (CAPITAL[0], "Multiple Choice", *CAPITAL[1:], 2, "Vì luật")),
    (("Question - max 120 characters", "Answer 1 - max 75 characters",
      "Answer 2 - max 75 characters", "Answer 3 – max 75 characters",
      "Correct answer(s) - choose at least one", "Explanation"), (*CAPITAL, 2, "Vì luật")),
    (("STT", "Loại câu hỏi", "Nội dung câu hỏi", "Đáp án A", "Đáp án B", "Đáp án C",
      "Đáp án đúng", "Lời giải"), (1, "Trắc nghiệm", *CAPITAL, "B", "Vì luật")),
    (("STT", "Câu hỏi", "Phương án 1", "Phương án 2", "Phương án 3", "Phương án đúng",
      "Hướng dẫn giải"), (1, *CAPITAL, 2, "Vì luật"))])
def test_templates_of_other_programs(header, line):
    [draft] = read(header, line)

    assert (draft.kind, draft.stem_vi, draft.right, draft.explanation_vi) == (
        "single", "Thủ đô?", ["B"], "Vì luật")


@pytest.mark.parametrize("called, line, made", [
    ("Multiple Choice", ("a", "b", "c", "1, 3"), ("multiple", ["A", "C"])),
    ("Checkbox", ("a", "b", "c", "1,3"), ("multiple", ["A", "C"])),
    ("Trắc nghiệm nhiều đáp án", ("a", "b", "c", "A, C"), ("multiple", ["A", "C"])),
    ("Fill-in-the-Blank", ("a", "b", "", ""), ("short", ["a", "b"])),
    ("Open-Ended", ("", "", "", ""), ("essay", []))])
def test_kinds_as_other_programs_call_them(called, line, made):
    [draft] = read(("Loại câu", *LETTERED), (called, "Gì?", *line))

    assert (draft.kind, draft.right) == made


@pytest.mark.parametrize("key, right", [
    ("Hà Nội", ["B"]), ("hà nội", ["B"]), ("B. Hà Nội", ["B"]), ("b", ["B"]), ("Đáp án B", ["B"]),
    ("AC", ["A", "C"]), ("A;C", ["A", "C"]), ("2", ["B"])])
def test_a_key_is_a_letter_a_place_or_the_words_of_an_option(key, right):
    [draft] = read(LETTERED, (*CAPITAL, key))

    assert draft.right == right


def test_a_key_that_may_be_the_words_of_one_option_and_the_place_of_another_is_a_fault():
    reading = sheet.read(rows(LETTERED, ("Mấy?", "2", "4", "6", "2"),
                              ("Mấy nữa?", "1", "2", "3", "2")))

    assert ([draft.right for draft in reading.drafts], len(reading.faults)) == ([["B"]], 1)


def test_options_may_stand_below_the_question_in_its_cell():
    [choice, text] = read(("STT", "Câu hỏi", "Đáp án"),
                          (1, "Thủ đô?\nA. Huế\nB. Hà Nội", "B"), (2, "Viết:\nA. x\nB. y", "Tự do"))

    assert ([option["vi"] for option in choice.options], choice.stem_vi, choice.right) == (
        ["Huế", "Hà Nội"], "Thủ đô?", ["B"])
    assert (text.kind, text.stem_vi) == ("short", "Viết:\nA. x\nB. y")


def test_options_in_rows_of_their_own_are_a_fault_and_no_questions():
    reading = sheet.read(rows(("STT", "Nội dung", "Đáp án"), (1, "Thủ đô?", ""), ("A", "Huế", ""),
                              ("B.", "Hà Nội", "x")))

    assert len(reading.faults) == 2
