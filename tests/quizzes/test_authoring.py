"""Writing questions and setting quizzes."""
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from wtforms.validators import ValidationError

from lms.kernel.db import db
from lms.kernel.errors import Refusal

from courses.catalogue.actions import add_step, draft, publish
from courses.catalogue.queries import draft_version, published_version, steps_of
from quizzes.attempts.actions import start
from quizzes.papers.actions import set_quiz
from quizzes.papers.queries import askable
from quizzes.questions.actions import (
    bring_back_question,
    retire_question,
    reword_question,
    write_question,
)
from quizzes.questions.kinds import KINDS, right_answer
from quizzes.questions.lines import READERS
from quizzes.questions.queries import newest_versions, questions_of
from tests.courses.books import traces
from tests.statements import counted

RULES = {"draw": None, "shuffle": False, "pass_mark": 60, "attempts_allowed": 3,
         "time_limit": None}
WORDING = {"stem_vi": "Ai ký giấy chứng nhận?", "options": [], "right": ["Giám đốc"]}
#: A word of an option: nothing in it means something in a line, and cleaning leaves it.
WORD = st.text(st.sampled_from("abcđêơư ÁẾ19.,?*"), min_size=1, max_size=12).map(
    lambda text: " ".join(text.split()).lstrip("* ")).filter(bool)
OPTION = st.tuples(WORD, st.one_of(st.just(""), WORD)).map(
    lambda both: f"{both[0]} | {both[1]}" if both[1] else both[0])


def version(kind, lines):
    """The question the author's ``lines`` make."""
    options, matches, right = READERS[kind](lines)
    return SimpleNamespace(options=options, matches=matches, right=right)


@pytest.mark.parametrize("typed, right", [
    (["*Đúng"], "T"), (["*Sai"], "F"), (["* đúng", "sai"], "T"), (["True", "*False"], "F"),
    (["*Đúng | True", "Sai | False"], "T")])
def test_true_or_false_is_read_in_either_language(typed, right):
    assert version("truefalse", typed).right == [right]


@given(st.sampled_from(("single", "multiple", "ordering", "short")),
       st.lists(OPTION, min_size=2, max_size=9), st.integers(0, 8))
def test_any_lines_give_a_question_that_can_be_asked(kind, options, place):
    lines = list(options)
    if kind in ("single", "multiple"):
        lines[place % len(lines)] = f"*{lines[place % len(lines)]}"
    written = version(kind, lines)

    right = right_answer(kind, written)
    assert KINDS[kind].lacks(written) == []
    assert KINDS[kind].mark(written, right[:1] if kind == "short" else right) == 1


@pytest.mark.slow
@given(st.lists(st.tuples(OPTION, OPTION), min_size=2, max_size=9))
def test_any_pairs_give_a_question_that_can_be_asked(pairs):
    written = version("matching", [f"{left} = {right}" for left, right in pairs])

    assert KINDS["matching"].lacks(written) == []
    assert KINDS["matching"].mark(written, written.right) == 1


@pytest.mark.parametrize("kind, lines, words", [
    ("single", [], "hai đến 26"), ("single", ["*Có"], "hai đến 26"),
    ("single", ["Có", "Không"], "đúng một"), ("single", ["*Có", "*Không"], "đúng một"),
    ("single", ["*", "Không"], "chưa có chữ"), ("multiple", ["*Có", " | No"], "chưa có chữ"),
    ("multiple", ["Có", "Không"], r"\*"), ("truefalse", ["Đúng"], r"\*Đúng"),
    ("truefalse", ["*Đúng", "*Sai"], r"\*Đúng"), ("truefalse", ["*Có thể"], r"\*Đúng"),
    ("short", [], "ít nhất một"), ("short", ["*"], "ít nhất một"),
    ("ordering", ["Viết"], "hai đến 26"), ("ordering", ["Viết", "|"], "chưa có chữ"),
    ("matching", ["Tin = nhanh"], "hai đến 26 cặp"), ("matching", ["Tin", "Bài"], "cặp"),
    ("matching", ["Tin = ", "Bài = sâu"], "cặp"),
    ("matching", ["| = x", "Bài = sâu"], "chưa có chữ"),
    ("single", [f"{n}" for n in range(27)], "26"), ("matching", ["a = b"] * 27, "26"),
])
def test_lines_that_make_no_question_are_refused_with_what_to_do(world, kind, lines, words):
    with pytest.raises(ValidationError, match=words):
        READERS[kind](lines)


def test_a_question_gets_the_next_key_of_its_course_and_a_first_version(world):
    question = write_question(world.press_law, "short", WORDING, by=world.minh)

    assert (question.key, question.kind) == ("PRESS-005", "short")
    assert [(v.number, v.stem_vi, v.right) for v in question.versions] == [
        (1, "Ai ký giấy chứng nhận?", ["Giám đốc"])]
    assert traces()[-1] == "question written"


def test_a_question_reworded_has_a_new_version_and_keeps_the_old(world):
    reword_question(world.first_question, {"stem_vi": "Khác?", "right": ["B"]}, by=world.minh)

    assert [(v.number, v.stem_vi) for v in world.first_question.versions] == [
        (1, "Phóng viên có được bảo vệ nguồn tin không?"), (2, "Khác?")]
    assert traces()[-1] == "question reworded"


def test_a_question_saved_unchanged_has_no_new_version(world):
    newest = world.first_question.versions[-1]

    kept = reword_question(world.first_question, {
        "stem_vi": newest.stem_vi, "right": newest.right}, by=world.minh)

    assert kept == newest
    assert traces()[-1] != "question reworded"


def test_a_question_is_retired_and_brought_back(world):
    retire_question(world.first_question, by=world.minh)
    assert len(askable(world.law_quiz)) == 3

    bring_back_question(world.first_question, by=world.minh)

    assert len(askable(world.law_quiz)) == 4
    assert traces()[-2:] == ["question retired", "question brought back"]


def test_a_quiz_asks_the_questions_in_the_order_given(world):
    published, quiz = world.law_quiz, in_draft(world)
    ids = [item.question_id for item in askable(quiz)]

    set_quiz(quiz, RULES, [ids[2], ids[0]], by=world.minh)

    assert [item.question_id for item in askable(quiz)] == [ids[2], ids[0]]
    assert (quiz.pass_mark, quiz.attempts_allowed, quiz.time_limit) == (60, 3, None)
    assert [item.question_id for item in askable(published)] == ids


def test_a_question_keeps_its_points_when_the_quiz_is_set_anew(world):
    quiz = in_draft(world)
    quiz.items[1].points = 5
    ids = [item.question_id for item in quiz.items]

    set_quiz(quiz, RULES, ids, by=world.minh)

    assert [item.points for item in askable(quiz)] == [1, 5, 1, 1]


def in_draft(world):
    """The quiz of press law as it stands in a new draft."""
    return next(step for step in steps_of(draft(world.press_law, by=world.minh))
                if step.kind == "quiz")


def test_a_draw_of_more_than_there_is_is_refused(world):
    quiz = in_draft(world)
    ids = [item.question_id for item in quiz.items]

    with pytest.raises(Refusal, match="10 câu.*4"):
        set_quiz(quiz, {**RULES, "draw": 10}, ids, by=world.minh)


def test_the_rules_of_a_published_quiz_do_not_change(world):
    ids = [item.question_id for item in world.law_quiz.items]

    with pytest.raises(Refusal, match="đã công bố"):
        set_quiz(world.law_quiz, RULES, ids, by=world.minh)


def test_a_quiz_without_questions_is_not_published(world):
    add_step(draft(world.press_law, by=world.minh), "quiz", {"title_vi": "Trống", "minutes": 5},
             by=world.minh)

    with pytest.raises(Refusal, match="Trống"):
        publish(world.press_law, "", False, by=world.minh)


def test_an_author_writes_a_question_and_a_quiz_that_a_trainee_then_takes(world, browse):
    minh, key = browse(world.minh), world.press_law.id
    minh.follow(minh.post(f"/quizzes/courses/{key}/questions/new", {
        "kind": "single", "stem_vi": "Ai ký?", "lines": "*Giám đốc\nNhân viên",
        "basis": "Nghị định 30"}))
    form = minh.get(f"/quizzes/courses/{key}/new")
    chosen = [box["value"] for box in form.all("input") if box.get("name") == "questions"]

    page = minh.follow(minh.post(f"/quizzes/courses/{key}/new", {
        "title_vi": "Kiểm tra thêm", "minutes": "5", "pass_mark": "50", "attempts_allowed": "1",
        "questions": chosen[-1]}))

    assert "Đã thêm “Kiểm tra thêm”." in page.text
    quiz = steps_of(draft_version(world.press_law))[-1]
    publish(world.press_law, "", False, by=world.minh)
    assert quiz in steps_of(published_version(world.press_law))
    assert len(start(quiz, by=world.hoa).paper) == 1


def test_a_question_is_reworded_on_its_page(world, browse):
    minh, address = browse(world.minh), f"/quizzes/questions/{world.first_question.id}"
    form = minh.get(address)
    assert ">Có</textarea>" in form.response.text

    bank = minh.follow(minh.post(address, {
        "stem_vi": "Nguồn tin có được bảo vệ không?", "o-1-vi": "Có", "o-1-en": "Yes",
        "o-2-vi": "Không", "right": "1", "difficulty": "3", "status": "reviewed"}))

    assert "Nguồn tin có được bảo vệ không?" in bank.text
    assert "P1, phiên bản 2" in bank.text
    assert (world.first_question.difficulty, world.first_question.status) == (3, "reviewed")
    assert world.first_question.versions[-1].options == [
        {"key": "A", "vi": "Có", "en": "Yes"}, {"key": "B", "vi": "Không", "en": ""}]


def test_a_question_that_cannot_be_answered_comes_back_with_what_to_do(world, browse):
    form = browse(world.minh).post(f"/quizzes/courses/{world.press_law.id}/questions/new", {
        "kind": "single", "stem_vi": "Ai ký?", "lines": "Giám đốc\nNhân viên"}, status=200)

    assert "Đánh dấu đúng một" in form.text
    assert "Giám đốc Nhân viên" in form.text


def test_a_published_quiz_is_not_changed_through_its_page(world, browse):
    refusal = browse(world.minh).post(f"/quizzes/{world.law_quiz.id}/edit", {
        "title_vi": "Khác", "minutes": "5", "pass_mark": "50", "attempts_allowed": "1"}, status=409)

    assert "đã công bố" in refusal.text
    assert world.law_quiz.title_vi == "Kiểm tra"


def test_the_bank_finds_a_question_without_marks(world, browse):
    found = browse(world.minh).get(f"/quizzes/courses/{world.press_law.id}/questions?q=nguon tin")

    assert "Phóng viên có được bảo vệ nguồn tin không?" in found.text
    assert "Chọn các nguyên tắc tác nghiệp." not in found.text


def test_a_retired_question_says_so_in_the_bank(world, browse):
    minh = browse(world.minh)

    bank = minh.follow(minh.post(f"/quizzes/questions/{world.first_question.id}/retirement"))

    assert "P1, phiên bản 1 ngừng dùng" in bank.text


@pytest.mark.slow
def test_the_bank_costs_as_many_statements_for_four_questions_as_for_sixty(world, browse):
    minh, address = browse(world.minh), f"/quizzes/courses/{world.press_law.id}/questions"
    minh.get(address)
    with counted() as for_few:
        minh.get(address)
    for _n in range(60):
        write_question(world.press_law, "short", WORDING, by=world.minh)
    db.session.commit()

    with counted() as for_many:
        minh.get(address)

    assert len(for_many) == len(for_few)
    assert len(newest_versions([q.id for q, _v in questions_of(world.press_law)])) == 64
