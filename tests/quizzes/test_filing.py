"""Files handed in as answers: whole or not at all, seen by nobody before the attempt is over."""
from io import BytesIO

import pytest
from sqlalchemy import select

from lms.kernel.db import db
from lms.kernel.i18n import size

from quizzes.attempts.actions import start, submit
from quizzes.attempts.models import AnswerFile
from quizzes.attempts.queries import answers_of
from quizzes.essays.queries import waiting_for
from quizzes.papers.models import QuizItem
from quizzes.questions.actions import write_question
from tests.world import PDF


@pytest.fixture
def asked(world):
    """Hoa's attempt at a test whose fifth question wants a text with a file."""
    question = write_question(world.press_law, "essay", {
        "stem_vi": "Nộp bài viết.", "right": [],
        "settings": {"file": True, "types": [".pdf"], "rubric": []}}, by=world.minh)
    db.session.add(QuizItem(quiz_id=world.law_quiz.id, question_id=question.id, position=9))
    db.session.flush()
    return start(world.law_quiz, by=world.hoa)


def sent(browser, attempt, content=PDF, name="bai.pdf", status=302, **more):
    """The form of the question with a file, as a page without scripts sends it."""
    return browser.post(f"/quizzes/attempts/{attempt.id}/4/files", {
        "s4-file": (BytesIO(content), name), "s4-no_secret": "1", **more}, status=status)


def test_a_file_is_handed_in_with_the_text_and_opened_again(world, browse, asked):
    hoa = browse(world.hoa)

    page = hoa.follow(sent(hoa, asked, **{"s4-a": "Bài của tôi"}))

    handed = db.session.scalars(select(AnswerFile).filter_by(attempt_id=asked.id)).one()
    assert "Đã nhận trọn tệp “bai.pdf”." in page.text
    weight = size(len(PDF)).replace("\N{NO-BREAK SPACE}", " ")
    assert f"Tệp 1: bai.pdf {weight}, đến lúc 10:00:00, mã {handed.file.sha256[:8]}" in (
        page.text)
    assert answers_of(asked)[4] == ["Bài của tôi", f"file:{handed.id}"]
    assert hoa.client.get(f"/quizzes/files/{handed.id}", buffered=True).data == PDF
    for other in (world.lan, world.minh, world.an):
        assert browse(other).client.get(f"/quizzes/files/{handed.id}").status_code == 404
    submit(asked, by=world.hoa)
    reading = [browse(other).client.get(f"/quizzes/files/{handed.id}", buffered=True).status_code
               for other in (world.lan, world.minh, world.an)]
    assert reading == [404, 200, 200]


def test_the_name_of_a_file_does_not_tell_its_marker_whose_it_is(world, browse, asked):
    sent(browse(world.hoa), asked, name="Bế Thị Hoa.pdf", **{"s4-a": "Bài của tôi ngắn"})
    submit(asked, by=world.hoa)
    handed = db.session.scalars(select(AnswerFile).filter_by(attempt_id=asked.id)).one()
    minh, url = browse(world.minh), f"/quizzes/files/{handed.id}"

    (one,) = waiting_for(world.minh)
    page = minh.get(f"/quizzes/essays/{one.code}")

    assert page.text.count("Tệp 1") == 1
    assert "Bài của tôi ngắn 4 từ." in page.text
    named = [browse(reader).client.get(url, buffered=True).headers["Content-Disposition"]
             for reader in (world.minh, world.hoa)]
    assert [f"bai-lam-{handed.id}.pdf" in named[0], "Hoa.pdf" in named[1]] == [True, True]


def test_what_else_stands_on_the_page_is_kept_along(world, browse, asked):
    sent(browse(world.hoa), asked, **{"s4-a": "Bài", "s0-a": "A", "s0-base": "0"})

    assert {slot: given[0] for slot, given in answers_of(asked).items()} == {0: "A", 4: "Bài"}


def test_a_file_whose_tick_is_taken_away_is_no_longer_part_of_the_answer(world, browse, asked):
    hoa = browse(world.hoa)
    sent(hoa, asked, **{"s4-a": "Bài"})

    hoa.post(f"/quizzes/attempts/{asked.id}/4", {"s4-a": "Bài", "go": "0"})

    assert answers_of(asked)[4] == ["Bài"]


@pytest.mark.parametrize("content, name, words", [
    (b"", "bai.pdf", ""), (b"<html>", "bai.pdf", ""), (PDF, "bai.exe", ".pdf"),
    (PDF, "TỐI MẬT.pdf", "mật")])
def test_a_file_that_is_not_taken_changes_nothing_of_the_answer(
        world, browse, asked, content, name, words):
    hoa = browse(world.hoa)
    sent(hoa, asked, **{"s4-a": "Bài"})
    before = answers_of(asked)[4]

    refusal = sent(hoa, asked, content, name, 409, **{"s4-a": "Bài", "s4-files": before[1:]})

    assert words in refusal.text
    assert answers_of(asked)[4] == before


def test_a_file_after_the_time_or_to_another_question_is_refused_in_words(
        world, browse, asked, later):
    hoa = browse(world.hoa)
    other = hoa.post(f"/quizzes/attempts/{asked.id}/3/files", {
        "s3-file": (BytesIO(PDF), "bai.pdf"), "s3-no_secret": "1"}, status=409)
    none = hoa.post(f"/quizzes/attempts/{asked.id}/4/files", {}, status=409)
    later(32)
    late = sent(hoa, asked, status=409)

    assert "Câu này không nhận tệp." in other.text
    assert "Hãy chọn tệp trước" in none.text
    assert "Đã hết giờ" in late.text
    assert answers_of(asked) == {}
