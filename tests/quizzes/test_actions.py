"""Attempts: begun, answered, handed in, once and for all."""
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from lms.kernel import clock
from lms.kernel.audit import AuditEntry
from lms.kernel.db import db
from lms.kernel.errors import Refusal

from courses.catalogue.actions import draft, publish
from courses.catalogue.queries import published_version
from courses.completions.actions import begin, finish_step
from courses.completions.models import Completion, StepDone
from courses.completions.queries import study_of
from quizzes.attempts.actions import start, submit
from quizzes.attempts.models import AnswerEvent
from quizzes.attempts.queries import answers_of, pinned, running_attempt
from quizzes.attempts.saving import save_answer
from quizzes.questions.actions import retire_question, reword_question
from quizzes.questions.queries import questions_of
from tests.conftest import MORNING
from tests.quizzes.sitting import hand_in_overdue

RIGHT = (["A"], ["A", "C"], ["T"], ["126/2025/QH15"])
MINUTE = timedelta(minutes=1)


def answer(attempt, answers, client="phone", first=1):
    """Give ``answers``, one a slot, as a device sends them."""
    for slot, given in enumerate(answers):
        save_answer(attempt, slot, given, (client, first + slot), by=attempt.person)


def passed(attempt):
    """The attempt, handed in with every answer right."""
    answer(attempt, RIGHT)
    return submit(attempt, by=attempt.person)


def stems(attempt):
    """What the paper asks, in its order."""
    versions = pinned(attempt)
    return [versions[item["version"]][1].stem_vi for item in attempt.paper]


def verbs(subject):
    """What was done to ``subject``, the oldest first."""
    return db.session.scalars(select(AuditEntry.verb).filter_by(
        subject=f"{subject.__tablename__}:{subject.id}").order_by(AuditEntry.id)).all()


def test_an_attempt_pins_its_paper_and_its_deadline(world):
    attempt = start(world.law_quiz, by=world.hoa)

    assert (attempt.number, attempt.started_at) == (1, MORNING)
    assert attempt.deadline == MORNING + 30 * MINUTE
    assert stems(attempt) == [
        "Phóng viên có được bảo vệ nguồn tin không?", "Chọn các nguyên tắc tác nghiệp.",
        "Luật có hiệu lực từ 01/7/2026.", "Luật Báo chí mang số nào?"]
    assert [item["options"] for item in attempt.paper] == [
        ["A", "B"], ["A", "B", "C"], ["T", "F"], []]
    assert verbs(attempt) == ["attempt started"]


def test_without_a_limit_there_is_no_deadline(world):
    world.law_quiz.time_limit = None

    assert start(world.law_quiz, by=world.hoa).deadline is None


def test_a_running_attempt_is_gone_on_with(world):
    again = start(world.law_quiz, by=world.lan)

    assert again == world.running
    assert again.number == 1


def test_a_draw_asks_so_many_questions_and_shuffling_keeps_true_before_false(world):
    quiz = world.law_quiz
    quiz.draw, quiz.shuffle = 3, True

    papers = [start(quiz, by=person) for person in (world.hoa, world.minh, world.ha, world.an)]

    assert [len(set(stems(attempt))) for attempt in papers] == [3, 3, 3, 3]
    assert {tuple(item["options"]) for attempt in papers for item in attempt.paper
            if "T" in item["options"]} <= {("T", "F")}


def test_shuffling_keeps_every_question_and_every_option(world):
    in_order = world.running
    world.law_quiz.shuffle = True

    attempt = start(world.law_quiz, by=world.hoa)

    assert sorted(stems(attempt)) == sorted(stems(in_order))
    assert sorted(sorted(item["options"]) for item in attempt.paper) == [
        [], ["A", "B"], ["A", "B", "C"], ["F", "T"]]


def test_a_retired_question_is_not_asked(world):
    retire_question(world.first_question, by=world.minh)

    assert len(start(world.law_quiz, by=world.hoa).paper) == 3


def test_a_quiz_whose_questions_are_all_retired_is_refused(world):
    for question, _version in questions_of(world.press_law):
        retire_question(question, by=world.minh)

    with pytest.raises(Refusal, match="chưa có câu hỏi"):
        start(world.law_quiz, by=world.hoa)


def test_the_third_attempt_is_refused(world):
    submit(start(world.law_quiz, by=world.lan), by=world.lan)
    submit(start(world.law_quiz, by=world.lan), by=world.lan)

    with pytest.raises(Refusal, match="hết 2 lần"):
        start(world.law_quiz, by=world.lan)


def test_a_new_version_of_the_course_gives_no_new_attempts(world):
    submit(start(world.law_quiz, by=world.lan), by=world.lan)
    second = start(world.law_quiz, by=world.lan)
    submit(second, by=world.lan)
    newer = renewed(world)

    with pytest.raises(Refusal, match="hết 2 lần"):
        start(newer, by=world.lan)


def renewed(world):
    """The quiz as it stands in a new version of press law, which is published."""
    draft(world.press_law, by=world.minh)
    publish(world.press_law, "Sửa", False, by=world.minh)
    return next(step for step in published_version(world.press_law).activities
                if step.kind == "quiz")


def test_the_newest_answer_of_a_slot_counts_and_the_others_are_kept(world):
    first = save_answer(world.running, 0, ["B"], ("phone", 1), by=world.lan)
    second = save_answer(world.running, 0, ["A"], ("phone", 2), by=world.lan)

    assert (first.rev, second.rev) == (1, 2)
    assert answers_of(world.running) == {0: ["A"]}
    assert db.session.scalars(select(AnswerEvent.answer).order_by(AnswerEvent.rev)).all() == [
        ["B"], ["A"]]


def test_an_answer_sent_again_changes_nothing(world):
    first = save_answer(world.running, 0, ["B"], ("phone", 1), by=world.lan)
    save_answer(world.running, 0, ["A"], ("phone", 2), by=world.lan)

    again = save_answer(world.running, 0, ["B"], ("phone", 1), by=world.lan)

    assert again == first
    assert answers_of(world.running) == {0: ["A"]}


def test_two_devices_count_for_themselves_and_what_arrives_last_counts(world):
    save_answer(world.running, 0, ["A"], ("phone", 1), by=world.lan)
    save_answer(world.running, 0, ["B"], ("computer", 1), by=world.lan)

    assert answers_of(world.running) == {0: ["B"]}


def test_an_answer_taken_back_is_no_answer(world):
    save_answer(world.running, 0, ["A"], ("phone", 1), by=world.lan)
    save_answer(world.running, 0, [], ("phone", 2), by=world.lan)

    submit(world.running, by=world.lan)

    assert world.running.shares[0] == "0.00"


@pytest.mark.parametrize("slot", [-1, 4, 99])
def test_a_question_that_is_not_asked_is_not_answered(world, slot):
    with pytest.raises(Refusal, match="không có câu"):
        save_answer(world.running, slot, ["A"], ("phone", 1), by=world.lan)


def test_an_answer_of_another_question_is_refused(world):
    with pytest.raises(Refusal, match="không thuộc câu hỏi"):
        save_answer(world.running, 0, ["C"], ("phone", 1), by=world.lan)


def test_an_answer_within_the_grace_counts_and_a_later_one_is_kept_without_counting(world, later):
    later(31)
    in_time = save_answer(world.running, 0, ["A"], ("phone", 1), by=world.lan)
    later(31.1)
    late = save_answer(world.running, 0, ["B"], ("phone", 2), by=world.lan)

    assert (in_time.late, late.late) == (False, True)
    assert answers_of(world.running) == {0: ["A"]}


def test_handing_in_marks_the_answers(world):
    answer(world.running, (["A"], ["A"], ["T"], ["126/2025/qh15"]))

    attempt = submit(world.running, by=world.lan)

    assert (attempt.shares, attempt.score) == (["100.00", "0.00", "100.00", "100.00"], 75)
    assert (attempt.passed, attempt.submitted_at) == (True, MORNING)
    assert verbs(attempt) == ["attempt started", "attempt submitted"]


@pytest.mark.parametrize("mark, result", [(74, True), (75, True), (76, False)])
def test_the_pass_mark_itself_passes(world, mark, result):
    world.law_quiz.pass_mark = mark
    answer(world.running, (["A"], ["A"], ["T"], ["126/2025/QH15"]))

    assert submit(world.running, by=world.lan).passed is result


def test_handing_in_twice_changes_nothing(world):
    passed(world.running)
    entries = db.session.scalar(select(func.count(AuditEntry.id)))

    again = submit(world.running, by=world.lan)

    assert again.score == 100
    assert db.session.scalar(select(func.count(AuditEntry.id))) == entries


def test_after_handing_in_no_answer_changes(world):
    passed(world.running)

    kept = save_answer(world.running, 0, ["B"], ("phone", 9), by=world.lan)

    assert kept.status == "refused"
    assert answers_of(world.running) == dict(enumerate(RIGHT))


def test_handing_in_after_the_deadline_counts_at_the_deadline(world, later):
    answer(world.running, RIGHT)
    later(45)

    attempt = submit(world.running, by=world.lan)

    assert (attempt.submitted_at, attempt.score) == (MORNING + 30 * MINUTE, 100)


def test_handing_in_within_the_grace_counts_at_its_moment(world, later):
    later(31)

    assert submit(world.running, by=world.lan).submitted_at == MORNING + 31 * MINUTE


def test_an_attempt_whose_time_is_over_is_handed_in_by_itself(world, later):
    answer(world.running, RIGHT)
    later(31.5)
    hand_in_overdue()
    assert world.running.submitted_at is None

    later(32)
    hand_in_overdue()

    assert world.running.state == "timed_out"
    assert (world.running.submitted_at, world.running.score) == (MORNING + 30 * MINUTE, 100)
    assert db.session.scalars(select(AuditEntry.by_id).filter_by(
        verb="attempt submitted")).all() == [None]


def test_whoever_comes_back_after_the_deadline_begins_the_next_attempt(world, later):
    first = world.running
    later(45)

    second = start(world.law_quiz, by=world.lan)

    assert (second.number, running_attempt(world.law_quiz, world.lan)) == (2, second)
    assert (first.submitted_at, first.passed) == (MORNING + 30 * MINUTE, False)


def test_passing_does_the_step_with_its_mark(world):
    attempt = passed(world.running)

    study = study_of(world.lan, world.press_law)
    done = db.session.get(StepDone, (study.id, "law-quiz"))
    assert (done.done_at, done.mark) == (attempt.submitted_at, 100)


def test_not_passing_does_no_step(world):
    submit(world.running, by=world.lan)

    assert db.session.scalars(select(StepDone)).all() == []


def test_passing_the_last_step_completes_the_course(world):
    begin(world.lan, world.press_law, by=world.lan)
    finish_step(world.lan, world.law_intro, by=world.lan)
    finish_step(world.lan, world.law_text, by=world.lan)

    passed(world.running)

    completion = db.session.scalars(select(Completion).filter_by(person_id=world.lan.id)).one()
    assert (completion.course, completion.mark) == (world.press_law, 100)
    assert completion.learned_on == clock.today()


def test_rewording_a_question_does_not_change_a_running_paper(world):
    before = stems(world.running)
    reword_question(world.first_question, {
        "stem_vi": "Câu hỏi mới?", "options": world.first_question.versions[-1].options,
        "right": ["B"]}, by=world.minh)

    assert stems(world.running) == before
    assert passed(world.running).score == 100
    assert stems(start(world.law_quiz, by=world.hoa))[0] == "Câu hỏi mới?"


def test_two_people_have_papers_of_their_own(world):
    lan, hoa = world.running, start(world.law_quiz, by=world.hoa)

    answer(hoa, RIGHT)

    assert (answers_of(lan), answers_of(hoa)) == ({}, dict(enumerate(RIGHT)))
