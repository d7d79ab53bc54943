"""The pages of a quiz, as the trainee, the trainer and the officer meet them."""
from hashlib import sha256

import pytest
from sqlalchemy import select

from lms.kernel.db import db

from quizzes.attempts.actions import start, submit
from quizzes.attempts.models import AnswerEvent
from quizzes.attempts.queries import answers_of
from quizzes.attempts.saving import save_answer
from quizzes.papers.models import QuizItem
from quizzes.questions.queries import questions_of
from tests.statements import counted


def url(world, end=""):
    """An address of Lan's running attempt."""
    return f"/quizzes/attempts/{world.running.id}{end}"


def put(browser, address, content, status=200):
    """What the script of a question's page sends."""
    return browser.send(address, content, status, "PUT")


def form_to(page, end):
    """Where the form of ``page`` goes whose address ends so."""
    return next(form["action"] for form in page.all("form") if form["action"].endswith(end))


def test_a_quiz_from_its_door_to_its_result_without_scripts(world, browse):
    hoa = browse(world.hoa)
    door = hoa.get(f"/quizzes/{world.law_quiz.id}")
    assert "4 câu hỏi, 30 phút. Cần đạt 50 trên 100 điểm." in door.text
    assert "Còn 2 lần làm bài" in door.text

    page = hoa.follow(hoa.post(form_to(door, "/attempts")))
    assert "Câu 1 trên 4" in page.text
    for given in ({"a": "A"}, {"a": ["A", "B"]}, {"a": "T"}, {"a": " 126/2025/qh15 "}):
        address = next(form["action"] for form in page.all("form") if "data-heading" in form)
        onward = next(button["value"] for button in page.all("button")
                      if button.get("name") == "go")
        slot = int(address.rsplit("/", 1)[1])
        page = hoa.follow(hoa.post(address, {
            **{f"s{slot}-{name}": value for name, value in given.items()}, "go": onward}))
    assert "Đã trả lời 4 trên 4 câu." in page.text
    result = hoa.follow(hoa.post(form_to(page, "/submission")))

    assert "Đạt, 75 trên 100 điểm" in result.text
    assert "Bạn trả lời: Có; Không" in result.text
    assert "Đáp án đúng: Có; Trung thực" in result.text
    assert result.text.count("Xem luật.") == 4
    assert result.text.count("Đáp án đúng:") == 1


def test_the_door_shows_what_was_handed_in_and_what_is_left(world, browse):
    submit(world.running, by=world.lan)

    door = browse(world.lan).get(f"/quizzes/{world.law_quiz.id}")

    assert "Còn 1 lần làm bài" in door.text
    assert "Lần 1 10:00 25/11/2026 0 chưa đạt" in door.text


def test_the_door_says_when_no_attempt_is_left(world, browse):
    submit(world.running, by=world.lan)
    submit(start(world.law_quiz, by=world.lan), by=world.lan)

    lan = browse(world.lan)
    door = lan.get(f"/quizzes/{world.law_quiz.id}")
    refusal = lan.post(f"/quizzes/{world.law_quiz.id}/attempts", status=409)

    assert "Bạn đã dùng hết 2 lần làm bài." in door.text
    assert "Bạn đã dùng hết 2 lần làm bài." in refusal.text


def test_a_question_shows_the_answer_given_and_the_way_through_the_paper(world, browse):
    save_answer(world.running, 1, ["A", "C"], ("phone", 1), by=world.lan)

    page = browse(world.lan).get(url(world, "/1"))

    assert [box["value"] for box in page.all("input") if "checked" in box] == ["A", "C"]
    assert [a["data-state"] for a in page.all("a") if "data-state" in a] == [
        "todo", "done", "todo", "todo"]
    assert "Nộp trước 10:30:00" in page.text
    assert "Đã lưu 10:00:00" in page.text


def test_all_the_questions_are_answered_on_one_page_without_scripts(world, browse):
    lan = browse(world.lan)
    page = lan.get(url(world, "/all"))
    assert [text for text in ("Câu 1", "Câu 4", "Luật Báo chí mang số nào?")
            if text not in page.text] == []

    lan.post(url(world, "/all"), {"s0-a": "A", "s1-a": ["A", "C"], "s3-a": "126/2025/QH15"})
    shown = lan.get(url(world, "/all"))
    onward = lan.post(url(world, "/all"), {"s0-a": "B", "s1-a": ["A", "C"],
                                           "s3-a": "126/2025/QH15", "go": "review"})

    assert [box["value"] for box in shown.all("input") if "checked" in box] == ["A", "A", "C"]
    assert onward.location == url(world, "/review")
    assert answers_of(world.running) == {0: ["B"], 1: ["A", "C"], 3: ["126/2025/QH15"]}
    assert len(db.session.scalars(select(AnswerEvent)).all()) == 4


def test_a_question_does_not_tell_its_key(world, browse):
    page = browse(world.lan).get(url(world, "/3"))

    assert "Luật Báo chí mang số nào?" in page.text
    assert "126/2025/QH15" not in page.response.text
    assert "Xem luật." not in page.response.text


def test_a_question_in_english_where_there_is_english(world, browse):
    lan = browse(world.lan)
    lan.client.set_cookie("language", "en")

    page = lan.get(url(world, "/1"))

    assert "Question 2 of 4" in page.text
    assert "Chọn các nguyên tắc tác nghiệp." in page.text
    assert "Yes No Honesty" in page.text


def test_saving_without_scripts_twice_in_one_second_keeps_the_second_answer(world, browse):
    lan = browse(world.lan)

    lan.post(url(world, "/0"), {"a": "B", "go": "1"})
    lan.post(url(world, "/0"), {"a": "A", "go": "1"})

    assert answers_of(world.running) == {0: ["A"]}


def test_pressing_on_without_a_change_writes_nothing(world, browse):
    lan = browse(world.lan)

    lan.post(url(world, "/0"), {"a": "B", "go": "1"})
    lan.post(url(world, "/0"), {"a": "B", "go": "1"})
    back = lan.post(url(world, "/1"), {"go": "0"})

    assert back.location == url(world, "/0")
    assert len(db.session.scalars(select(AnswerEvent)).all()) == 1


def test_an_answer_to_a_question_that_is_not_asked_is_refused_in_words(world, browse):
    refusal = browse(world.lan).post(url(world, "/77"), {"a": "A"}, status=409)

    assert "Bài kiểm tra không có câu này." in refusal.text


def test_an_answer_is_saved_as_it_is_given(world, browse):
    lan = browse(world.lan)

    saved = put(lan, url(world, "/answers/0"), {"client": "phone", "seq": 7, "answer": ["A"]})

    assert saved.json == {
        "rev": 1, "status": "accepted", "late": False, "saved_at": "10:00:00",
        "received_at": "2026-11-25T03:00:00+00:00", "server_now": "2026-11-25T03:00:00+00:00",
        "state": "running", "until": "10:30:00", "seconds_left": 1800, "pause": None,
        "sha256": sha256(b'["A"]').hexdigest()}
    assert answers_of(world.running) == {0: ["A"]}


def test_an_answer_sent_again_is_answered_alike(world, browse):
    lan = browse(world.lan)
    sent = {"client": "phone", "seq": 7, "answer": ["A"]}
    first = put(lan, url(world, "/answers/0"), sent)

    assert put(lan, url(world, "/answers/0"), sent).json == first.json


def test_a_late_answer_is_answered_as_late(world, browse, later):
    lan = browse(world.lan)
    later(40)

    saved = put(lan, url(world, "/answers/0"), {"client": "phone", "seq": 7, "answer": ["A"]},
                status=202)

    assert (saved.json["late"], saved.json["seconds_left"]) == (True, 0)


@pytest.mark.parametrize("sent", [
    [], "A", 7, {}, {"client": "phone", "seq": 1}, {"client": "phone", "answer": ["A"]},
    {"client": 5, "seq": 1, "answer": ["A"]}, {"client": "phone", "seq": "1", "answer": ["A"]},
    {"client": "phone", "seq": 0, "answer": ["A"]},
    {"client": "phone", "seq": 2**31, "answer": ["A"]},
    {"client": "phone", "seq": True, "answer": ["A"]},
    {"client": "phone", "seq": 1, "answer": "A"}, {"client": "phone", "seq": 1, "answer": [1]},
    {"client": "phone", "seq": 1, "answer": [["A"]]},
    {"client": "ph\x00one", "seq": 1, "answer": ["A"]},
    {"client": "", "seq": 1, "answer": ["A"]}, {"client": "p" * 65, "seq": 1, "answer": ["A"]},
    {"client": "phone", "seq": 1, "answer": ["A"], "base_rev": -1},
    {"client": "phone", "seq": 1, "answer": ["A"], "age_ms": "7"},
    {"client": "phone", "seq": 1, "answer": ["A"], "sha256": "0" * 64},
    {"client": "phone", "seq": 1, "answer": ["A"] * 201},
    {"client": "phone", "seq": 1, "answer": ["A" * 100_001]},
    {"client": "phone", "seq": 1, "fields": "a=A"},
    {"client": "phone", "seq": 1, "fields": [["a"]]},
    {"client": "phone", "seq": 1, "fields": [["a", 1]]},
])
def test_a_damaged_answer_is_refused(world, browse, sent):
    refusal = put(browse(world.lan), url(world, "/answers/0"), sent, status=422)

    assert refusal.json == {
        "error": "Câu trả lời đến không nguyên vẹn nên chưa lưu. Hãy tải lại trang."}
    assert answers_of(world.running) == {}


@pytest.mark.parametrize("answer", [["X"], ["A", "B"], ["A", "A"]])
def test_an_answer_the_question_cannot_have_is_refused(world, browse, answer):
    refusal = put(browse(world.lan), url(world, "/answers/0"),
                  {"client": "phone", "seq": 1, "answer": answer}, status=422)

    assert refusal.json == {"error": "Câu trả lời không thuộc câu hỏi này. Hãy tải lại trang."}


@pytest.mark.parametrize("text, kept", [
    ("126\x002025", ["1262025"]), ("126\ud8002025", ["1262025"]), (" \u200b", [])])
def test_words_that_no_database_keeps_are_cleaned_before_they_are_saved(
        world, browse, text, kept):
    lan = browse(world.lan)

    put(lan, url(world, "/answers/3"), {"client": "phone", "seq": 1, "answer": [text]})

    assert answers_of(world.running) == {3: kept}


@pytest.mark.parametrize("body", [b"{", b"", b"\xff\xfe", b'{"client": "phone", "seq": NaN'])
def test_what_is_no_json_at_all_is_refused(world, browse, body):
    lan = browse(world.lan)

    lan._visit("PUT", url(world, "/answers/0"), 400, data=body, content_type="application/json")

    assert answers_of(world.running) == {}


def test_a_save_costs_two_statements_with_the_one_that_finds_who_sends_it(world, browse):
    lan = browse(world.lan)
    address = url(world, "/answers/0")
    content = {"client": "phone", "seq": 1, "answer": ["A"]}

    with counted() as statements:
        lan.send(address, content, method="PUT")

    assert len(statements) == 2, "\n".join(statements)


def test_an_attempt_asks_no_statement_that_it_can_do_without(world, browse, later):
    world.press_law.open = True
    later(60 * 24)
    hoa, asked = browse(world.hoa), {}

    def count(name, visit, *what, **how):
        db.session.expire_all()
        with counted() as statements:
            page = visit(*what, **how)
        # PostgreSQL alone is asked for turns.
        asked[name] = sum("advisory" not in one for one in statements)
        return page
    attempt = count("start", hoa.post, f"/quizzes/{world.law_quiz.id}/attempts").location[:-2]
    for slot, answer in enumerate((["A"], ["A", "B"], ["T"], ["126/2025/QH15"])):
        hoa.send(f"{attempt}/answers/{slot}", {"client": "x", "seq": slot + 1, "answer": answer},
                 method="PUT")
    for name, address in (("paper", f"{attempt}/0"), ("review", f"{attempt}/review")):
        count(name, hoa.get, address)
    count("hand-in", hoa.send, f"{attempt}/submission", {"sent": {}})
    count("result", hoa.get, attempt)

    assert asked == {"start": 8, "paper": 4, "review": 4, "hand-in": 18, "result": 6}


@pytest.mark.breaks_promises
def test_handing_in_costs_as_many_statements_for_one_answer_as_for_three_hundred(world, browse):
    many, few = world.running, start(world.law_quiz, by=world.hoa)
    save_answer(few, 0, [], ("phone", 1), by=world.hoa)
    many.paper = many.paper * 75
    for slot in range(300):
        save_answer(many, slot, [], ("phone", slot + 1), by=world.lan)
    costs = []
    for person, attempt in (world.hoa, few), (world.lan, many):
        browser, address = browse(person), f"/quizzes/attempts/{attempt.id}"
        browser.get(f"{address}/review")
        with counted() as statements:
            browser.send(f"{address}/submission", {"sent": {}})
            browser.get(address)
        costs.append(statements)

    assert len(costs[0]) == len(costs[1]), "\n".join(set(costs[1]) ^ set(costs[0]))


@pytest.mark.breaks_promises
def test_a_page_costs_as_many_statements_for_four_questions_as_for_forty(world, browse):
    lan, first = browse(world.lan), url(world, "/0")
    lan.get(first)
    with counted() as for_few:
        lan.get(first)
    attempt = world.running
    attempt.paper = attempt.paper * 10
    for slot in range(40):
        save_answer(attempt, slot, [], ("phone", slot + 1), by=world.lan)

    with counted() as for_many:
        lan.get(first)

    assert len(for_many) == len(for_few)


@pytest.mark.breaks_promises
def test_a_page_of_answers_costs_as_many_statements_for_one_answer_as_for_ten(world, browse):
    lan, attempt, page = browse(world.lan), world.running, url(world, "/all")
    world.law_quiz.whole_page = True
    attempt.paper = attempt.paper * 10
    db.session.flush()
    with counted() as for_one:
        lan.post(page, {"s0-a": "B"})

    with counted() as for_ten:
        lan.post(page, {f"s{slot}-a": "A" for slot in range(0, 40, 4)})

    assert len(for_ten) == len(for_one)
    assert answers_of(attempt) == {slot: ["A"] for slot in range(0, 40, 4)}


def test_a_question_whose_time_is_over_leads_to_handing_in(world, browse, later):
    lan = browse(world.lan)
    later(32)

    review = lan.follow(lan.get(url(world, "/0"), status=302))

    assert "Đã hết giờ." in review.text
    result = lan.follow(lan.post(form_to(review, "/submission")))
    assert "Chưa đạt, 0 trên 100 điểm" in result.text
    assert "Còn 1 lần làm bài" in result.text


def test_a_question_without_an_answer_is_not_called_wrong(world, browse):
    save_answer(world.running, 0, ["B"], None, by=world.lan)
    submit(world.running, by=world.lan)

    page = browse(world.lan).get(f"/quizzes/attempts/{world.running.id}")

    assert (page.text.count(" sai Bạn trả lời:"), page.text.count(
        " chưa trả lời Bạn trả lời: không có")) == (1, 3)


def test_a_result_that_is_not_there_yet_leads_to_the_questions(world, browse):
    lan = browse(world.lan)

    assert lan.get(url(world), status=302).location == url(world, "/0")


def test_after_handing_in_the_questions_lead_to_the_result(world, browse):
    lan, running = browse(world.lan), url(world)
    lan.post(f"{running}/submission")

    assert lan.get(f"{running}/review", status=302).location == running
    assert lan.post(f"{running}/submission").location == running
    lan.post(f"{running}/0", {"a": "A", "go": "1"})
    told = lan.get(running)
    assert ("Câu trả lời cho câu 1 đến sau khi kết thúc. Câu này được giữ lại; giảng viên quyết "
            "định có tính hay không.") in told.text


def test_an_officer_reads_a_result_only_when_it_is_handed_in(world, browse):
    an = browse(world.an)
    an.get(url(world), status=404)
    submit(world.running, by=world.lan)

    shown = an.get(url(world))

    assert "Chưa đạt, 0 trên 100 điểm" in shown.text
    assert "Làm lại" not in shown.text


def test_a_question_of_each_kind_is_answered_without_scripts(world, browse):
    minh = browse(world.minh)
    bank = f"/quizzes/courses/{world.press_law.id}/questions/new"
    for kind, lines in (("ordering", "Viết\nDuyệt\nĐăng"), ("matching", "Tin = nhanh\nBài = sâu")):
        minh.post(bank, {"kind": kind, "stem_vi": f"Câu {kind}", "lines": lines})
    for place, (question, _version) in enumerate(questions_of(world.press_law)[4:], 4):
        db.session.add(QuizItem(quiz=world.law_quiz, question=question, position=place))
    hoa = browse(world.hoa)
    first = hoa.post(f"/quizzes/{world.law_quiz.id}/attempts").location.removesuffix("/0")

    hoa.post(f"{first}/4", {"a-C": "1", "a-A": "2", "a-B": "3"})
    hoa.post(f"{first}/5", {"a-1": "a", "a-2": "a"})
    result = hoa.follow(hoa.post(f"{first}/submission"))

    assert "Duyệt – 2; Đăng – 3; Viết – 1" in result.text
    assert "Đáp án đúng: Tin – nhanh; Bài – sâu" in result.text
    assert "đúng một phần" in result.text
