"""Two authors change one test or survey: the second is told, and keeps what was typed."""
import re
from html import unescape

import pytest

from lms.kernel.db import db

from courses.catalogue.actions import add_step, draft
from quizzes.papers.actions import set_quiz
from quizzes.surveys.actions import set_items
from quizzes.surveys.wording import lines_of, read_lines


@pytest.fixture
def survey(world):
    """A survey in the draft of press law, which Minh and Ân may both change."""
    step = add_step(draft(world.press_law, by=world.minh), "survey", {
        "title_vi": "Ý kiến", "minutes": 3}, by=world.minh)
    set_items(step, read_lines("Dễ hiểu"), by=world.minh)
    return step


@pytest.fixture
def quiz(world):
    """A test in the draft of press law that asks its first question."""
    step = add_step(draft(world.press_law, by=world.minh), "quiz", {
        "title_vi": "Bài cuối", "minutes": 5}, by=world.minh)
    set_quiz(step, {"pass_mark": 50}, [world.first_question.id], by=world.minh)
    return step


def seen(shown):
    """The fingerprint that the form carries."""
    return unescape(re.search(r'name="fingerprint"[^>]*value="(\w+)"', shown.response.text)[1])


def test_the_second_author_of_a_survey_keeps_the_text_and_saves_knowingly(world, browse, survey):
    minh, an, address = browse(world.minh), browse(world.an), f"/quizzes/surveys/{survey.id}/edit"
    typed = {"title_vi": "Ý kiến", "minutes": "3"}
    first, second = minh.get(address), an.get(address)
    minh.post(address, typed | {"lines": "Của Minh", "fingerprint": seen(first)})

    refused = an.post(address, typed | {"lines": "Của Ân", "fingerprint": seen(second)},
                      status=409)

    assert "Triệu Văn Minh đã lưu nội dung này" in refused.text
    assert "Của Ân" in refused.text
    assert refused.links["Xem nội dung hiện có ở thẻ mới"] == address
    db.session.refresh(survey)
    assert lines_of(survey.items) == "Của Minh"
    an.post(address, typed | {"lines": "Cả hai", "fingerprint": seen(refused)})
    db.session.refresh(survey)
    assert lines_of(survey.items) == "Cả hai"


def test_the_second_author_of_a_test_is_told_also_of_other_questions(world, browse, quiz):
    an, address = browse(world.an), f"/quizzes/{quiz.id}/edit"
    typed = {"title_vi": "Bài của Ân", "minutes": "5", "pass_mark": "60", "attempts_allowed": "3",
             "questions": [str(world.first_question.id)], "do": "save", "show_mark": "at_once",
             "pretest_of": ""}
    shown = an.get(address)
    set_quiz(quiz, {"pass_mark": 50}, [], by=world.minh)

    refused = an.post(address, typed | {"fingerprint": seen(shown)}, status=409)

    assert 'value="Bài của Ân"' in refused.response.text
    assert refused.links["Xem nội dung hiện có ở thẻ mới"] == address
    db.session.refresh(quiz)
    assert (quiz.title_vi, quiz.items) == ("Bài cuối", [])
