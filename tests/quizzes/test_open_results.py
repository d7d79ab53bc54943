"""What opens after the closing waits until nobody can answer that paper any more, at every door."""
from datetime import timedelta
from io import BytesIO

import pytest
from sqlalchemy import select

from lms.kernel.db import db
from lms.notices.models import Notice

from courses.catalogue.actions import keep_picture
from courses.completions.policies import may_read_file
from quizzes.attempts.actions import start, submit
from quizzes.attempts.intervening import pause, reopen
from quizzes.attempts.queries import shown_of
from quizzes.attempts.regrading_actions import mend
from quizzes.essays import actions as essays
from quizzes.papers.actions import set_hours
from tests.conftest import MORNING
from tests.quizzes.sitting import another_key, sit
from tests.quizzes.test_media import png
from tests.statements import counted

MINUTE = timedelta(minutes=1)
KEY = "Đáp án đúng:"


@pytest.fixture
def quiz(world):
    """The test of press law: it closes at ten past ten, and everything is shown from then on.

    Lan is in the middle of it until half past ten.
    """
    quiz = world.running.quiz
    quiz.closes_at = MORNING + 10 * MINUTE
    quiz.show_mark = quiz.show_right = quiz.show_key = quiz.show_explanation = "after_close"
    db.session.flush()
    return quiz


@pytest.fixture
def handed_in(world, quiz):
    """Hoa has handed it in, with one answer wrong."""
    return sit(quiz, world.hoa, 0, 1, 2)


def read_by_hoa(browse, world, attempt):
    """The page of her result."""
    return browse(world.hoa).get(f"/quizzes/attempts/{attempt.id}").text


def test_who_sits_beside_reads_no_key_while_somebody_still_answers(
        world, browse, later, handed_in):
    later(11)

    page = read_by_hoa(browse, world, handed_in)

    assert KEY not in page
    assert "còn người đang làm. Điểm của bạn hiện ở đây khi mọi người đã nộp." in page
    submit(world.running, by=world.lan)
    assert KEY in read_by_hoa(browse, world, handed_in)


def test_the_results_open_when_the_last_end_has_passed_also_where_no_clock_hands_in(
        world, browse, later, handed_in):
    later(31)
    assert KEY not in read_by_hoa(browse, world, handed_in)

    later(31.1)
    assert KEY in read_by_hoa(browse, world, handed_in)


def test_a_paused_attempt_holds_them_back_however_long_it_stands(world, browse, later, handed_in):
    pause(world.law_quiz, [world.running.id], "Báo cháy", by=world.minh)
    later(300)

    assert KEY not in read_by_hoa(browse, world, handed_in)


def test_an_attempt_that_is_opened_again_closes_them_again(world, browse, later, handed_in):
    submit(world.running, by=world.lan)
    later(11)
    assert KEY in read_by_hoa(browse, world, handed_in)

    reopen(world.running, 5, "Mất điện", by=world.minh)

    assert KEY not in read_by_hoa(browse, world, handed_in)


def test_a_closing_put_earlier_opens_nothing_while_attempts_keep_their_end(
        world, browse, later, handed_in):
    later(2)
    set_hours(world.law_quiz, None, MORNING + MINUTE, by=world.minh)

    assert KEY not in read_by_hoa(browse, world, handed_in)


def test_what_is_shown_at_once_waits_for_nobody_and_the_page_says_what_does(
        world, browse, later, handed_in):
    world.law_quiz.show_mark = "at_once"
    db.session.flush()
    later(11)

    page = read_by_hoa(browse, world, handed_in)

    assert "Đạt, 75 trên 100 điểm" in page
    assert KEY not in page
    assert "Đáp án và giải thích hiện ở đây khi mọi người đã nộp." in page


def test_the_page_before_the_test_shows_no_mark_meanwhile(world, browse, later, handed_in):
    later(11)

    assert "75" not in browse(world.hoa).get(f"/quizzes/{world.law_quiz.id}").text


def test_the_copy_of_ones_data_holds_neither_mark_nor_questions_meanwhile(
        world, later, handed_in):
    later(11)
    assert shown_of(handed_in.quiz) == (False,) * 4

    submit(world.running, by=world.lan)
    assert shown_of(handed_in.quiz) == (True,) * 4


def test_whoever_opens_an_attempt_again_is_warned_only_where_the_key_was_shown(
        world, browse, later, handed_in):
    handed_in.passed = False
    db.session.flush()
    later(11)
    page = f"/quizzes/attempts/{handed_in.id}/watch"

    assert "có thể đã biết đáp án" not in browse(world.minh).get(page).text
    submit(world.running, by=world.lan)
    assert "có thể đã biết đáp án" in browse(world.minh).get(page).text
    handed_in.passed = True


def test_it_is_asked_in_one_statement_however_many_answer(world, browse, later, handed_in):
    later(11)
    hoa, address = browse(world.hoa), f"/quizzes/attempts/{handed_in.id}"
    hoa.get(address)
    with counted() as alone:
        hoa.get(address)
    for person in (world.pao, world.ha):
        later(5)
        start(world.law_quiz, by=person)
    later(11)

    with counted() as several:
        hoa.get(address)

    assert len(several) == len(alone)


def told(person):
    """The newest message of a person."""
    return db.session.scalars(select(Notice).filter_by(person_id=person.id)
                              .order_by(Notice.id.desc())).first().text_vi


def test_a_message_of_a_corrected_key_tells_neither_points_nor_reason_meanwhile(
        world, later, handed_in):
    later(11)

    mend(world.first_question, another_key(world.first_question, ["B"], keeps=False), by=world.an)

    assert "được chấm lại; trang của bài cho biết khi nào bạn xem được điểm." in told(world.hoa)
    assert "Đáp án in sai" not in told(world.hoa)
    assert "75" not in told(world.hoa)


def test_a_message_of_a_marked_answer_tells_no_points_meanwhile(world, later, handed_in):
    later(11)
    assert "75" not in essays._words(handed_in, shown_of(handed_in.quiz).mark)

    submit(world.running, by=world.lan)
    assert "75" in essays._words(handed_in, shown_of(handed_in.quiz).mark)


@pytest.fixture
def kept(world):
    """A picture that waits to be put into a question."""
    return keep_picture(world.press_law, BytesIO(png()), "Sơ đồ", world.minh).file


def lay(question, part, file):
    """Put the picture into a part of the question."""
    version, shown = question.versions[-1], f'<img src="/files/{file.id}/{file.name}" alt="x">'
    if part == "feedback_vi":
        version.options = [{**version.options[0], part: shown}, *version.options[1:]]
    else:
        setattr(version, part, shown)
    db.session.flush()


@pytest.mark.parametrize("part", ["explanation_vi", "feedback_vi"])
def test_a_picture_that_explains_is_not_fetched_before_the_explanation_is_shown(
        world, later, handed_in, kept, part):
    lay(world.first_question, part, kept)
    assert not may_read_file(world.lan, kept)
    assert not may_read_file(world.hoa, kept)

    later(11)
    assert not may_read_file(world.hoa, kept)
    submit(world.running, by=world.lan)
    assert may_read_file(world.hoa, kept)
    assert not may_read_file(world.pao, kept)


def test_a_picture_of_the_question_is_seen_by_those_alone_whose_paper_asks_it(
        world, handed_in, kept):
    lay(world.first_question, "stem_vi", kept)

    assert may_read_file(world.lan, kept)
    paper = world.running.paper
    world.running.paper = paper[1:]
    db.session.flush()
    assert not may_read_file(world.lan, kept)
    assert may_read_file(world.hoa, kept)
    world.running.paper = paper


def test_in_practice_what_explains_is_seen_once_the_answer_is_checked(world, quiz, kept):
    quiz.practice = True
    lay(world.first_question, "explanation_vi", kept)
    assert not may_read_file(world.lan, kept)

    world.running.locked = [0]
    db.session.flush()

    assert may_read_file(world.lan, kept)


@pytest.mark.parametrize("page", ["preview", "insight", "insight.xlsx"])
def test_who_teaches_a_test_reads_its_key_nowhere_while_sitting_at_it(world, browse, page):
    minh, address = browse(world.minh), f"/quizzes/{world.law_quiz.id}/{page}"
    own = start(world.law_quiz, by=world.minh)

    assert "Chính bạn đang dự bài “Kiểm tra”" in minh.get(address, status=409).text
    submit(own, by=world.minh)
    assert minh.client.get(address, buffered=True).status_code == 200
