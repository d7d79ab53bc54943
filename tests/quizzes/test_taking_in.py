"""A file of answers that the page of a test saved, taken in by those who watch over it."""
import json
from io import BytesIO

import pytest
from sqlalchemy import select

from lms.kernel.db import db
from lms.kernel.errors import Refusal

from quizzes.attempts.actions import start
from quizzes.attempts.intervening import count_late
from quizzes.attempts.models import AnswerEvent, Intervention
from quizzes.attempts.queries import answers_of
from quizzes.attempts.saving import save_answer
from quizzes.attempts.taking_in import LARGEST_FILE, MOST_ANSWERS, take_in
from quizzes.attempts.watching import late_answers
from tests.conftest import MORNING
from tests.quizzes.sitting import hand_in_overdue

REASON = "Mất mạng cả xã"


def answer(slot, chosen, seq, **told):
    """An answer as the file has it."""
    return {"client": "phone", "slot": slot, "seq": seq, "base_rev": 0, "age_ms": 0,
            "fields": [["a", chosen]], **told}


def file(attempt, *answers, **told):
    """The bytes of a file of ``attempt``."""
    return json.dumps({"attempt": attempt.id, "answers": list(answers),
                       "made_at": MORNING.timestamp() * 1000, **told}).encode()


def events():
    """Every answer that is kept: (slot, answer, status)."""
    return db.session.execute(select(AnswerEvent.slot, AnswerEvent.answer, AnswerEvent.status)
                              .order_by(AnswerEvent.id)).all()


@pytest.fixture
def timed_out(world, later):
    """Lan's attempt, handed in by the clock without an answer; it is 10:41."""
    later(45)
    hand_in_overdue()
    later(41)
    return world.running


def test_answers_of_a_file_count_while_the_attempt_runs(world):
    assert take_in(world.running, file(
        world.running, answer(2, "T", 2), answer(0, "A", 1)), REASON, by=world.minh) == 2

    assert answers_of(world.running) == {0: ["A"], 2: ["T"]}


def test_the_same_file_twice_and_the_device_after_it_leave_each_answer_once(world):
    taken = file(world.running, answer(0, "A", 1))
    take_in(world.running, taken, REASON, by=world.minh)

    assert take_in(world.running, taken, REASON, by=world.minh) == 0
    save_answer(world.running, 0, ["A"], ("phone", 1), by=world.lan)

    assert events() == [(0, ["A"], "accepted")]
    assert len(db.session.scalars(select(Intervention)).all()) == 1


def test_what_came_after_the_end_waits_for_a_decision(world, timed_out):
    take_in(timed_out, file(timed_out, answer(0, "A", 1, age_ms=60_000)), REASON, by=world.minh)
    (late,) = late_answers(timed_out).values()
    assert (answers_of(timed_out), late.age_ms) == ({}, 42 * 60_000)

    count_late(timed_out, {late.id}, REASON, by=world.minh)

    assert (answers_of(timed_out), timed_out.score) == ({0: ["A"]}, 25)


def test_a_file_belongs_to_one_attempt(world):
    own, other = world.running, start(world.law_quiz, by=world.hoa)

    with pytest.raises(Refusal, match="của một lần làm bài khác"):
        take_in(own, file(other, answer(0, "A", 1)), REASON, by=world.minh)

    assert events() == []


def test_nobody_takes_in_their_own_file(world):
    own = start(world.law_quiz, by=world.minh)

    with pytest.raises(Refusal, match="tự làm việc này cho mình"):
        take_in(own, file(own, answer(0, "A", 1)), REASON, by=world.minh)


@pytest.mark.parametrize("told", [
    {"answers": []}, {"answers": "x"}, {"answers": [5]},
    {"answers": [answer(0, "A", 1, client="")]}, {"answers": [answer(0, "A", 1, client=5)]},
    {"answers": [answer(-1, "A", 1)]}, {"answers": [answer("0", "A", 1)]},
    {"answers": [answer(0, "A", 0)]}, {"answers": [answer(0, "A", 1, fields=None)]},
    {"answers": [answer(0, "A", 1, fields=[["a", 5]])]},
    {"answers": [answer(0, "A", 1)] * (MOST_ANSWERS + 1)}])
def test_a_file_that_no_page_of_ours_saved_is_refused(world, told):
    with pytest.raises(Refusal, match="không phải là tệp câu trả lời nguyên vẹn"):
        take_in(world.running, file(world.running, **told), REASON, by=world.minh)


@pytest.mark.parametrize("content", [b"", b"[]", b"5", b"{}", b"\xff\xfe", b"[" * 100_000])
def test_bytes_that_are_no_file_are_refused(world, content):
    with pytest.raises(Refusal, match="không phải là tệp câu trả lời nguyên vẹn"):
        take_in(world.running, content, REASON, by=world.minh)


@pytest.mark.parametrize("made_at", [None, "x", -1, 10**15, 10**400])
def test_a_clock_that_tells_nonsense_adds_nothing_to_the_age(world, timed_out, made_at):
    take_in(timed_out, file(timed_out, answer(0, "A", 1, age_ms=7), made_at=made_at), REASON,
            by=world.minh)

    (late,) = late_answers(timed_out).values()
    assert late.age_ms == 7


def test_a_file_with_one_answer_that_is_none_is_not_taken_in_at_all(world, browse):
    minh, url = browse(world.minh), f"/quizzes/attempts/{world.running.id}/watch/file"

    page = minh.post(url, {"file-reason": REASON, "file-file": (BytesIO(file(
        world.running, answer(0, "A", 1), answer(9, "A", 2))), "bai-lam.json")}, 409)

    assert "nên chưa nhận câu nào" in page.text
    assert events() == []


def test_a_file_is_taken_in_on_the_page_and_stands_on_the_timeline(world, browse, timed_out):
    minh, url = browse(world.minh), f"/quizzes/attempts/{timed_out.id}/watch"
    content = file(timed_out, answer(0, "A", 1))
    sent = {"file-reason": REASON, "file-file": (BytesIO(content), "bai-lam.json")}

    page = minh.follow(minh.post(f"{url}/file", sent))

    assert "1 câu trả lời đã được nhận vào." in page.text
    assert "1 câu trả lời đến sau khi hết giờ" in page.text
    assert f"Nhận 1 câu trả lời từ tệp: {REASON}" in page.text
    assert REASON in browse(world.lan).get("/messages").text


def test_a_file_that_is_missing_is_asked_for(world, browse):
    page = browse(world.minh).post(f"/quizzes/attempts/{world.running.id}/watch/file",
                                   {"file-reason": REASON}, 200)

    assert "Hãy chọn tệp trước." in page.text


def test_a_file_larger_than_any_of_ours_is_refused(world):
    with pytest.raises(Refusal, match="lớn hơn mọi tệp câu trả lời"):
        take_in(world.running, b" " * (LARGEST_FILE + 1), REASON, by=world.minh)
