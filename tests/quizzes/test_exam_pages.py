"""What a page of a running test, and the one after it, say and leave unsaid."""
from lms.kernel.db import db

from quizzes.attempts.actions import start, submit
from quizzes.attempts.saving import save_answer
from quizzes.papers.models import QuizItem
from quizzes.papers.rule import NEVER
from quizzes.questions.actions import write_question
from tests.quizzes.sitting import RIGHT


def with_a_text(world):
    """An attempt of Hoa at the test of press law, which begins with a text to read."""
    text = write_question(world.press_law, "description",
                          {"stem_vi": "Một tình huống.", "right": []}, world.minh)
    db.session.add(QuizItem(quiz=world.law_quiz, question=text, position=9))
    world.law_quiz.shuffle = False
    db.session.flush()
    db.session.expire(world.law_quiz)
    return start(world.law_quiz, by=world.hoa)


def test_a_text_to_read_is_neither_answered_nor_missing(world, browse):
    attempt, hoa = with_a_text(world), browse(world.hoa)
    for slot, given in enumerate(RIGHT):
        save_answer(attempt, slot, given, None, by=world.hoa)

    review = hoa.get(f"/quizzes/attempts/{attempt.id}/review")
    page = hoa.get(f"/quizzes/attempts/{attempt.id}/0")

    assert "Đã trả lời 4 trên 4 câu." in review.text
    for seen in (review, page):
        assert [a["data-state"] for a in seen.all("a") if "data-state" in a] == [
            "done", "done", "done", "done", "text"]
    result = hoa.follow(hoa.post(f"/quizzes/attempts/{attempt.id}/submission"))
    assert result.text.count("Bạn trả lời:") == 4


def test_where_no_mark_is_shown_the_buttons_do_not_tell_it_either(world, browse):
    quiz, pages = world.law_quiz, []
    quiz.show_mark = quiz.show_right = quiz.show_key = quiz.show_explanation = NEVER
    for answers in (RIGHT, ()):
        attempt = start(quiz, by=world.hoa)
        for slot, given in enumerate(answers):
            save_answer(attempt, slot, given, None, by=world.hoa)
        submit(attempt, by=world.hoa)
        pages.append(browse(world.hoa).get(f"/quizzes/attempts/{attempt.id}"))

    passed, failed = pages

    assert passed.text == failed.text
    assert "Giảng viên sẽ báo kết quả cho bạn. Về bài kiểm tra" in passed.text


def test_a_wrong_code_is_said_beside_its_field(world, browse):
    world.law_quiz.code_secret = "ab" * 16

    door = browse(world.hoa).post(f"/quizzes/{world.law_quiz.id}/attempts", {"code": "1"}, 200)

    (field,) = [one for one in door.all("input") if one.get("name") == "code"]
    assert field["aria-describedby"] == "code-error"
    assert "Mã chiếu tại phòng Lỗi: Không đúng mã của phòng." in door.text
