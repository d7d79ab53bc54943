"""The rules of a quiz: what a trainer sets, and what a trainee meets."""
from datetime import timedelta

import pytest
from sqlalchemy import select

from lms.kernel.db import db
from lms.kernel.errors import Refusal
from lms.kernel.guessing import PER_NAME

from courses.catalogue.actions import add_step, draft, publish
from courses.completions.models import StepDone
from quizzes.attempts.actions import lock_slots, start, submit
from quizzes.attempts.saving import save_answer
from quizzes.papers.actions import give_extra_time, renew_code, set_hours, set_quiz
from quizzes.papers.code import code_at, new_secret
from quizzes.papers.models import Quiz
from quizzes.papers.queries import number_asked
from quizzes.questions.models import Question, QuestionVersion
from tests.conftest import MORNING
from tests.courses.books import traces
from tests.quizzes.banks import bank, row
from tests.statements import counted

MINUTE = timedelta(minutes=1)
RIGHT = (["A"], ["A", "C"], ["T"], ["126/2025/QH15"])


def drawn_quiz(world, *rows, **rules):
    """A published test of press law with this blueprint."""
    step = add_step(draft(world.press_law, by=world.minh), "quiz",
                    {"title_vi": "Rút", "minutes": 5}, by=world.minh)
    set_quiz(step, {"blueprint": list(rows), "time_limit": None, **rules}, [], by=world.minh)
    publish(world.press_law, "", False, by=world.minh)
    return step


def asked(attempt):
    """The questions of an attempt in its order: (category, difficulty)."""
    found = db.session.scalars(
        select(QuestionVersion).where(
            QuestionVersion.id.in_([item["version"] for item in attempt.paper])))
    questions = {version.id: version.question for version in found}
    return [(questions[item["version"]].category, questions[item["version"]].difficulty)
            for item in attempt.paper]


def answered(attempt, *answers):
    """The attempt, handed in with these answers."""
    for slot, answer in enumerate(answers):
        save_answer(attempt, slot, answer, ("phone", slot + 1), by=attempt.person)
    return submit(attempt, by=attempt.person)


def test_a_paper_is_drawn_by_the_blueprint_section_by_section(world):
    bank(world, ("Luật", 1, 6), ("Luật", 3, 4), ("Đạo đức", 2, 5))
    quiz = drawn_quiz(world, row(2, "Đạo đức", 2, 1), row(3, "Luật", 1), row(1, "Luật", 3),
                      sections=[{"title_vi": "Một", "title_en": "", "pass_mark": None},
                                {"title_vi": "Hai", "title_en": "", "pass_mark": 50}])

    attempt = start(quiz, by=world.hoa)

    assert number_asked(quiz) == 6
    assert sorted(asked(attempt)[:4]) == [("Luật", 1)] * 3 + [("Luật", 3)]
    assert asked(attempt)[4:] == [("Đạo đức", 2)] * 2
    assert [item["section"] for item in attempt.paper] == [0] * 4 + [1] * 2


def test_a_second_attempt_asks_what_the_first_did_not(world):
    bank(world, ("Luật", 1, 4))
    quiz = drawn_quiz(world, row(2, "Luật"))

    first = start(quiz, by=world.hoa)
    submit(first, by=world.hoa)
    second = start(quiz, by=world.hoa)

    versions = [{item["version"] for item in attempt.paper} for attempt in (first, second)]
    assert len(versions[0] | versions[1]) == 4


def test_a_blueprint_the_bank_cannot_give_is_refused_in_words(world):
    bank(world, ("Luật", 3, 4))

    with pytest.raises(Refusal, match="7 câu hỏi, “Luật”, khó.*đủ 4"):
        drawn_quiz(world, row(7, "Luật", 3))


def test_chosen_questions_are_not_drawn_a_second_time(world):
    bank(world, ("Luật", 1, 3))
    ids = db.session.scalars(select(Question.id).filter_by(category="Luật")).all()
    step = add_step(draft(world.press_law, by=world.minh), "quiz", {"title_vi": "x", "minutes": 5},
                    by=world.minh)

    set_quiz(step, {"blueprint": [row(2, "Luật")]}, ids[:1], by=world.minh)
    with pytest.raises(Refusal, match="đủ 1"):
        set_quiz(step, {"blueprint": [row(2, "Luật")]}, ids[:2], by=world.minh)


@pytest.mark.slow
def test_starting_forty_questions_of_two_thousand_takes_at_most_fifteen_statements(world):
    questions = [Question(key=f"Z{n}", course=world.press_law, kind="single",
                          category=f"C{n % 8}", difficulty=n % 3 + 1) for n in range(2000)]
    db.session.add_all(questions)
    db.session.flush()
    db.session.execute(QuestionVersion.__table__.insert(), [
        {"question_id": question.id, "number": 1, "stem_vi": question.key, "stem_en": "",
         "options": [{"key": "A", "vi": "Có"}, {"key": "B", "vi": "Không"}], "matches": [],
         "right": ["A"], "explanation_vi": "", "explanation_en": "", "basis": "",
         "made_at": MORNING} for question in questions])
    quiz = drawn_quiz(world, *(row(5, f"C{n}") for n in range(8)), attempts_allowed=3)
    submit(start(quiz, by=world.hoa), by=world.hoa)
    db.session.commit()
    db.session.expire_all()
    key, hoa = quiz.id, world.hoa

    with counted() as statements:
        attempt = start(db.session.get(Quiz, key), by=hoa)

    assert (attempt.number, len(attempt.paper)) == (2, 40)
    assert len(statements) <= 15, statements


def test_a_section_must_reach_its_own_mark(world):
    quiz = world.law_quiz
    quiz.sections = [{"title_vi": "Một", "title_en": "", "pass_mark": None},
                     {"title_vi": "Hai", "title_en": "", "pass_mark": 100}]
    for item in quiz.items[2:]:
        item.section = 1
    db.session.flush()

    low = answered(start(quiz, by=world.hoa), RIGHT[0], RIGHT[1], RIGHT[2], ["sai"])
    full = answered(start(quiz, by=world.hoa), ["B"], RIGHT[1], RIGHT[2], RIGHT[3])

    assert (low.score, low.passed) == (75, False)
    assert (full.score, full.passed) == (75, True)


def test_the_result_names_the_sections_with_their_marks(world, browse):
    quiz = world.law_quiz
    quiz.sections = [{"title_vi": "Luật", "title_en": "", "pass_mark": 50},
                     {"title_vi": "Hiệu lực", "title_en": "", "pass_mark": None}]
    for item in quiz.items[2:]:
        item.section = 1
    attempt = answered(start(quiz, by=world.hoa), ["A"], ["B"], ["T"], RIGHT[3])

    text = browse(world.hoa).get(f"/quizzes/attempts/{attempt.id}").text

    assert "Luật phần này cần đạt 50 điểm 50 trên 100 điểm" in text
    assert "Hiệu lực 100 trên 100 điểm" in text


def test_a_single_part_with_its_own_mark_says_why_the_test_is_not_passed(world, browse):
    world.law_quiz.sections = [{"title_vi": "Luật", "title_en": "", "pass_mark": 100}]
    attempt = answered(start(world.law_quiz, by=world.hoa), RIGHT[0], RIGHT[1], RIGHT[2], ["sai"])

    text = browse(world.hoa).get(f"/quizzes/attempts/{attempt.id}").text

    assert "Chưa đạt, 75 trên 100 điểm Cần đạt 50 điểm." in text
    assert "Có phần chưa đạt điểm riêng của phần đó." in text
    assert "Luật phần này cần đạt 100 điểm 75 trên 100 điểm" in text


def test_a_test_opens_and_closes_by_the_servers_clock(world, later):
    set_hours(world.law_quiz, MORNING + 10 * MINUTE, MORNING + 20 * MINUTE, by=world.minh)
    with pytest.raises(Refusal, match="mở lúc 10:10 25/11/2026"):
        start(world.law_quiz, by=world.hoa)

    later(12)
    assert start(world.law_quiz, by=world.hoa).deadline == MORNING + 20 * MINUTE

    later(20)
    with pytest.raises(Refusal, match="đã đóng lúc 10:20"):
        start(world.law_quiz, by=world.vi)
    assert traces()[-1] == "attempt started"


def test_between_attempts_there_is_a_wait(world, later):
    world.law_quiz.wait_minutes = 60
    submit(start(world.law_quiz, by=world.hoa), by=world.hoa)

    later(59)
    with pytest.raises(Refusal, match="từ 11:00 25/11/2026"):
        start(world.law_quiz, by=world.hoa)

    later(60)
    assert start(world.law_quiz, by=world.hoa).number == 2


def test_who_must_wait_is_told_before_the_test_and_with_the_result(world, browse, later):
    world.law_quiz.wait_minutes = 60
    hoa, address = browse(world.hoa), f"/quizzes/{world.law_quiz.id}"
    assert "Giữa hai lần làm bài phải chờ 60 phút." in hoa.get(address).text
    attempt = submit(start(world.law_quiz, by=world.hoa), by=world.hoa)

    result = hoa.get(f"/quizzes/attempts/{attempt.id}").text
    assert "Bạn làm lại được từ 11:00 25/11/2026." in result
    assert "Còn 1 lần làm bài" not in result

    later(60)
    result = browse(world.hoa).get(f"/quizzes/attempts/{attempt.id}").text
    assert "Làm lại Còn 1 lần làm bài" in result


def test_extra_time_is_for_one_person_and_none_gives_it_to_themselves(world):
    give_extra_time(world.law_quiz, world.hoa, {"percent": 50, "minutes": None, "reason": "Mắt"},
                    by=world.minh)

    assert start(world.law_quiz, by=world.hoa).deadline == MORNING + 45 * MINUTE
    assert start(world.law_quiz, by=world.vi).deadline == MORNING + 30 * MINUTE
    with pytest.raises(Refusal, match="tự thêm giờ"):
        give_extra_time(world.law_quiz, world.minh, {"percent": 50, "minutes": 0, "reason": "x"},
                        by=world.minh)
    with pytest.raises(Refusal, match="bao nhiêu"):
        give_extra_time(world.law_quiz, world.hoa, {"percent": 0, "minutes": 0, "reason": "x"},
                        by=world.minh)


def test_a_code_opens_the_test_and_guessing_is_limited(world, browse):
    quiz, hoa = world.law_quiz, browse(world.hoa)
    quiz.code_secret = new_secret()
    code, _left = code_at(quiz.code_secret, MORNING)
    wrong = "000000" if code != "000000" else "111111"
    address = f"/quizzes/{quiz.id}/attempts"
    assert "Mã chiếu tại phòng" in hoa.get(f"/quizzes/{quiz.id}").text

    assert "Không đúng mã" in hoa.post(address, {"code": wrong}, status=200).text
    assert hoa.post(address, {"code": code}).status == 302
    vi = browse(world.vi)
    for _n in range(PER_NAME[0]):
        vi.post(address, {"code": wrong}, status=200)
    assert "quá nhiều lần" in vi.post(address, {"code": code}, status=200).text


def test_who_tries_again_types_the_code_of_the_room_first(world, browse):
    world.law_quiz.code_secret = new_secret()
    code, _left = code_at(world.law_quiz.code_secret, MORNING)
    attempt = submit(start(world.law_quiz, by=world.hoa, code=code), by=world.hoa)
    hoa = browse(world.hoa)

    door = hoa.get(hoa.get(f"/quizzes/attempts/{attempt.id}").links["Làm lại"])

    assert "Mã chiếu tại phòng" in door.text
    assert "Không đúng mã" not in door.text


def test_a_code_made_anew_shuts_out_the_old_one(world):
    world.law_quiz.code_secret = new_secret()
    code, _left = code_at(world.law_quiz.code_secret, MORNING)

    renew_code(world.law_quiz, by=world.minh)

    with pytest.raises(Refusal, match="mã của phòng"):
        start(world.law_quiz, by=world.hoa, code=code)
    world.law_quiz.code_secret = ""
    with pytest.raises(Refusal, match="không hỏi mã"):
        renew_code(world.law_quiz, by=world.minh)


def test_a_test_before_the_course_draws_by_the_blueprint_of_the_one_after_it(world):
    bank(world, ("Luật", 1, 6))
    version = draft(world.press_law, by=world.minh)
    after = add_step(version, "quiz", {"title_vi": "Sau", "minutes": 5}, by=world.minh)
    before = add_step(version, "quiz", {"title_vi": "Trước", "minutes": 5}, by=world.minh)
    set_quiz(after, {"blueprint": [row(3, "Luật")], "pass_mark": 60}, [], by=world.minh)
    set_quiz(before, {"pretest_of": after.lineage}, [], by=world.minh)
    publish(world.press_law, "", False, by=world.minh)

    first = submit(start(before, by=world.hoa), by=world.hoa)
    second = start(after, by=world.hoa)

    assert (first.score, first.passed) == (0, False)
    assert [(done.lineage, done.mark) for done in db.session.scalars(
        select(StepDone).filter_by(activity_id=before.id))] == [(before.lineage, None)]
    assert not ({item["version"] for item in first.paper}
                & {item["version"] for item in second.paper})


def test_going_forward_only_leaves_nothing_open_behind(world, browse):
    world.law_quiz.forward_only = True
    hoa = browse(world.hoa)
    attempt = start(world.law_quiz, by=world.hoa)
    address = f"/quizzes/attempts/{attempt.id}"
    page = hoa.get(f"{address}/0")
    assert "Câu đã qua không mở lại được." in page.text
    assert "Chọn các nguyên tắc" not in page.text

    hoa.post(f"{address}/0", {"s0-a": "A", "go": "1"})

    for place in ("0", "2", "all"):
        assert hoa.get(f"{address}/{place}", status=302).location == f"{address}/1"
    kept = hoa.send(f"{address}/answers/0", {"client": "x", "seq": 1, "answer": ["B"]},
                    status=409, method="PUT").json
    assert kept["status"] == "refused"
    for slot in (1, 2, 3):
        hoa.post(f"{address}/{slot}", {"go": str(slot + 1)})
    assert hoa.get(f"{address}/0", status=302).location == f"{address}/review"
    assert submit(attempt, by=world.hoa).score == 25


def test_in_practice_an_answer_is_checked_at_once_and_stands(world, browse):
    world.law_quiz.practice = True
    hoa = browse(world.hoa)
    attempt = start(world.law_quiz, by=world.hoa)
    address = f"/quizzes/attempts/{attempt.id}"
    assert "Đáp án đúng:" not in hoa.get(f"{address}/0").text

    page = hoa.follow(hoa.post(f"{address}/0", {"s0-a": "B", "check": "0"}))

    assert "Đáp án đúng: Có Xem luật." in page.text
    hoa.post(f"{address}/0", {"s0-a": "A", "go": "1"})
    assert "Đáp án đúng:" not in hoa.get(f"{address}/1").text
    whole = hoa.follow(hoa.post(f"{address}/all", {"s2-a": "T", "check": "2"}))
    assert whole.text.count("Xem luật.") == 2
    assert submit(attempt, by=world.hoa).score == 25


def test_in_practice_nothing_is_lost_by_checking_before_answering(world, browse):
    world.law_quiz.practice = True
    hoa = browse(world.hoa)
    attempt = start(world.law_quiz, by=world.hoa)
    address = f"/quizzes/attempts/{attempt.id}"

    page = hoa.follow(hoa.post(f"{address}/0", {"check": "0"}))
    assert "Câu 1 chưa có câu trả lời. Hãy trả lời rồi kiểm tra." in page.text
    assert "Đáp án đúng:" not in page.text
    whole = hoa.follow(hoa.post(f"{address}/all", {"check": "1"}))
    assert "Câu 2 chưa có câu trả lời." in whole.text

    page = hoa.follow(hoa.post(f"{address}/0", {"s0-a": "B", "check": "0"}))
    assert "Đáp án đúng: Có" in page.text


def test_a_test_on_one_page_opens_so(world, browse):
    world.law_quiz.whole_page = True

    page = browse(world.hoa).post(f"/quizzes/{world.law_quiz.id}/attempts")

    assert page.location.endswith("/all")


def test_the_result_shows_what_the_rules_let_it_show(world, browse, later):
    quiz = world.running.quiz
    quiz.closes_at = MORNING + 10 * MINUTE
    quiz.show_mark = quiz.show_key = "after_close"
    quiz.show_right = quiz.show_explanation = "never"
    attempt = answered(start(quiz, by=world.hoa), ["B"], ["B"], ["T"], ["x"])
    hoa, address = browse(world.hoa), f"/quizzes/attempts/{attempt.id}"

    text = hoa.get(address).text
    assert "Điểm của bạn sẽ hiện ở đây sau 10:10 25/11/2026." in text
    assert all(words not in text for words in ("25 trên 100", "Đáp án đúng:", "Xem luật.", "sai"))
    assert "25" not in hoa.get(f"/quizzes/{quiz.id}").text.split("Các lần")[-1].split("11/2026")[-1]

    later(11)
    submit(world.running, by=world.lan)
    text = hoa.get(address).text
    assert "Chưa đạt, 25 trên 100 điểm" in text
    assert "Đáp án đúng: Có" in text
    assert "Xem luật." not in text


def test_options_that_name_letters_are_shown_with_them(world, browse):
    version = world.first_question.versions[-1]
    version.options = [{"key": "1", "vi": "Có"}, {"key": "2", "vi": "Không"},
                       {"key": "3", "vi": "A và B đều đúng"}]
    world.law_quiz.shuffle_options = True
    attempt = start(world.law_quiz, by=world.hoa)

    text = browse(world.hoa).get(f"/quizzes/attempts/{attempt.id}/0").text

    assert "A. Có B. Không C. A và B đều đúng" in text
    assert "A. Có" not in browse(world.hoa).get(f"/quizzes/attempts/{attempt.id}/1").text.split(
        "Chọn các nguyên tắc")[1].split("Luật có hiệu lực")[0]


def test_locking_what_was_handed_in_changes_nothing(world):
    attempt = submit(start(world.law_quiz, by=world.hoa), by=world.hoa)

    lock_slots(attempt, [0], by=world.hoa)

    assert attempt.locked == []
