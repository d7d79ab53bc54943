"""Statements to be judged, in every kind of file that holds them."""
import pytest

from quizzes.questions.interchange import document, gift, moodle_xml, sheet
from quizzes.questions.interchange.judged import judgements, without_judgement
from quizzes.questions.kinds import KINDS
from tests.quizzes.interchange.test_document import item, packed, saved
from tests.quizzes.interchange.test_qti import declared, one
from tests.quizzes.interchange.test_qti import item as item_of
from tests.quizzes.interchange.test_sheet import rows as sheet_of

WORDS = ("Giáp Trung Quốc.", "Giáp Lào.", "Có thác Bản Giốc.", "Có biển.")
LINES = [f"{letter}) {words}" for letter, words in zip("abcd", WORDS, strict=True)]
STEM = "Câu 1. Cho tư liệu về Cao Bằng."


def told(reading):
    """The statements of a reading by what is true, with their scale."""
    assert [str(fault.why) for fault in reading.faults] == []
    return [(draft.kind, "".join(pair[-1] for pair in draft.right), draft.settings.get("scale"))
            for draft in reading.drafts]


@pytest.mark.parametrize("text", [
    "ĐSĐS", "đsđs", "Đ, S, Đ, S", "Đ S Đ S.", "D-S-D-S", "T F T F",
    "a) Đúng; b) Sai; c) Đúng; d) Sai",
    "a-Đ b-S c-Đ d-S", "a. Đúng, b. Sai, c. Đúng và d. Sai", "aĐ bS cĐ dS", "Đúng, Sai, Đúng, Sai",
    "ý a) đúng, ý b) sai, ý c) đúng, ý d) sai"])
def test_a_key_judges_the_statements_in_turn_or_by_their_letters(text):
    assert judgements(text, 4) == ["T", "F", "T", "F"]


@pytest.mark.parametrize("text", [
    "A", "D", "A, C", "ABD", "Đ, S, Đ", "a) Đúng, c) Sai", "a) Đúng, b) Sai, d) Sai, c) Đúng", "",
    "Đúng", "a), b) đúng", "Đ, S, Đ, S, Đ"])
def test_other_keys_judge_nothing(text):
    assert judgements(text, 4) is None


@pytest.mark.parametrize("text, words, truth", [
    ("Giáp Lào. (S)", "Giáp Lào.", "F"), ("Giáp Lào [Sai].", "Giáp Lào", "F"),
    ("Có thác – Đúng", "Có thác", "T"), ("Có thác (đúng)", "Có thác", "T"),
    ("Ghi điểm S", "Ghi điểm S", None), ("Nói như vậy là đúng", "Nói như vậy là đúng", None)])
def test_what_stands_behind_a_statement_judges_it(text, words, truth):
    assert without_judgement(text) == (words, truth)


@pytest.mark.parametrize("lines", [
    [STEM, *LINES, "Đáp án: a) Đúng; b) Sai; c) Đúng; d) Sai"],
    [STEM, *LINES, "Đáp án: ĐSĐS"],
    [STEM, *LINES, "Loại câu: Đúng sai từng ý", "Đáp án: Đ, S, Đ, S"],
    [STEM, *(f"{line} ({truth})" for line, truth in zip(LINES, "ĐSĐS", strict=True))],
    ["PHẦN II. Câu trắc nghiệm đúng sai. Thí sinh trả lời từ câu 1 đến câu 4. Trong mỗi ý a), b), "
     "c), d) ở mỗi câu, thí sinh chọn đúng hoặc sai.", STEM,
     [("a)", "u"), " Giáp Trung Quốc."], LINES[1], [("c)", "u"), " Có thác Bản Giốc."], LINES[3]],
    ["Phần 2: Trắc nghiệm đúng/sai", STEM,
     [(LINES[0], "c")], LINES[1], [(LINES[2], "c")], LINES[3]],
    ["PHẦN II. Câu trắc nghiệm đúng sai", STEM, *LINES, "ĐÁP ÁN",
     "Câu 1: a) Đúng b) Sai c) Đúng d) Sai"],
])
def test_a_word_document_names_what_is_true_in_many_ways(lines):
    lines = [[run if isinstance(run, tuple) else (run, "") for run in line]
             if isinstance(line, list) else line for line in lines]
    reading = document.read(saved(*lines))

    assert told(reading) == [("statements", "TFTF", "official")]
    assert [option["vi"] for option in reading.drafts[0].options] == list(WORDS)
    assert reading.drafts[0].stem_vi == "Cho tư liệu về Cao Bằng."


def test_a_paper_of_three_parts_counts_each_from_one():
    reading = document.read(saved(
        "PHẦN I. Câu trắc nghiệm nhiều phương án lựa chọn. Thí sinh trả lời từ câu 1 đến câu 2.",
        "Câu 1. Thủ đô?", "A. Huế", "B. Hà Nội", "C. Vinh", "D. Lạng Sơn",
        "Câu 2. Cố đô?", "A. Huế", "B. Hà Nội",
        "PHẦN II. Câu trắc nghiệm đúng sai. Thí sinh trả lời câu 1.",
        "Trong mỗi ý a), b), c), d), thí sinh chọn đúng hoặc sai.",
        STEM, *LINES,
        "PHẦN III. Câu trắc nghiệm trả lời ngắn. Thí sinh trả lời câu 1.",
        "Câu 1. Tỉnh có mấy huyện?", "Đáp án: 34", "ĐÁP ÁN", "1. B 2. A", "Câu 1: ĐSĐS"))

    assert told(reading) == [("single", "B", None), ("single", "A", None),
                             ("statements", "TFTF", "official"), ("number", "4", None)]
    assert [option["vi"] for option in reading.drafts[1].options] == ["Huế", "Hà Nội"]


def test_a_fault_of_a_paper_of_parts_stands_in_its_part():
    reading = document.read(saved(
        "PHẦN I. Thí sinh trả lời câu 1.", "Câu 1. Thủ đô?", "A. Huế", "B. Hà Nội", "Đáp án: B",
        "PHẦN II. Câu trắc nghiệm đúng sai", STEM, *LINES))

    assert [str(fault.at) for fault in reading.faults] == ["phần II, câu 1"]


def test_statements_of_a_list_of_word_that_nothing_judges_are_a_fault():
    reading = document.read(saved("PHẦN II. Câu trắc nghiệm đúng sai", STEM, *LINES))

    assert [str(fault.why).partition(":")[0] for fault in reading.faults] == [
        "Hãy ghi mỗi ý đúng hay sai"]


def test_letters_by_themselves_name_statements_too():
    body = "".join(item(0, "Về tỉnh:") + "".join(item(1, words) for words in WORDS)
                   for _question in range(2)) + (
        "<w:p><w:r><w:t>ĐÁP ÁN</w:t></w:r></w:p><w:p><w:r><w:t>Câu 1: ĐSĐS</w:t></w:r></w:p>"
        "<w:p><w:r><w:t>Câu 2: a) Sai b) Sai c) Sai d) Đúng</w:t></w:r></w:p>")

    assert told(document.read(packed(body))) == [
        ("statements", "TFTF", "official"), ("statements", "FFFT", "official")]


@pytest.mark.parametrize("rows, scale", [
    ([["Câu hỏi", "Ý a", "Ý b", "Ý c", "Ý d", "Đáp án"], ["Về tỉnh:", *WORDS, "ĐSĐS"]], "official"),
    ([["Câu hỏi", "A", "B", "C", "D", "Đáp án", "Cách chấm"],
      ["Về tỉnh:", *WORDS, "a) Đúng, b) Sai, c) Đúng, d) Sai", "Từng phần"]], "each"),
    ([["Câu hỏi", "Các phương án", "Đáp án", "Cách chấm"],
      ["Về tỉnh:", "\n".join(LINES), "Đ, S, Đ, S", "Trọn câu"]], "whole"),
    ([["Loại câu", "Câu hỏi", "Mệnh đề 1", "Mệnh đề 2", "Mệnh đề 3", "Mệnh đề 4", "Đáp án"],
      ["Đúng sai 4 ý", "Về tỉnh:", *(f"{words} ({truth})" for words, truth in zip(
          WORDS, "ĐSĐS", strict=True)), ""]], "official")])
def test_a_row_of_a_workbook_holds_statements(rows, scale):
    reading = sheet.read(sheet_of(*rows))

    assert told(reading) == [("statements", "TFTF", scale)]
    assert [option["vi"] for option in reading.drafts[0].options] == list(WORDS)


def table_of(method, *truths):
    """A question of Moodle's table of statements (of the kinds mtf and kprime)."""
    rows = "".join(f'<row number="{n}"><optiontext><text>{words}</text></optiontext>'
                   f"<feedbacktext><text>Xem bản đồ {n}</text></feedbacktext></row>"
                   for n, words in enumerate(WORDS, 1))
    columns = "".join(f'<column number="{n}"><responsetext><text>{word}</text></responsetext>'
                      "</column>" for n, word in enumerate(("True", "False"), 1))
    weights = "".join(
        f'<weight rownumber="{n}" columnnumber="{column}"><value>{1.0 if truth == column else 0}'
        "</value></weight>" for n, truth in enumerate(truths, 1) for column in (1, 2))
    return (f'<quiz><question type="kprime"><questiontext><text>Về tỉnh:</text></questiontext>'
            f"<scoringmethod><text>{method}</text></scoringmethod>{rows}{columns}{weights}"
            "</question></quiz>").encode()


@pytest.mark.parametrize("method, scale", [
    ("subpoints", "each"), ("kprimeonezero", "whole"), ("mtfonezero", "whole")])
def test_a_table_of_statements_of_moodle(method, scale):
    reading = moodle_xml.read(table_of(method, 1, 2, 1, 2))

    assert told(reading) == [("statements", "TFTF", scale)]
    assert [option["vi"] for option in reading.drafts[0].options] == list(WORDS)


@pytest.mark.parametrize("content", [
    table_of("kprime", 1, 2, 1, 2), table_of("subpoints", 1, 2, 1),
    table_of("subpoints", 1, 2, 1, 3)])
def test_a_table_that_counts_otherwise_or_judges_nothing_is_a_fault(content):
    assert [len(part) for part in (moodle_xml.read(content).drafts,
                                   moodle_xml.read(content).faults)] == [0, 1]


def test_pairs_with_true_and_false_stay_pairs_where_no_scale_is_told():
    draft = gift.read("Ghép {=Một -> Đúng\n=Hai -> Sai}".encode()).drafts[0]

    assert draft.kind == "matching"


@pytest.mark.parametrize("template, scale", [("match_correct", "whole"), ("map_response", "each")])
def test_a_table_of_qti_with_true_and_false_is_statements(template, scale):
    left = "".join(f'<simpleAssociableChoice identifier="s{n}" matchMax="1">{words}'
                   "</simpleAssociableChoice>" for n, words in enumerate(WORDS))
    body = (f'<matchInteraction responseIdentifier="RESPONSE"><simpleMatchSet>{left}'
            '</simpleMatchSet><simpleMatchSet><simpleAssociableChoice identifier="t" matchMax="4">'
            'Đúng</simpleAssociableChoice><simpleAssociableChoice identifier="f" matchMax="4">Sai'
            "</simpleAssociableChoice></simpleMatchSet></matchInteraction>")
    draft = one(item_of(declared("s0 t", "s1 f", "s2 t", "s3 f", cardinality="multiple",
                                 base="directedPair"), f"<p>Về tỉnh:</p>{body}", after=(
        f'<responseProcessing template="http://www.imsglobal.org/question/qti_v2p1/rptemplates/'
        f'{template}"/>')))

    assert (draft.kind, "".join(pair[-1] for pair in draft.right), draft.settings) == (
        "statements", "TFTF", {"scale": scale})
    assert KINDS["statements"].lacks(draft) == []
