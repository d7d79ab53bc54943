"""Questions of the bank are found, changed together, suspected of being double, held back."""
from datetime import date
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lms.kernel.db import db
from lms.kernel.errors import Refusal

from quizzes.papers.queries import askable
from quizzes.questions.actions import (
    hold_back,
    place_questions,
    review_question,
    reword_question,
    write_question,
)
from quizzes.questions.alike import alike, likeness
from quizzes.questions.models import Question
from quizzes.questions.queries import (
    Wanted,
    alike_in,
    categories_of,
    like_it,
    pairs_shown,
    questions_of,
    resting_on,
    rows_of,
    tags_used,
    to_review,
    wanted_of,
)
from tests.courses.books import traces
from tests.statements import counted


def test_the_bank_is_narrowed_by_each_of_its_columns(world):
    questions = [question for question, _version in questions_of(world.press_law)]
    place_questions(questions[:2], {"category": "Luật / Nguồn tin", "tags": ["Báo chí"],
                                    "difficulty": 3, "status": "draft"}, by=world.minh)
    place_questions(questions[2:3], {"category": "Luật báo", "tags": ["Báo"]}, by=world.minh)

    def keys(**wanted):
        return [question.key for question, _v in rows_of(wanted_of(
            world.press_law, Wanted(**wanted)))]

    assert keys(category="Luật") == keys(tag="Báo chí") == keys(difficulty=3) == ["P1", "P2"]
    assert keys(state="draft") == ["P1", "P2"]
    assert keys(kind="short") == keys(words="bao chi mang so") == keys(words="p4") == ["P4"]
    assert keys(words="100%") == keys(state="retired") == []
    assert categories_of(world.press_law) == ["Luật", "Luật / Nguồn tin", "Luật báo"]
    assert tags_used(world.press_law) == ["Báo", "Báo chí"]


def test_questions_ticked_are_changed_together_and_tags_are_added(world, browse):
    minh, url = browse(world.minh), f"/quizzes/courses/{world.press_law.id}/questions"
    ids = [question.id for question, _version in questions_of(world.press_law)]
    world.first_question.tags = ["cũ"]

    bank = minh.follow(minh.post(f"{url}/changes", {
        "question": [str(key) for key in ids[:2]], "category": "Luật/ Nguồn tin",
        "tags": "mới, cũ", "difficulty": "1", "status": ""}))
    nothing = minh.post(f"{url}/changes", {"question": str(ids[0])}, status=409)

    assert "Đã đổi 2 câu hỏi." in bank.text
    assert "Chưa đổi gì." in nothing.text
    assert (world.first_question.category, world.first_question.tags) == (
        "Luật / Nguồn tin", ["cũ", "mới"])
    assert [db.session.get(Question, key).difficulty for key in ids] == [1, 1, 2, 2]


@pytest.mark.parametrize("words", ["difficulty=99999999999", "difficulty=x", "state=x", "tag=%",
                                   "category=%", "kind=x", "page=99", "q=%25_"])
def test_a_list_narrowed_to_nonsense_is_a_list(world, browse, words):
    browse(world.minh).get(f"/quizzes/courses/{world.press_law.id}/questions?{words}")


def test_a_question_of_another_course_is_not_changed_along(world, browse):
    other = write_question(world.kit, "short", {"stem_vi": "Khác?", "right": ["x"]}, by=world.an)

    browse(world.minh).post(f"/quizzes/courses/{world.press_law.id}/questions/changes", {
        "question": [str(other.id), "9" * 30, "x"], "difficulty": "3"}, status=409)

    assert other.difficulty == 2


def test_questions_that_ask_the_same_are_suspected(world, browse):
    double = write_question(world.press_law, "single", {
        "stem_vi": "Phóng viên được bảo vệ nguồn tin không?", "right": ["A"],
        "options": world.first_question.versions[-1].options}, by=world.minh)

    assert [(row[0].key, row[2].key) for row in pairs_shown(alike_in(world.press_law))] == [
        ("P1", double.key)]
    assert like_it(double) == world.first_question
    page = browse(world.minh).get(f"/quizzes/courses/{world.press_law.id}/questions/alike")
    assert "1 cặp câu hỏi gần giống nhau." in page.text


def test_likeness_finds_what_comparing_all_would():
    folds = {1: "a b c d", 2: "a b c d e", 3: "x y", 4: "x y z", 5: "", 6: "q"}

    assert alike(folds) == [(1, 2, 0.8)]


@settings(deadline=None)
@given(st.lists(st.text("abcdefg ", max_size=16), max_size=9), st.sampled_from((0.5, 0.75, 1)))
def test_each_question_stands_with_the_likest_that_is_no_longer_than_it(stems, least):
    folds = dict(enumerate(" ".join(stem) for stem in stems))
    size = {key: len(set(fold.split())) for key, fold in folds.items()}
    order = sorted(folds, key=lambda key: (size[key], key))

    expected = [max(shares) for place, key in enumerate(order) if (shares := [
        share for other in order[:place] if size[other]
        and (share := likeness(folds[key], folds[other])) >= least])]
    found = alike(folds, least)

    assert [share for *_pair, share in found] == pytest.approx(sorted(expected, reverse=True))
    assert [share for *_pair, share in found] == pytest.approx(
        [likeness(folds[one], folds[other]) for one, other, _share in found])


def test_among_two_thousand_questions_the_hundred_alike_are_found():
    chance = Random(5)
    words = [f"từ{n}" for n in range(900)]
    folds = {n: " ".join(chance.choices(words, k=chance.randint(8, 20)) + ["luật", "báo", "chí"])
             for n in range(1900)}
    folds |= {2000 + n: f"{folds[n]} nào" for n in range(100)}

    found = alike(folds)

    assert [(one, other) for one, other, _share in sorted(found)] == [
        (n, 2000 + n) for n in range(100)]


def test_what_rests_on_a_changed_law_is_held_back_until_it_is_reviewed(world, browse):
    minh = browse(world.minh)
    reword_question(world.first_question, {"basis": "Luật 126/2025/QH15, Điều 4"}, by=world.minh)
    assert "1 câu hỏi dựa vào “126/2025”" in minh.get("/quizzes/review?law=126/2025").text

    page = minh.follow(minh.post("/quizzes/review", {"law": "126/2025", "why": "Luật mới"}))

    assert "Đã tạm giữ 1 câu hỏi" in page.text
    assert "tạm giữ: Luật mới" in page.text
    assert len(askable(world.law_quiz)) == 3
    assert len(world.running.paper) == 4
    minh.follow(minh.post(f"/quizzes/questions/{world.first_question.id}/review",
                          {"valid_until": "31/12/2027"}))
    assert len(askable(world.law_quiz)) == 4
    assert (world.first_question.state, world.first_question.versions[-1].valid_until) == (
        "reviewed", date(2027, 12, 31))
    assert traces()[-2:] == ["question held back", "question reviewed"]


def test_holding_back_nothing_or_without_a_reason_is_refused(world, browse):
    minh = browse(world.minh)
    reword_question(world.first_question, {"basis": "Luật 126"}, by=world.minh)

    assert "Không có câu hỏi nào" in minh.post("/quizzes/review", {"law": "%"}, status=409).text
    assert "Hãy ghi điều đã thay đổi" in minh.post(
        "/quizzes/review", {"law": "126"}, status=409).text
    assert len(askable(world.law_quiz)) == 4


def test_a_question_past_its_last_day_is_not_asked_and_waits_for_a_review(world):
    for day, count in ((date(2026, 11, 24), 3), (date(2026, 11, 25), 4), (None, 4)):
        reword_question(world.first_question, {"valid_until": day}, by=world.minh)
        assert len(askable(world.law_quiz)) == count
        assert len(rows_of(to_review(world.minh))) == 4 - count
    with pytest.raises(Refusal, match="quá khứ"):
        review_question(world.first_question, date(2026, 11, 24), by=world.minh)


def test_a_trainer_finds_and_holds_back_only_questions_of_their_courses(world):
    other = write_question(world.kit, "short", {"stem_vi": "Khác?", "right": ["x"],
                                                "basis": "Luật 1"}, by=world.an)
    hold_back(other, "Luật mới", by=world.an)

    assert [rows_of(to_review(person)) and True for person in (world.minh, world.an)] == [
        [], True]
    assert rows_of(resting_on("Luật", world.minh)) == rows_of(resting_on("", world.an)) == []


def test_a_draft_is_not_asked(world):
    place_questions([world.first_question], {"status": "draft"}, by=world.minh)

    assert len(askable(world.law_quiz)) == 3


@pytest.mark.parametrize("place", [{"status": "retired"}, {"status": "x"}, {"difficulty": 4}])
def test_a_place_that_is_none_is_refused(world, place):
    with pytest.raises(Refusal, match="Không có trạng thái"):
        place_questions([world.first_question], place, by=world.minh)


@pytest.mark.slow
def test_the_lists_of_the_bank_cost_the_same_for_few_and_for_many(world, browse):
    an = browse(world.an)
    addresses = (f"/quizzes/courses/{world.press_law.id}/questions",
                 f"/quizzes/courses/{world.press_law.id}/questions/alike",
                 "/quizzes/review?law=Luật")

    def cost(address):
        db.session.expire_all()
        with counted() as statements:
            an.get(address)
        return len(statements)

    for address in addresses:
        an.get(address)
    few = [cost(address) for address in addresses]
    for n in range(300):
        question = write_question(world.press_law, "short", {
            "stem_vi": f"Câu số {n} hỏi về điều {n * 7}?", "right": ["x"], "basis": "Luật"},
            by=world.minh)
        question.held_at = question.held_at if n % 2 else world.running.started_at
    db.session.commit()

    assert [cost(address) for address in addresses] == few
