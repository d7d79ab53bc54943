"""Answers that people mark: the queue, two markers and a third, nobody their own."""
from decimal import Decimal
from importlib import import_module

import pytest
from sqlalchemy import select

from lms.kernel.db import db
from lms.kernel.errors import Refusal
from lms.notices.models import Notice
from lms.people.models import Role

from courses.catalogue.models import CourseTrainer
from quizzes.attempts.actions import start, submit
from quizzes.attempts.checking import faults
from quizzes.attempts.grades import ToMark
from quizzes.attempts.regrading_actions import mark_all_again
from quizzes.attempts.saving import save_answer
from quizzes.attempts.voiding import restore, void
from quizzes.essays.actions import mark
from quizzes.essays.queries import count_waiting, waiting_for
from quizzes.papers.models import QuizItem
from quizzes.questions.kinds import KINDS
from quizzes.questions.models import Question, QuestionVersion
from tests.quizzes.sitting import WRONG
from tests.statements import counted
from tests.world import BEGINNING

pytestmark = pytest.mark.skipif("essay" not in KINDS, reason="no kind of question needs people")

TEXT = "Nguồn tin được bảo vệ vì báo chí phục vụ công chúng."


@pytest.fixture
def essay(world):
    """A fifth question of press law, worth four points: an essay that two people mark."""
    course, quiz = world.press_law, world.law_quiz
    for person in (world.hoa, world.ha):
        db.session.add_all([Role(person_id=person.id, kind="trainer", valid_from=BEGINNING),
                            CourseTrainer(course_id=course.id, person_id=person.id)])
    question = Question(key="P5", course_id=course.id, kind="essay")
    version = QuestionVersion(
        question=question, number=1, stem_vi="Vì sao bảo vệ nguồn tin?", options=[], right=[],
        settings={"markers": 2, "differ": 2, "file": False, "most_words": None, "rubric": [
            {"vi": "Lập luận", "en": "Argument", "points": "6"},
            {"vi": "Diễn đạt", "en": "Style", "points": "4"}]})
    db.session.add_all([question, version])
    db.session.flush()
    db.session.add(QuizItem(quiz_id=quiz.id, question_id=question.id, position=9, points=4))
    db.session.flush()
    db.session.expire_all()
    return version


@pytest.fixture
def handed_in(essay, world, later):
    """Lan's second attempt: everything wrong but the essay, which is not marked yet."""
    submit(world.running, by=world.lan)
    later(1)
    return hand_in(world.law_quiz, world.lan)


def hand_in(quiz, person):
    """Hand in an attempt with an essay and wrong answers."""
    attempt = start(quiz, by=person)
    for slot, answer in enumerate([*WRONG, [TEXT]]):
        save_answer(attempt, slot, answer, None, by=person)
    return submit(attempt, by=person)


def give(viewer, argument, style):
    """``viewer`` marks the one answer that waits."""
    (one,) = waiting_for(viewer)
    return mark(one.code, [Decimal(argument), Decimal(style)], "", by=viewer)


def test_two_markers_who_agree_decide_and_the_person_is_told(handed_in, world):
    """7 and 8 of 10 are 0.75 of the essay's 4 of 8 points: 37.5."""
    assert (handed_in.score, handed_in.passed) == (0, False)
    give(world.minh, "4", "3")
    assert handed_in.score == 0
    give(world.an, "5", "3")

    assert (str(handed_in.score), handed_in.shares[4]) == ("37.50", "75.00")
    assert waiting_for(world.hoa) == []
    assert db.session.scalars(select(Notice.text_vi).where(
        Notice.key == f"marked-{handed_in.id}")).all() == [
        "Bài “Kiểm tra” của bạn đã chấm xong: 37,50 điểm."]
    assert mark_all_again(None, keep=False)[1] == []


def test_at_a_larger_difference_a_third_decides(handed_in, world):
    give(world.minh, "0", "1")
    give(world.an, "6", "4")
    assert handed_in.score == 0
    give(world.hoa, "6", "4")

    assert (str(handed_in.score), handed_in.passed) == ("50.00", True)


def test_nobody_marks_twice_nor_their_own(handed_in, world, later):
    later(2)
    hand_in(world.law_quiz, world.minh)
    assert [one.attempt.person.key for one in waiting_for(world.minh)] == ["LAN"]
    code = waiting_for(world.minh)[0].code
    give(world.minh, "1", "1")

    with pytest.raises(Refusal):
        mark(code, [Decimal(1), Decimal(1)], "", by=world.minh)

    assert waiting_for(world.minh) == []
    assert {one.attempt.person.key for one in waiting_for(world.an)} == {"LAN", "MINH"}


def test_the_queue_and_the_answer_name_nobody(handed_in, world, browse):
    minh = browse(world.minh)
    queue = minh.get("/quizzes/essays")
    assert "Vì sao bảo vệ nguồn tin? 1 câu trả lời đang chờ." in queue.text
    url = next(link for link in queue.links.values() if link.startswith("/quizzes/essays/"))

    page = minh.get(url)

    assert TEXT in page.text
    assert "Nông Thị Lan" not in queue.text + page.text
    assert f"attempts/{handed_in.id}" not in queue.response.text + page.response.text
    wrong = minh.post(url, {"points-1": "7", "points-2": "1", "comment": "Tốt"}, 200)
    assert "Dòng 1 của thang điểm cần một số" in wrong.text
    minh.post(url, {"points-1": "5,5", "points-2": "1", "comment": "Tốt"})
    assert "Không có bài nào chờ bạn chấm." in minh.get("/quizzes/essays").text


def test_a_marker_reads_how_long_the_answer_is_and_what_the_question_says(
        handed_in, essay, world, browse):
    essay.explanation_vi = "Cần nêu Điều 38."
    essay.settings = essay.settings | {"most_words": 9}
    (one,) = waiting_for(world.minh)

    page = browse(world.minh).get(f"/quizzes/essays/{one.code}")

    assert f"{len(TEXT.split())} từ, yêu cầu nhiều nhất 9." in page.text
    assert "Lời giải thích của câu hỏi Cần nêu Điều 38." in page.text


def test_a_marker_goes_from_answer_to_answer_and_after_the_last_to_the_queue(
        handed_in, world, browse, later):
    later(2)
    hand_in(world.law_quiz, world.ha)
    minh = browse(world.minh)
    first, second = [one.code for one in waiting_for(world.minh)]

    page = minh.post(f"/quizzes/essays/{first}", {"points-1": "5", "points-2": "1"})
    assert page.location == f"/quizzes/essays/{second}"
    assert "Đã chấm; còn 1 câu trả lời cho câu hỏi này." in minh.follow(page).text

    assert minh.post(page.location, {"points-1": "5", "points-2": "1"}).location == (
        "/quizzes/essays")


def test_the_result_says_what_still_waits_and_then_the_comments(handed_in, world, browse):
    url = f"/quizzes/attempts/{handed_in.id}"
    assert "Còn 1 câu trả lời chờ người chấm." in browse(world.lan).get(url).text
    (one,) = waiting_for(world.minh)
    mark(one.code, [Decimal(5), Decimal(3)], "Nên nêu điều luật.", by=world.minh)
    assert "Nên nêu điều luật." not in browse(world.lan).get(url).text
    give(world.an, "5", "3")

    page = browse(world.lan).get(url)

    assert "chờ người chấm" not in page.text
    assert "Nhận xét: Nên nêu điều luật." in page.text
    assert "80 trên 100 điểm, do giảng viên chấm" in page.text
    assert "nay 40,00 điểm Giảng viên đã chấm câu bạn viết." in page.text


def test_whoever_waits_for_a_marker_has_not_failed(handed_in, world, browse):
    lan, url = browse(world.lan), f"/quizzes/attempts/{handed_in.id}"
    result = lan.get(url)
    door = lan.get(f"/quizzes/{world.law_quiz.id}").text
    assert "Chưa chấm xong, tạm tính 0 trên 100 điểm" in result.text
    assert "Chưa đạt" not in result.text
    assert "Lần 2 10:01 25/11/2026 0 chờ người chấm" in door
    give(world.minh, "0", "0")
    give(world.an, "0", "0")

    assert "Chưa đạt, 0 trên 100 điểm" in lan.get(url).text
    assert "Lần 2 10:01 25/11/2026 0 chưa đạt" in lan.get(f"/quizzes/{world.law_quiz.id}").text


def test_a_mark_just_below_the_pass_mark_is_not_rounded_up_to_it(handed_in, world, browse):
    world.law_quiz.pass_mark = 40
    give(world.minh, "6", "1.9")
    give(world.an, "6", "1.9")

    lan = browse(world.lan)
    assert "Chưa đạt, 39,5 trên 100 điểm Cần đạt 40 điểm." in lan.get(
        f"/quizzes/attempts/{handed_in.id}").text
    assert "39,5 chưa đạt" in lan.get(f"/quizzes/{world.law_quiz.id}").text


def test_an_answer_marked_with_nothing_says_so_and_one_that_waits_does_not(
        handed_in, world, browse):
    lan, url = browse(world.lan), f"/quizzes/attempts/{handed_in.id}"
    assert "chờ người chấm Bạn trả lời:" in lan.get(url).text
    give(world.minh, "0", "0")
    give(world.an, "0", "0")

    assert "0 trên 100 điểm, do giảng viên chấm Bạn trả lời:" in lan.get(url).text


def test_every_faulty_line_of_the_rubric_is_named_at_once(handed_in, world, browse):
    minh, (one,) = browse(world.minh), waiting_for(world.minh)

    page = minh.post(f"/quizzes/essays/{one.code}", {"points-1": "7", "points-2": "tốt"}, 200)

    assert "Dòng 1, 2 của thang điểm cần một số" in page.text
    assert [field["name"] for field in page.all("input") if "aria-invalid" in field] == [
        "points-1", "points-2"]


def test_the_queue_says_that_an_answer_waits_for_another_marker(handed_in, world, browse):
    words = "1 câu bạn đã chấm còn chờ một người chấm khác"
    assert words not in browse(world.minh).get("/quizzes/essays").text
    give(world.minh, "0", "0")

    assert words in browse(world.minh).get("/quizzes/essays").text
    assert words not in browse(world.an).get("/quizzes/essays").text


def test_trainers_of_other_courses_have_nothing_to_mark(handed_in, world):
    for one in db.session.scalars(select(CourseTrainer).filter_by(person_id=world.minh.id)):
        db.session.delete(one)
    db.session.flush()

    assert waiting_for(world.minh) == []


def test_the_queue_costs_the_same_for_few_and_for_many(handed_in, world, later):
    minh = world.minh
    assert len(waiting_for(minh)) == 1
    with counted() as for_few:
        waiting_for(minh)
    world.law_quiz.attempts_allowed = 9
    for number in range(4):
        later(5 + number)
        hand_in(world.law_quiz, world.ha)
    with counted() as for_many:
        assert len(waiting_for(minh)) == 5

    assert len(for_few) == len(for_many)


def test_a_trainers_day_tells_of_answers_to_mark(handed_in, world, browse, later):
    later(2)
    hand_in(world.law_quiz, world.minh)

    page = browse(world.hoa).get("/today")
    assert "Câu trả lời chờ chấm 2 câu trả lời đang chờ." in page.text
    assert page.links["Chấm bài"] == "/quizzes/essays"

    for one in waiting_for(world.minh):
        mark(one.code, [Decimal(1), Decimal(1)], "", by=world.minh)
    assert "đang chờ" not in browse(world.minh).get("/today").text


def test_the_count_is_that_of_the_queue_and_costs_the_same_for_many(handed_in, world, later):
    assert [count_waiting(person) for person in (world.minh, world.lan, world.an)] == [1, 0, 1]
    minh = world.minh
    with counted() as for_few:
        count_waiting(minh)
    world.law_quiz.attempts_allowed = 9
    for number in range(4):
        later(5 + number)
        hand_in(world.law_quiz, world.ha)
    with counted() as for_many:
        assert count_waiting(minh) == 5

    assert len(for_few) == len(for_many)
    assert len(waiting_for(world.minh)) == 5


def test_who_marks_no_essay_pays_one_statement_for_the_day(world):
    with counted() as statements:
        assert count_waiting(world.minh) == 0

    assert len([one for one in statements if "question" in one or "attempt" in one]) == 1


def test_an_answer_that_lacks_in_the_queue_is_found_by_the_look_over_all_attempts(
        handed_in, world):
    assert faults()[0] == []

    (row,) = db.session.scalars(select(ToMark))
    row.needed = 1
    db.session.flush()

    (fault,) = faults()[0]
    assert (fault.promise, fault.attempt) == ("Q9", handed_in.id)
    row.needed = 2


def test_the_migration_finds_the_answers_that_wait(handed_in, world, later):
    give(world.minh, "5", "3")
    later(2)
    hand_in(world.law_quiz, world.ha)
    migration = import_module("migrations.versions.0023_answers_to_mark")
    connection, settings = db.session.connection(), dict(db.session.execute(
        select(QuestionVersion.id, QuestionVersion.settings).join(QuestionVersion.question)
        .where(Question.kind == "essay")).all())

    found = {(row["attempt_id"], row["slot"]): row["needed"]
             for row in migration.waiting(connection, settings)}

    kept = {(row.attempt_id, row.slot): row.needed for row in db.session.scalars(select(ToMark))}
    assert found == kept
    assert sorted(found.values()) == [1, 2]


def test_a_voided_attempt_waits_for_no_marker_until_it_is_restored(world, handed_in):
    void(handed_in, False, "Làm bài hộ", by=world.an)
    assert (count_waiting(world.hoa), faults()[0]) == (0, [])

    restore(handed_in, "Nhầm người", by=world.an)

    assert (count_waiting(world.hoa), faults()[0]) == (1, [])
