"""GIFT in and out: what people write by hand, and what comes back as it went."""
from unicodedata import normalize

import pytest
from hypothesis import given, settings

from quizzes.questions.interchange import gift, gift_out
from quizzes.questions.interchange.draft import TRUE_FALSE
from quizzes.questions.interchange.formats import read
from tests.quizzes.interchange.drafts import drafts, sixty


def one(text):
    """The only question of a GIFT text."""
    reading = gift.read(text.encode())
    assert [str(fault.why) for fault in reading.faults] == []
    [draft] = reading.drafts
    return draft


def told(reading):
    """The lines of the faults."""
    return [fault.line for fault in reading.faults]


def options(draft):
    """The words of the options with their share."""
    return [(option["key"], option["vi"], option.get("share")) for option in draft.options]


@settings(max_examples=20, deadline=None)
@given(drafts("single", "multiple", "truefalse", "statements", "short", "number", "matching",
              "ordering", "essay", "description"))
def test_what_is_written_is_read_again_the_same(written):
    reading = gift.read(gift_out.write(written).content)

    assert reading.faults == ()
    assert list(reading.drafts) == written


def test_the_sixty_questions_come_back_the_same(app):
    with app.app_context():
        written = gift_out.write(sixty())
        reading = gift.read(written.content)

        assert (list(reading.drafts), reading.faults, reading.notes) == (sixty(), (), ())
        assert {str(fault.at) for fault in written.lost} == {
            draft.key for draft in sixty() if draft.kind == "multiple"}


def test_a_question_with_one_right_answer():
    draft = one("::Q1:: Thủ đô của Việt Nam? {\n=Hà Nội #Đúng rồi\n~Huế #Không\n~Đà Nẵng\n}")

    assert (draft.kind, draft.key, draft.stem_vi, draft.right, draft.settings) == (
        "single", "Q1", "Thủ đô của Việt Nam?", ["A"], {})
    assert options(draft) == [("A", "Hà Nội", None), ("B", "Huế", None), ("C", "Đà Nẵng", None)]
    assert [option.get("feedback_vi") for option in draft.options] == ["Đúng rồi", "Không", None]


def test_shares_make_several_right_answers_and_snap_to_thirds():
    draft = one("Chọn ba {~%33.3%a ~%33.333%b ~%33%c ~%-50%d}")

    assert (draft.kind, draft.right, draft.settings) == (
        "multiple", ["A", "B", "C"], {"partial": True})
    assert [option.get("share") for option in draft.options] == [
        "33.33333", "33.33333", "33.33333", "-50"]


def test_equal_shares_go_without_saying():
    draft = one("Chọn hai {~%50%a ~%50%b ~%-50%c ~%-50%d}")

    assert [option.get("share") for option in draft.options] == [None] * 4


def test_several_numbers_of_which_one_counts_in_part(app):
    reading = gift.read("Bao nhiêu? {# =3:0.1 =%50%4:0.5}".encode())

    assert [(d.right, d.settings) for d in reading.drafts] == [
        (["3", "4"], {"tolerance": "0.1", "shares": {"4": "50"}})]
    assert len(reading.notes) == 1


def test_a_single_answer_without_its_sign_and_what_is_said_to_all_others():
    reading = gift.read("Số 1 viết là {Một}\n\nTừ 1 đến 5? {#3:2~#Sai rồi}".encode())

    assert [(d.kind, d.right) for d in reading.drafts] == [("short", ["Một"]), ("number", ["3"])]
    assert (reading.faults, len(reading.notes)) == ((), 1)


def test_part_of_the_mark_for_a_single_answer():
    draft = one("Gần đúng? {=a ~%50%b ~c}")

    assert (draft.kind, draft.right, draft.settings) == ("single", ["A"], {"partial": True})
    assert options(draft) == [("A", "a", None), ("B", "b", "50"), ("C", "c", None)]


@pytest.mark.parametrize("written, right", [
    ("T", "T"), ("TRUE", "T"), ("true", "T"), ("F", "F"), ("FALSE", "F")])
def test_true_or_false(written, right):
    draft = one(f"Trái đất tròn. {{{written}}}")

    assert (draft.kind, draft.right, draft.options) == ("truefalse", [right], list(TRUE_FALSE))


def test_what_is_said_to_true_and_to_false():
    draft = one("Trái đất phẳng. {F#Sai rồi.#Đúng rồi.####Trái đất tròn.}")

    assert [option["feedback_vi"] for option in draft.options] == ["Sai rồi.", "Đúng rồi."]
    assert draft.explanation_vi == "Trái đất tròn."


@pytest.mark.parametrize("written, right, tolerance", [
    ("#1945", "1945", None), ("#3.14:0.01", "3.14", "0.01"), ("#1..5", "3", "2"),
    ("#=12,5:0,5", "12.5", "0.5"), ("#-5:0", "-5", None)])
def test_a_number_is_read_with_how_far_it_may_be_off(written, right, tolerance):
    draft = one(f"Bao nhiêu? {{{written}}}")

    assert (draft.kind, draft.right, draft.settings.get("tolerance")) == (
        "number", [right], tolerance)


def test_pairs_with_one_that_belongs_to_nothing():
    draft = one("Ghép {=Lào -> Viêng Chăn =Thái Lan -> Băng Cốc = -> Phnôm Pênh}")

    assert draft.kind == "matching"
    assert [option["vi"] for option in draft.options] == ["Lào", "Thái Lan"]
    assert [match["vi"] for match in draft.matches] == ["Băng Cốc", "Phnôm Pênh", "Viêng Chăn"]
    assert draft.right == ["1=c", "2=a"]


def test_accepted_texts_an_essay_and_words_alone():
    reading = gift.read("Số luật? {=126/2025/QH15 =%50%126}\n\nViết đoạn văn. {}\n\nĐọc đoạn sau."
                        .encode())

    assert [(d.kind, d.right, d.settings) for d in reading.drafts] == [
        ("short", ["126/2025/QH15", "126"], {"shares": {"126": "50"}}), ("essay", [], {}),
        ("description", [], {})]


def test_words_behind_the_answers_make_a_gap():
    assert one("Nước sôi ở {=100 ~90} độ C.").stem_vi == "Nước sôi ở _____ độ C."


def test_escaped_signs_are_signs():
    draft = one(r"Trong JSON\: \{\} là gì \= \~ \# \\ ? {=một\nhai ~\{\}}")

    assert draft.stem_vi == r"Trong JSON: {} là gì = ~ # \ ?"
    assert [option["vi"] for option in draft.options] == ["một\nhai", "{}"]


def test_categories_comments_and_their_tags():
    reading = gift.read("$CATEGORY: $course$/top/Luật/Báo chí\n\n// [id:L-1] [tag:khó] ghi chú\n"
                        "Câu một {T}\n\n$CATEGORY: Khác\nCâu hai {F}".encode())

    assert [(d.category, d.key, d.tags, d.line) for d in reading.drafts] == [
        ("Luật/Báo chí", "L-1", ("khó",), 4), ("Khác", "", (), 7)]


def test_html_is_made_safe_and_two_languages_are_parted():
    draft = one('[html]<span class\\="multilang" lang\\="vi">Một <b>hai</b><script>x()</script>'
                '</span><span class\\="multilang" lang\\="en">One</span> {T}')

    assert (draft.stem_vi, draft.stem_en) == ("Một <strong>hai</strong>", "One")


@pytest.mark.parametrize("text, line", [
    ("Câu tốt {T}\n\nCâu hỏng {\n=a\n~b\n\nCâu tốt {F}", 3),
    ("Câu\nhỏng =a\n~b }", 3),
    ("Câu {\na\n=b}", 2),
    ("Câu {=a}{=b}", 1),
    ("Câu {\n~a\n~b\n}", 1),
    ("Câu {\n~%40%a\n~%40%b\n~c}", 1),
    ("Câu {\n=a\n~%năm mươi%b\n}", 3),
    ("Câu {=a -> b\n=c}", 2),
    ("Câu {=a -> b}", 1),
    ("Câu {\n=a\n~\n}", 3),
    ("Câu {=một ~hai\n~}", 2),
    ("\n\n{T}", 3),
    ("Câu {#năm}", 1),
    ("Câu {=a\n\n~b}\n\nCâu tốt {T}", 1),
    ("", 1),
])
def test_a_mistake_is_told_at_its_line(text, line):
    assert told(gift.read(text.encode())) == [line]


def test_the_good_questions_beside_a_mistake_are_read():
    reading = gift.read("Một {T}\n\nHai {=a\n\nBa {F}\n\nBốn {}".encode())

    assert [draft.stem_vi for draft in reading.drafts] == ["Một", "Ba", "Bốn"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1258"])
def test_vietnamese_in_every_charset(encoding):
    text = "Thủ đô của Việt Nam là gì? {=Hà Nội ~Huế}"
    if encoding == "cp1258":
        # Windows writes a letter with its roof, and the tone behind it.
        for letter in "ủệìộế":
            whole = normalize("NFD", letter)
            text = text.replace(letter, normalize("NFC", whole.replace("\u0323", "")) + "\u0323"
                                if "\u0323" in whole else normalize("NFC", whole[:-1]) + whole[-1])

    reading = gift.read(text.encode(encoding))

    assert [(d.stem_vi, d.options[0]["vi"]) for d in reading.drafts] == [
        ("Thủ đô của Việt Nam là gì?", "Hà Nội")]


def test_western_words_that_are_not_vietnamese():
    reading = gift.read("Où est le “musée”? São Paulo? {T}".encode("cp1252"))

    assert reading.drafts[0].stem_vi == "Où est le “musée”? São Paulo?"


def test_a_hundred_parted_in_whole_numbers_is_thirds():
    [draft] = gift.read("Chọn ba {~%33%a ~%33%b ~%34%c ~%-100%d}".encode()).drafts

    assert [option.get("share") for option in draft.options] == [None] * 4
    assert draft.settings == {"partial": True}


def test_an_explanation_behind_the_brace_is_a_fault():
    faults = gift.read("Một? {\n=a ~b\n} #### vì thế".encode()).faults

    assert [fault.line for fault in faults] == [3]


@pytest.mark.parametrize("text", ["{#1822:0 =%50%1822:2}", "{#=1822:0 =%50%1822:2}",
                                  "{#=%50%1822:2 =1822:0}"])
def test_a_number_that_counts_fully_counts_so_whatever_is_near_it(text):
    draft = one(f"Năm nào? {text}")

    assert (draft.right, draft.settings) == (["1822"], {})


def test_an_answer_that_earns_nothing_is_not_accepted():
    reading = gift.read("Thủ đô? {=Hà Nội =%0%Huế}".encode())

    assert ([draft.right for draft in reading.drafts], len(reading.notes)) == ([["Hà Nội"]], 1)


def test_a_star_that_stands_for_anything_elsewhere_is_told():
    [note] = gift.read("Thủ đô? {=Hà *}".encode()).notes
    itself = gift.read("Dấu nhân? {=\\\\*}".encode())

    assert (note.line, itself.drafts[0].right, itself.notes) == (1, ["*"], ())


@pytest.mark.parametrize("torn", [b"\xff", b"\xc3", b"\xe1\xba"])
def test_a_damaged_letter_is_named_by_its_line_and_nothing_is_read_as_another_charset(torn):
    content = "Câu hỏi số một?\n{T}\n\nThủ đô của Việt Nam".encode() + torn + b"? {F}"

    for reading in (gift.read(content), read(content)[1]):
        assert (reading.drafts, told(reading)) == ((), [4])


def test_the_beginning_of_a_file_may_end_within_a_letter():
    for length in range(4):
        content = ("x" * length + "ệ" * 3000 + "? {T}").encode()
        assert read(content)[0] == "gift"
