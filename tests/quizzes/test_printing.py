"""Printed papers: their letters, their answers as they are written down, and the files."""
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lms.kernel.errors import Refusal

from quizzes.papers.actions import make_papers
from quizzes.papers.drawing import Asked, Heading, Paper, draw_key, draw_papers
from quizzes.papers.lettering import Unreadable, key_of, plain, printed, read_typed, typed
from quizzes.questions.kinds import KINDS, right_answer
from quizzes.questions.queries import versions_of
from tests.courses.books import traces
from tests.pdf import texts
from tests.quizzes.questions import question

HEAD = Heading("Sở Văn hóa", "Kiểm tra", "Luật Báo chí", "Lớp tháng 12", 30)
SINGLE, SEVERAL = question("ABCD", ["B"]), question("ABCD", ["A", "D"])
ORDER = question("ABC", ["C", "A", "B"])
PAIRS = question("12", ["1=b", "2=a"], "abc")


@pytest.mark.parametrize("kind, version, order, text, answer", [
    ("single", SINGLE, ["C", "B", "A", "D"], "b", ["B"]),
    ("single", SINGLE, ["C", "B", "A", "D"], " C. ", ["A"]),
    ("single", SINGLE, ["C", "B", "A", "D"], "", []),
    ("single", SINGLE, ["C", "B", "A", "D"], "-", []),
    ("multiple", SEVERAL, ["D", "C", "B", "A"], "a,d", ["A", "D"]),
    ("ordering", ORDER, ["A", "B", "C"], "CAB", ["C=1", "A=2", "B=3"]),
    ("matching", PAIRS, ["2", "1"], "A-", ["2=a"]),
    ("matching", PAIRS, ["2", "1"], "1a 2b", ["2=a", "1=b"]),
    ("short", question(right=["126"]), [], "Luật 126", ["Luật 126"])])
def test_what_is_written_on_paper_is_read_by_the_letters_of_that_paper(
        kind, version, order, text, answer):
    assert read_typed(kind, version, order, text) == answer


@pytest.mark.parametrize("kind, version, order, text, code", [
    ("single", SINGLE, list("ABCD"), "E", "letter"),
    ("single", SINGLE, list("ABCD"), "AB", "many"),
    ("single", SINGLE, list("ABCD"), "1", "letter"),
    ("multiple", SEVERAL, list("ABCD"), "AA", "twice"),
    ("ordering", ORDER, list("ABC"), "AAB", "twice"),
    ("matching", PAIRS, ["1", "2"], "ABC", "many"), ("matching", PAIRS, ["1", "2"], "D", "letter")])
def test_what_is_no_answer_on_that_paper_is_told(kind, version, order, text, code):
    with pytest.raises(Unreadable) as fault:
        read_typed(kind, version, order, text)

    assert fault.value.code == code


@settings(max_examples=30, deadline=None)
@given(st.sampled_from((("single", SINGLE), ("multiple", SEVERAL), ("ordering", ORDER),
                        ("matching", PAIRS))), st.randoms())
def test_the_key_of_a_paper_read_back_earns_everything(asked, lots):
    kind, version = asked
    order = [option["key"] for option in version.options]
    lots.shuffle(order)

    answer = read_typed(kind, version, order, key_of(kind, version, order))

    assert KINDS[kind].mark(version, answer) == 1
    assert typed(kind, version, order, answer) == key_of(kind, version, order)
    assert sorted(answer) == sorted(right_answer(kind, version))


def test_a_question_is_printed_with_letters_in_the_order_of_its_paper():
    shown = printed("single", question("ABC", ["B"], stem_vi="<p>Ai <b>ký</b>?</p>"),
                    ["C", "A", "B"])

    assert shown.stem == "Ai ký?"
    assert shown.options == (("A", "Ý C"), ("B", "Ý A"), ("C", "Ý B"))
    assert printed("matching", question("12", [], "ab", stem_vi="x"), ["2", "1"]).options == (
        ("1", "Ý 2"), ("2", "Ý 1"))
    assert plain("<p>A &amp; B</p>") == "A & B"


def text_of(content):
    """All the words of a PDF."""
    return " ".join(texts(content))


def paper(count):
    """A paper of so many questions of every shape."""
    shapes = (Asked("one", "Câu ngắn?", tuple(zip("ABCD", "1234", strict=True)), (), "", "B"),
              Asked("words", "Viết tên tắt. " * 20, (), (), "", "CEDAW"),
              Asked("pairs", "Ghép.", (("1", "x " * 60), ("2", "y")), (("A", "z"), ("B", "t")),
                    "Phần 2. Ghép", "AB"),
              Asked("several", "Chọn?", tuple((letter, "dài " * 40) for letter in "ABCDE"), (), "",
                    "ACE"))
    return tuple(shapes[n % 4] for n in range(count))


@pytest.mark.slow
@pytest.mark.parametrize("count", [1, 26, 60, 120])
def test_papers_of_any_length_hold_every_question_once(count):
    text = text_of(draw_papers(HEAD, [Paper("A", paper(count)), Paper("B", paper(count))]))

    assert text.count("PHIẾU TRẢ LỜI") == 2
    assert [text.count(f"Câu {count}."), text.count("– Hết –")] == [2, 2]
    assert text.count("Mã đề: B") == 2


@pytest.mark.slow
def test_the_key_has_a_column_for_each_version_and_equal_papers_give_equal_bytes():
    papers = [Paper(letter, paper(60)) for letter in "ABCD"]

    text = text_of(draw_key(HEAD, papers))

    assert text.count("CEDAW") == 60
    assert "Mã đề D" in text
    assert draw_papers(HEAD, papers) == draw_papers(HEAD, papers)


def test_a_set_asks_the_same_in_every_version_and_is_printed_the_same_again(world, browse):
    minh, address = browse(world.minh), f"/quizzes/{world.law_quiz.id}/papers"

    page = minh.follow(minh.post(address, {"letters": "4", "label": "Lớp 2"}))

    assert "Lớp 2 Mã đề A, B, C, D Triệu Văn Minh" in page.text
    assert traces()[-1] == "papers made"
    url = f"/quizzes/papers/{world.paper_set.id}.pdf"
    assert minh.client.get(url).data == minh.client.get(url).data
    versions = [sorted(item["version"] for item in world.paper_set.papers[letter])
                for letter in "AB"]
    assert versions[0] == versions[1]
    text = text_of(minh.client.get(url).data)
    assert "SỞ VĂN HÓA" in text
    assert "Lớp tháng 12" in text
    key = text_of(minh.client.get(f"/quizzes/papers/{world.paper_set.id}-key.pdf").data)
    assert "126/2025/QH15" in key


def test_the_key_of_each_paper_of_a_set_is_right(world):
    made = make_papers(world.law_quiz, 4, "", by=world.minh)
    versions = versions_of({item["version"] for item in made.papers["A"]})

    for letter in "ABCD":
        for item in made.papers[letter]:
            kind, version = versions[item["version"]]
            answer = read_typed(kind, version, item["options"],
                                key_of(kind, version, item["options"]))
            assert KINDS[kind].mark(version, answer) == 1


def test_a_question_that_cannot_be_answered_on_paper_is_named(world):
    world.first_question.kind = "hotspot"

    with pytest.raises(Refusal, match="P1"):
        make_papers(world.law_quiz, 2, "", by=world.minh)


def test_shuffling_a_paper_keeps_its_parts_together(world):
    world.law_quiz.sections = [{"title_vi": "Một", "title_en": "", "pass_mark": None},
                               {"title_vi": "Hai", "title_en": "", "pass_mark": None}]
    for item in world.law_quiz.items[2:]:
        item.section = 1

    made = make_papers(world.law_quiz, 4, "", by=world.minh)

    assert [[item["section"] for item in paper] for paper in made.papers.values()] == [
        [0, 0, 1, 1]] * 4
