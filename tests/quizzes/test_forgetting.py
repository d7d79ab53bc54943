"""Somebody is erased: what they wrote at tests goes, what they ticked and every mark stays."""
from datetime import timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
from sqlalchemy import select

from lms.kernel.db import db
from lms.kernel.naming import Naming
from lms.people.erasing import NAMELESS
from lms.people.signals import person_erased

from quizzes.attempts.actions import start, submit
from quizzes.attempts.forgetting import let_go_of_answers, without_text, worth_their_share
from quizzes.attempts.intervening import extend
from quizzes.attempts.models import AnswerEvent, Intervention
from quizzes.attempts.queries import answers_of
from quizzes.attempts.regrading_actions import mark_all_again
from quizzes.attempts.saving import save_answer
from quizzes.essays.actions import mark
from quizzes.essays.queries import waiting_for
from quizzes.insight.queries import reading_of
from quizzes.papers.actions import give_extra_time
from quizzes.papers.models import QuizItem
from quizzes.questions.actions import write_question

NAME = "Nông Thị Lan"


@pytest.fixture
def written(world, later):
    """Lan's second attempt, marked: her name in an essay, in a wrong short answer and in the
    revision before it; the right one of a choice.
    """
    question = write_question(world.press_law, "essay", {
        "stem_vi": "Bạn là ai?", "right": [], "settings": {"rubric": []}}, by=world.minh)
    db.session.add(QuizItem(quiz_id=world.law_quiz.id, question_id=question.id, position=9))
    submit(world.running, by=world.lan)
    later(5)
    db.session.expire_all()
    attempt = start(world.law_quiz, by=world.lan)
    for slot, given in ((0, ["A"]), (3, [f"126/2025/QH15 {NAME}"]), (3, [NAME]),
                        (4, [f"Tôi là {NAME}.\nTôi viết báo."])):
        save_answer(attempt, slot, given, None, by=world.lan)
    submit(attempt, by=world.lan)
    (waiting,) = waiting_for(world.minh)
    mark(waiting.code, [Decimal(5)], f"{NAME} viết tốt", by=world.minh)
    return attempt


def erase(person):
    """Erase what identifies ``person``, as erasing does."""
    person.full_name = NAMELESS
    db.session.flush()
    person_erased.send(person, naming=Naming(NAME, ("LAN",)), email="")


def test_the_words_go_and_ticks_marks_and_figures_stay(world, written):
    """One of four right and half the essay: (1 + 0.5) of 5 points, 30."""
    before = written.score, list(written.shares), reading_of(world.law_quiz).sittings[0].score

    erase(world.lan)

    assert answers_of(written) == {0: ["A"], 3: [], 4: [NAMELESS]}
    assert [event.answer for event in db.session.scalars(
        select(AnswerEvent).where(AnswerEvent.attempt_id == written.id)
        .order_by(AnswerEvent.id))] == [["A"], [], [], [NAMELESS]]
    assert (written.score, written.shares, reading_of(world.law_quiz).sittings[0].score) == before
    assert str(written.score) == "30.00"
    assert mark_all_again(None, keep=False) == (2, [])


def test_no_table_of_the_quizzes_keeps_the_name(world, written):
    """Whoever watches wrote the name in the reasons about others too."""
    extend(start(world.law_quiz, by=world.hoa), 5, f"Chờ {NAME}", by=world.minh)
    give_extra_time(world.law_quiz, world.hoa, {"percent": 0, "minutes": 5,
                                                "reason": f"Như {NAME}"}, by=world.minh)

    erase(world.lan)

    kept = [str(value) for table in db.metadata.sorted_tables if table.name in (
        "answer_event", "hand_mark", "grade_event", "intervention", "extra_time", "mending",
        "paper_mark", "survey_answer", "notice")
        for row in db.session.execute(table.select()) for value in row]
    assert [text for text in kept if NAME in text] == []
    assert db.session.scalar(select(Intervention.reason)) == f"Chờ {NAMELESS}"


def test_of_an_answer_only_what_earns_its_share_is_left():
    def share(answer):
        return Fraction(sum(part in ("1=Luật", "3=Báo chí") for part in answer), 3)

    assert worth_their_share(["1=Luật", f"2={NAME}", "3=Báo chí"], share) == [
        "1=Luật", "3=Báo chí"]
    assert worth_their_share([NAME], share) == []
    assert without_text([f"Tôi, {NAME}", "file:7"], NAMELESS) == [NAMELESS, "file:7"]
    assert without_text(["file:7"], NAMELESS) == ["file:7"]


def test_the_files_of_somebody_erased_are_forgotten_and_no_others(world):
    erase(world.hoa)

    assert world.handed_in.file.name == "bai-lam.pdf"
    erase(world.handed_in.attempt.person)
    assert (world.handed_in.file.name, world.handed_in.file.size) == ("tep-nop", 0)


def test_when_its_time_is_over_the_words_go_and_the_result_says_so(world, browse, written):
    before = written.score, list(written.shares)
    let_go_of_answers(written.submitted_at)
    assert answers_of(written)[3] == [NAME]

    let_go_of_answers(written.submitted_at + timedelta(seconds=1))
    db.session.expire_all()

    assert answers_of(written) == {0: ["A"], 3: [], 4: ["…"]}
    assert (written.score, written.shares) == before
    assert mark_all_again(None, keep=False) == (2, [])
    page = browse(world.lan).get(f"/quizzes/attempts/{written.id}")
    assert "Phần tự viết trong bài này và các tệp đã được xóa ngày" in page.text
