"""Printed papers: their letters, their answers as they are written down, and the files."""
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image as Picture
from pypdf import PdfReader
from reportlab.lib.pagesizes import A4

from lms.kernel.errors import Refusal

from courses.catalogue.actions import keep_picture
from courses.catalogue.html import figure
from quizzes.papers.actions import make_papers
from quizzes.papers.contents import Asked, Heading, Image, Paper
from quizzes.papers.drawing import BOTTOM, LEFT, RIGHT, TOP, draw_papers
from quizzes.papers.key_drawing import draw_key
from quizzes.papers.lettering import Unreadable, key_of, plain, printed, read_typed, typed
from quizzes.papers.printing import key_to, papers_of
from quizzes.questions.kinds import KINDS, right_answer
from quizzes.questions.queries import versions_of
from tests.courses.books import traces
from tests.pdf import pages, texts
from tests.quizzes.questions import judged, question

HEAD = Heading("Sở Văn hóa", "Kiểm tra", "Luật Báo chí", "Lớp tháng 12", 30)
SINGLE, SEVERAL = question("ABCD", ["B"]), question("ABCD", ["A", "D"])
ORDER = question("ABC", ["C", "A", "B"])
PAIRS = question("12", ["1=b", "2=a"], "abc")
FOUR = judged("TFTF", "official")


@pytest.mark.parametrize("kind, version, order, text, answer", [
    ("single", SINGLE, ["C", "B", "A", "D"], "b", ["B"]),
    ("single", SINGLE, ["C", "B", "A", "D"], " C. ", ["A"]),
    ("single", SINGLE, ["C", "B", "A", "D"], "", []),
    ("single", SINGLE, ["C", "B", "A", "D"], "-", []),
    ("multiple", SEVERAL, ["D", "C", "B", "A"], "a,d", ["A", "D"]),
    ("ordering", ORDER, ["A", "B", "C"], "CAB", ["C=1", "A=2", "B=3"]),
    ("matching", PAIRS, ["2", "1"], "A-", ["2=a"]),
    ("matching", PAIRS, ["2", "1"], "1a 2b", ["2=a", "1=b"]),
    ("statements", FOUR, list("BADC"), "ĐS-Đ", ["B=T", "A=F", "C=T"]),
    ("statements", FOUR, list("ABCD"), "đ, s; D f", ["A=T", "B=F", "C=T", "D=F"]),
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
    ("matching", PAIRS, ["1", "2"], "ABC", "many"), ("matching", PAIRS, ["1", "2"], "D", "letter"),
    ("statements", FOUR, list("ABCD"), "ĐSSĐĐ", "many"),
    ("statements", FOUR, list("ABCD"), "ABCD", "truth")])
def test_what_is_no_answer_on_that_paper_is_told(kind, version, order, text, code):
    with pytest.raises(Unreadable) as fault:
        read_typed(kind, version, order, text)

    assert fault.value.code == code


@settings(max_examples=30, deadline=None)
@given(st.sampled_from((("single", SINGLE), ("multiple", SEVERAL), ("ordering", ORDER),
                        ("matching", PAIRS), ("statements", FOUR))), st.randoms())
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
                    "ACE"),
              Asked("judged", "Về tỉnh:", tuple((letter, "ý " * 9) for letter in "abcd"), (), "",
                    "ĐSSĐ"))
    return tuple(shapes[n % 5] for n in range(count))


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

    assert text.count("CEDAW") == 48
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
    world.first_question.kind = "essay"

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


def picture(width, height, ink="grey"):
    """An Image of one ink."""
    buffer = BytesIO()
    Picture.new("RGB", (width, height), ink).save(buffer, "JPEG")
    return Image(buffer.getvalue(), width, height)


def placed(content):
    """Where pictures stand on each page: (left, base, width, height) in points."""
    found = []
    for page in PdfReader(BytesIO(content)).pages:
        here = []

        def note(operator, _operands, matrix, _text, here=here):
            if operator == b"Do":
                wide, _a, _b, high, x, y = matrix
                here.append((x, y, wide, high))

        page.extract_text(visitor_operand_before=note)
        found.append(here)
    return found


WIDE, TALL, SMALL = picture(1200, 400), picture(600, 1800, "black"), picture(120, 90, "white")
FOUR = (("A", "Một"), ("B", ""), ("C", "Ba"), ("D", ""))
PICTURED = (
    Asked("one", "Xem hình.", FOUR, (), "", "A", (("", WIDE),), 1),
    Asked("one", "Hình nào?", FOUR, (), "", "B",
          (("A", WIDE), ("B", TALL), ("C", SMALL), ("D", WIDE)), 2),
    Asked("pairs", "Ghép.", (("1", ""), ("2", "x")), (("A", "z"), ("B", "")), "", "BA",
          (("1", TALL), ("B", SMALL)), 3),
    Asked("words", "Viết tên.", (), (), "", "126", (("", TALL), ("", SMALL)), 4))


@pytest.mark.parametrize("count", range(6))
def test_pictures_are_printed_whole_in_proportion_and_on_the_page(count):
    """Whatever stands before them, nothing of a picture is cut, and none covers another."""
    questions = (*paper(count), *PICTURED, *PICTURED)

    sheets = placed(draw_papers(HEAD, [Paper("A", questions)]))

    every = [one for page in sheets for one in page]
    assert len(every) == 2 * 9
    assert sorted({round(wide / high, 2) for _x, _y, wide, high in every}) == [0.33, 1.33, 3.0]
    for page in sheets:
        for x, y, wide, high in page:
            assert LEFT <= x < x + wide <= A4[0] - RIGHT + 0.01
            assert BOTTOM - 2 <= y < y + high <= A4[1] - TOP + 12
            assert [one for one in page if one[0] < x + wide and x < one[0] + one[2]
                    and one[1] < y + high and y < one[1] + one[3]] == [(x, y, wide, high)]


def test_the_key_shows_the_pictures_small_with_where_they_stand_in_each_version():
    papers = [Paper("A", PICTURED), Paper("B", PICTURED[::-1])]

    content = draw_key(HEAD, papers)

    assert "A: câu 1; B: câu 4." in text_of(content)
    assert sum(map(len, placed(content))) == 9
    assert max(high for page in placed(content) for *_rest, high in page) < 80


def test_a_picture_of_a_question_is_printed_and_one_that_is_gone_leaves_its_words(world):
    """Of the first question its stem and its first option show a picture."""
    buffer = BytesIO()
    Picture.new("RGB", (300, 200), "red").save(buffer, "PNG")
    buffer.seek(0)
    kept = keep_picture(world.press_law, buffer, "Biển báo", by=world.minh)
    shown = figure(f"/files/{kept.file_id}/hinh.webp", "Biển báo", 300, 200)
    version = world.first_question.versions[-1]
    version.stem_vi = f"<p>Xem hình:</p>{shown}"
    version.options = [{**version.options[0], "vi": f"<p>Như hình</p>{shown}"},
                       *version.options[1:]]
    made = make_papers(world.law_quiz, 2, "", by=world.minh)

    content = papers_of(made)

    assert (sum(map(len, placed(content))), text_of(content).count("Biển báo")) == (4, 0)
    assert sum(map(len, placed(key_to(made)))) == 2
    kept.file.path.unlink()
    assert (sum(map(len, placed(papers_of(made)))),
            text_of(papers_of(made)).count("[Biển báo]")) == (0, 4)


def test_options_that_are_short_enough_stand_in_one_line():
    asked = Asked("one", "Chọn?", (("A", "Human (con người)"), ("B", "How (như thế nào)"),
                                   ("C", "Headline (tiêu đề)"), ("D", "History (lịch sử)")), (), "",
                  "B")

    lines = [line for page in pages(draw_papers(HEAD, [Paper("A", (asked,))])) for line in page]

    options = [line for line in lines if line.text[:2] in ("A.", "B.", "C.", "D.")]
    assert [line.text for line in options] == [
        "A. Human (con người)", "B. How (như thế nào)", "C. Headline (tiêu đề)",
        "D. History (lịch sử)"]
    assert len({line.base for line in options}) == 1
