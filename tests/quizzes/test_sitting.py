"""Whoever sits at a test reads its key nowhere: every address is walked, and searched for keys."""
from datetime import timedelta

import pytest

from lms.kernel import clock
from lms.kernel.db import db

from quizzes.attempts.actions import start, submit
from quizzes.attempts.sitting import test_sat_by as sat_by
from quizzes.papers.rule import AFTER_CLOSE, NEVER
from tests.house.test_doors import DOORS, knock
from tests.quizzes.sitting import RIGHT, answer, sit
from tests.words import words_in

#: Every address of the tests and their bank, and the pages to which they add something.
OF_QUIZZES = [name for name in DOORS if name.startswith("quizzes.")]
OTHER_PAGES = [name for name, door in DOORS.items() if "method" not in door
               and name.startswith(("catalogue.", "learning.", "people.", "notices."))]
#: What stands in what is right, in why it is, and in what is said to an option; nowhere else.
SECRETS = ("lời giải kín", "đáp số kín", "phản hồi kín")
#: The pages and files that show a key or what tells it, to those who may open them.
TELLING = {
    "quizzes.bank", "quizzes.bulk_change", "quizzes.alike_questions", "quizzes.edit_question",
    "quizzes.preview", "quizzes.versions", "quizzes.retirement", "quizzes.review_of",
    "quizzes.questions_out", "quizzes.questions_file", "quizzes.mend_key", "quizzes.paper_key",
    "quizzes.paper_marks_page", "quizzes.filled_sheet", "quizzes.empty_sheet",
    "quizzes.paper_result", "quizzes.paper_withdrawal", "quizzes.trial", "quizzes.insight",
    "quizzes.insight_book", "quizzes.odd_attempts", "quizzes.gain", "quizzes.gain_book",
    "quizzes.result", "quizzes.handed_in"}


@pytest.fixture
def secret(world):
    """The keys of press law bear words by which they are known wherever they stand; what others
    handed in lies before their trainers.
    """
    for item in world.law_quiz.items:
        version = item.question.versions[-1]
        version.explanation_vi = f"<p>{SECRETS[0]}</p>"
        if version.options:
            version.options = [{**one, "feedback_vi": SECRETS[2]} for one in version.options]
        else:
            version.right = [SECRETS[1]]
    submit(world.running, by=world.lan)
    db.session.commit()
    return world


def told(response):
    """Which of the SECRETS an answer tells."""
    return {one for one in SECRETS if one in words_in(response.data)}


def is_closed(response):
    """Whether an answer says that it is closed to whoever sits at the test."""
    words = words_in(response.data)
    return response.status_code == 409 and "Chính bạn đang dự bài “Kiểm tra”" in words


def walked(browser, world, endpoints):
    """Each address asked for as it is meant to be: endpoint → the answer."""
    return {name: knock(browser, DOORS[name], world) for name in endpoints}


@pytest.mark.slow
def test_of_all_pages_files_and_answers_none_tells_a_key_to_an_officer_who_sits_there(
        secret, browse):
    an = browse(secret.an)
    before = walked(an, secret, OF_QUIZZES)
    start(secret.law_quiz, by=secret.an)

    sitting = walked(an, secret, [*OF_QUIZZES, *OTHER_PAGES])

    assert [name for name, response in before.items() if is_closed(response)] == []
    assert {name for name, response in before.items() if told(response)} == {
        "quizzes.edit_question", "quizzes.questions_file", "quizzes.paper_key", "quizzes.result"}
    assert [name for name, response in sitting.items() if told(response)] == []
    assert {name for name, response in sitting.items() if is_closed(response)} == TELLING


@pytest.mark.slow
def test_the_same_holds_for_the_trainer_of_the_course(secret, browse):
    minh = browse(secret.minh)
    start(secret.law_quiz, by=secret.minh)

    sitting = walked(minh, secret, OF_QUIZZES)

    assert [name for name, response in sitting.items() if told(response)] == []
    assert {name for name, response in sitting.items() if is_closed(response)} == (
        TELLING - {"quizzes.result"})


def test_whoever_sits_at_a_test_of_another_course_reads_the_keys_of_this_one(secret, browse):
    start(secret.law_quiz, by=secret.an)
    secret.first_question.course = secret.kit

    page = browse(secret.an).get(f"/quizzes/questions/{secret.first_question.id}")

    assert SECRETS[0] in page.response.text


def test_it_ends_where_the_test_shows_the_right_answers(world):
    quiz, minh, course, lans = world.law_quiz, world.minh, world.press_law.id, world.running
    quiz.show_key = AFTER_CLOSE
    quiz.closes_at = clock.now() + timedelta(minutes=60)
    assert sat_by(minh, course) is None

    attempt = start(quiz, by=minh)
    assert sat_by(minh, course) == quiz
    submit(attempt, by=minh)
    assert sat_by(minh, course) == quiz
    submit(lans, by=world.lan)
    quiz.closes_at = clock.now()

    assert sat_by(minh, course) is None


def test_after_the_closing_it_lasts_as_long_as_somebody_still_answers(world):
    world.law_quiz.show_key = AFTER_CLOSE
    world.law_quiz.closes_at = clock.now() + timedelta(minutes=1)
    sit(world.law_quiz, world.minh)
    world.law_quiz.closes_at = clock.now()

    assert sat_by(world.minh, world.press_law.id) == world.law_quiz


def test_where_they_are_never_shown_it_ends_with_the_last_attempt_or_the_pass(world):
    quiz, course = world.law_quiz, world.press_law.id
    quiz.show_key = NEVER

    sit(quiz, world.minh)
    assert sat_by(world.minh, course) == quiz
    sit(quiz, world.minh)
    assert sat_by(world.minh, course) is None
    answer(quiz, world.an, RIGHT)
    assert sat_by(world.an, course) is None


def test_a_stranger_to_the_course_learns_nothing_of_it_by_sitting_at_its_test(world, browse):
    hoa = browse(world.hoa)
    start(world.law_quiz, by=world.hoa)

    hoa.get(f"/quizzes/questions/{world.first_question.id}", 404)
    hoa.get(f"/quizzes/courses/{world.press_law.id}/questions", 404)
