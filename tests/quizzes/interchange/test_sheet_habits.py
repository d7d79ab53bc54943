"""Workbooks as schools and their programs write them: headings, kinds, and keys in many ways."""
from io import BytesIO

import openpyxl
import pytest
from openpyxl.styles import Font, PatternFill

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


PLACES = ("Huế", "Hà Nội", "Vinh")
BY_ROWS = (("Thủ đô?", 1), ("Cố đô?", 0))


def in_rows(header, first, more):
    """A sheet of two questions with a row for each option: ``first`` and ``more`` make the first
    row of a question and those below it of stem, place, words, and whether it is right.
    """
    found = [header]
    for stem, right in BY_ROWS:
        made = [(stem, place, words, place == right) for place, words in enumerate(PLACES)]
        found += [*first(stem, "ABC"[right], made[0]), *(more(*one) for one in made)]
    return found


@pytest.mark.parametrize("lines", [
    in_rows(("STT", "Nội dung", "Đáp án"), lambda stem, key, _one: [(1, stem, key)],
            lambda _stem, place, words, _right: ("ABC"[place], words, "")),
    in_rows(("STT", "Nội dung", "Đáp án"), lambda stem, _key, _one: [(1, stem, "")],
            lambda _stem, place, words, right: ("abc"[place], words, "x" if right else "")),
    in_rows(("Câu hỏi", "Đáp án"), lambda stem, key, _one: [(f"Câu 1: {stem}", key)],
            lambda _stem, place, words, _right: (f"{'ABC'[place]}. {words}", "")),
    in_rows(("STT", "Câu hỏi", "Phương án", "Đáp án đúng"), lambda *_told: [],
            lambda stem, place, words, right: ("", "" if place else stem,
                                               f"{'ABC'[place]}. {words}", "✓" if right else "")),
    in_rows(("Câu hỏi", "Đáp án", "Đúng/Sai"), lambda *_told: [],
            lambda stem, place, words, right: ("" if place else stem, words,
                                               "Đúng" if right else "Sai"))])
def test_options_may_have_rows_of_their_own(lines):
    assert [(draft.kind, draft.stem_vi, [option["vi"] for option in draft.options], draft.right)
            for draft in read(*lines)] == [
        ("single", "Thủ đô?", list(PLACES), ["B"]), ("single", "Cố đô?", list(PLACES), ["A"])]


def styled(mark, *lines):
    """A workbook of rows in which a cell that begins with * is shown as ``mark`` says."""
    made = openpyxl.Workbook()
    for row, line in enumerate(lines, 1):
        for column, text in enumerate(line, 1):
            cell = made.active.cell(row, column, str(text).removeprefix("*"))
            for name, style in mark.items() if str(text).startswith("*") else ():
                setattr(cell, name, style)
    buffer = BytesIO()
    made.save(buffer)
    return sheet.read(buffer.getvalue())


@pytest.mark.parametrize("mark", [
    {"font": Font(bold=True)}, {"font": Font(color="FFFF0000")},
    {"fill": PatternFill("solid", fgColor="FFFFFF00")}])
def test_a_cell_that_stands_out_is_the_key_where_nothing_else_tells_it(mark):
    header = ("*STT", "*Câu hỏi", "*A", "*B", "*C")
    beside = styled(mark, header, ("1", "Thủ đô?", "Huế", "*Hà Nội", "Vinh"),
                    ("2", "Cố đô?", "*Huế", "", "Vinh"), ("3", "Núi?", "a", "b", "c"))
    below = styled(mark, ("*STT", "*Câu hỏi", "*Phương án"), ("1", "Thủ đô?", "Huế"),
                   ("", "", "*Hà Nội"))

    assert [draft.right for draft in beside.drafts] == [["B"], ["A"]]
    assert [str(fault.at) for fault in beside.faults] == ["“Sheet”, dòng 4"]
    assert [str(note.at) for note in beside.notes] == ["“Sheet”, dòng 2", "“Sheet”, dòng 3"]
    assert [draft.right for draft in below.drafts] == [["B"]]


def test_white_fields_and_black_letters_do_not_stand_out():
    plain = {"font": Font(color="FF000000"), "fill": PatternFill("solid", fgColor="FFFFFFFF")}

    assert len(styled(plain, LETTERED[:4], ("Thủ đô?", "Huế", "*Hà Nội", "Vinh")).faults) == 1


def test_letters_and_numbers_that_say_what_the_column_says_are_left_out():
    [lettered, worded] = read(LETTERED, ("Câu 1: Thủ đô?", "A. Huế", "B. Hà Nội", "C. Vinh", "B"),
                              ("Chọn?", "A. a", "b", "c", "A"))

    assert ([option["vi"] for option in lettered.options], lettered.stem_vi) == (
        ["Huế", "Hà Nội", "Vinh"], "Thủ đô?")
    assert worded.options[0]["vi"] == "A. a"


@pytest.mark.parametrize("called, level", [
    ("TB", 2), ("Mức 1", 1), ("Thông hiểu (TH)", 2), ("Biết", 1), ("Vận dụng cao", 3), ("M3", 3)])
def test_difficulties_as_schools_call_them(called, level):
    [draft] = read((*LETTERED, "Mức độ"), (*CAPITAL, "B", called))

    assert draft.difficulty == level


def test_rows_without_end_of_one_question_are_told():
    lines = [("Nào?", "1", "A"), *(("", str(number), "") for number in range(2, 40))]

    assert sheet.read(rows(("Câu hỏi", "Phương án", "Đáp án"), *lines)).faults
