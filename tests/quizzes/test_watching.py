"""The pages of those who watch over a test: what they show, to whom, and what they never show."""
from datetime import timedelta

import pytest
from sqlalchemy import select

from lms.kernel.db import db
from lms.people.models import Person

from courses.classes.actions import nominate
from courses.classes.models import ClassTrainer
from quizzes.attempts.actions import start, submit
from quizzes.attempts.intervening import decline_late, give_back, pause, resume
from quizzes.attempts.models import AnswerEvent, Attempt, Cut, Intervention
from quizzes.attempts.protocol import Sent, digest
from quizzes.attempts.saving import save_answer
from tests.conftest import MORNING
from tests.quizzes.sitting import event_of, hand_in_overdue
from tests.statements import counted

SECRET = "Câu trả lời rất riêng"


def watch(world, **arguments):
    """The address of the page that watches over the law quiz."""
    query = "&".join(f"{name.rstrip('_')}={value}" for name, value in arguments.items())
    return f"/quizzes/{world.law_quiz.id}/watch" + (f"?{query}" if query else "")


def one(world, end=""):
    """The address of Lan's attempt for those who watch over it."""
    return f"/quizzes/attempts/{world.running.id}/watch{end}"


@pytest.fixture
def class_trainer(world):
    """Hạ, who teaches the class of December and no course."""
    db.session.add(ClassTrainer(course_class=world.december_class, person=world.ha))
    db.session.flush()
    return world.ha


def give(world, slot, answer, seq):
    """Lan answers."""
    return save_answer(world.running, slot, answer, Sent("phone", seq), by=world.lan)


def test_the_page_says_who_has_begun_and_how_they_stand(world, browse, later):
    give(world, 0, ["A"], 1)
    later(0.5)

    page = browse(world.minh).get(watch(world))

    assert ("Nông Thị Lan 1991 đang kết nối 1/4 29 phút 10:00:00") in page.text
    assert "1 bài làm đã bắt đầu, 0 bài đã nộp." in page.text


def test_whoever_gives_no_sign_of_life_is_named_first(world, browse, later):
    later(2)

    page = browse(world.minh).get(watch(world, show="silent"))

    assert "1 người mất liên lạc." in page.text
    assert page.all("tr")[1:] != []
    assert browse(world.minh).get(watch(world, show="working")).all("tr") == []


@pytest.mark.parametrize("minutes, words", [(31.5, "hết giờ"), (45, "hết giờ, tự nộp")])
def test_the_end_of_the_time_is_told(world, browse, later, minutes, words):
    later(minutes)
    hand_in_overdue()

    assert f"Lan 1991 {words} 0/4" in browse(world.minh).get(watch(world)).text


def test_the_class_says_who_has_not_begun(world, browse):
    nominate(world.december_class, [world.pao], world.department, by=world.an)

    page = browse(world.minh).get(watch(world, class_=world.december_class.id))

    assert "1 người chưa bắt đầu Vàng A Páo 1988" in page.text
    assert "Nông Thị Lan" in page.text


def test_the_trainer_of_a_class_watches_over_its_people_alone(world, browse, class_trainer):
    lan, hoa = world.running, start(world.law_quiz, by=world.hoa)
    here, there = browse(class_trainer), browse(world.minh)

    assert "Bế Thị Hoa" not in here.get(watch(world)).text
    assert "Nông Thị Lan" in here.get(watch(world)).text
    assert "Bế Thị Hoa" in there.get(watch(world)).text
    here.get(f"/quizzes/attempts/{hoa.id}/watch", status=404)
    here.post(f"/quizzes/attempts/{hoa.id}/watch/extra-time", status=404)
    here.post(f"/quizzes/{world.law_quiz.id}/watch/pause", {"reason": "Báo cháy"})
    assert (lan.state, hoa.state) == ("paused", "running")


def test_a_class_of_another_course_is_no_way_in(world, browse):
    world.december_class.course = world.kit
    db.session.flush()

    browse(world.minh).get(watch(world, class_=world.december_class.id), status=404)


@pytest.mark.parametrize("whom", ["class=xx", "class=-1", "one=0", f"one={10**20}"])
def test_whom_nobody_can_tell_is_not_taken_for_everybody(world, browse, whom):
    minh, address = browse(world.minh), f"/quizzes/{world.law_quiz.id}/watch/pause?{whom}"

    minh.post(address, {"reason": "Báo cháy"}, status=404)

    assert world.running.paused_at is None


def test_nobody_sees_running_answers(world, browse, later):
    give(world, 0, ["A"], 1)
    give(world, 3, [SECRET], 2)
    give(world, 2, ["F"], 3)
    minh = browse(world.minh)
    pages = [minh.get(url).response.text for url in (
        watch(world), watch(world, class_=world.december_class.id), one(world),
        f"/quizzes/{world.law_quiz.id}/watch/pause")]
    later(45)
    hand_in_overdue()
    give(world, 3, [SECRET + " hai"], 4)
    pages.append(minh.get(one(world)).response.text)

    for text in pages:
        for words in (SECRET, "bảo vệ nguồn tin", "Trung thực", "126/2025", "Xem luật"):
            assert words not in text
    for end in ("", "/0", "/all", "/review", "/state"):
        minh.get(f"/quizzes/attempts/{world.running.id}{end}", status=404)


def test_whoever_takes_the_test_too_can_do_nothing_for_themselves(world, browse):
    own = start(world.law_quiz, by=world.minh)
    minh = browse(world.minh)

    page = minh.get(f"/quizzes/attempts/{own.id}/watch")

    assert "Đây là bài của bạn" in page.text
    assert [form for form in page.all("form") if "watch" in form["action"]] == []
    for deed in ("extra-time", "reopening", "late-answers"):
        minh.post(f"/quizzes/attempts/{own.id}/watch/{deed}", {}, status=404)


def test_extra_time_is_given_on_the_page_with_a_reason(world, browse):
    minh = browse(world.minh)

    again = minh.post(one(world, "/extra-time"), {"extra-minutes": "10"}, status=200)
    assert "1 ô cần xem lại" in again.text
    page = minh.follow(minh.post(one(world, "/extra-time"), {
        "extra-minutes": "10", "extra-reason": "Máy hỏng"}))

    assert "Nông Thị Lan được thêm 10 phút." in page.text
    assert "Thêm giờ 10 phút: Máy hỏng Triệu Văn Minh" in page.text
    assert "40 phút" in page.text


def test_a_test_is_paused_and_goes_on_for_all(world, browse, later):
    minh = browse(world.minh)
    address = f"/quizzes/{world.law_quiz.id}/watch"
    assert "Tạm dừng 1 bài làm" in minh.get(f"{address}/pause").text

    page = minh.follow(minh.post(f"{address}/pause", {"reason": "Báo cháy"}))
    assert "1 bài làm đang tạm dừng." in page.text
    assert "Cho tất cả làm tiếp" in page.links
    assert "nên không có gì để tạm dừng." in minh.get(f"{address}/pause").text
    later(10)
    page = minh.follow(minh.post(f"{address}/resumption", {"reason": "Hết báo động"}))

    assert "1 bài làm được tiếp tục." in page.text
    assert world.running.deadline == MORNING + timedelta(minutes=40)
    refused = minh.client.post(f"{address}/resumption", data={"reason": "Lần nữa"})
    assert "không có gì để cho tiếp tục" in refused.text


def test_one_attempt_is_paused_and_goes_on_by_itself(world, browse, later):
    lans, page_of_lans = world.running, one(world)
    others = start(world.law_quiz, by=world.ha)
    minh, alone = browse(world.minh), f"?one={lans.id}"
    address = f"/quizzes/{world.law_quiz.id}/watch"
    assert "Tạm dừng bài này" in minh.get(page_of_lans).links
    assert "đồng hồ của người này dừng lại" in minh.get(f"{address}/pause{alone}").text

    page = minh.follow(minh.post(f"{address}/pause{alone}", {"reason": "Ốm"}))

    assert "Cho bài này làm tiếp" in page.links
    assert (lans.paused_at, others.paused_at) == (MORNING, None)
    later(10)
    page = minh.follow(minh.post(f"{address}/resumption{alone}", {"reason": "Đã khỏe"}))
    assert "1 bài làm được tiếp tục." in page.text
    assert lans.deadline == MORNING + timedelta(minutes=40)


def test_lost_time_is_given_back_to_all(world, browse, later):
    db.session.add(Cut(attempt_id=world.running.id, began_at=MORNING,
                       ended_at=MORNING + timedelta(minutes=5)))
    minh = browse(world.minh)
    address = f"/quizzes/{world.law_quiz.id}/watch/lost-time"

    assert "Bù giờ cho 1 người" in minh.get(address).text
    assert "chưa bù: 5 phút." in minh.get(one(world)).text
    assert "Không đo được lần mất liên lạc nào chưa bù." in minh.get(f"{address}?one=999").text
    minh.post(address, {"reason": "Mất mạng"})

    assert world.running.deadline == MORNING + timedelta(minutes=35)


def test_an_attempt_is_opened_again_for_the_time_that_was_left(world, browse, later):
    later(10)
    submit(world.running, by=world.lan)
    minh = browse(world.minh)

    page = minh.get(one(world))
    minutes = next(field for field in page.all("input") if field.get("name") == "again-minutes")
    assert minutes["value"] == "20"
    page = minh.follow(minh.post(one(world, "/reopening"), {
        "again-minutes": "20", "again-reason": "Bấm nhầm"}))

    assert "Đã mở lại bài làm của Nông Thị Lan." in page.text
    assert world.running.state == "running"
    assert "Câu 1 trên 4" in browse(world.lan).follow(
        browse(world.lan).get(f"/quizzes/attempts/{world.running.id}", status=302)).text


@pytest.mark.parametrize("key, told", [("at_once", True), ("never", False)])
def test_who_opens_an_attempt_again_reads_whether_its_key_was_shown(world, browse, key, told):
    world.law_quiz.show_key = key
    submit(world.running, by=world.lan)

    page = browse(world.minh).get(one(world))

    assert ("người làm tiếp có thể đã biết đáp án" in page.text) is told


@pytest.fixture
def came_late(world, later):
    """An answer of Lan's came eleven minutes after the end and says it was given before."""
    later(45)
    hand_in_overdue()
    later(41)
    return event_of(save_answer(
        world.running, 2, ["T"], Sent("phone", 1, age_ms=12 * 60_000), by=world.lan))


def test_late_answers_are_shown_with_their_times_and_both_scores(world, browse, came_late):
    minh = browse(world.minh)
    assert "Câu đến muộn của 1 người chờ bạn quyết định." in minh.get(watch(world)).text

    page = minh.get(one(world))

    assert "Bài làm được 0/100 điểm; nếu tính các câu này thì được 25 điểm." in page.text
    assert "Câu 3 10:41:00 11 phút trước khi hết giờ 1 phút" in page.text


def test_whose_answers_came_late_reads_that_they_are_kept_until_it_is_decided(
        world, browse, came_late):
    lan, url = browse(world.lan), f"/quizzes/attempts/{world.running.id}"
    words = "câu trả lời đến sau khi hết giờ. Các câu ấy được giữ lại"
    assert words in lan.get(url).text

    decline_late(world.running, "Không có lý do", by=world.minh)

    assert words not in lan.get(url).text


def test_late_answers_count_on_the_page_by_one_click_and_a_reason(world, browse, came_late):
    minh = browse(world.minh)

    page = minh.follow(minh.post(one(world, "/late-answers"), {
        "events": came_late.id, "late-reason": "Mất mạng", "decision": "count"}))

    assert "Đã tính các câu đến muộn; bài làm được 25/100 điểm." in page.text
    assert "Tính 1 câu đến muộn: Mất mạng" in page.text
    mine = browse(world.lan).get(f"/quizzes/attempts/{world.running.id}")
    assert "Tính 1 câu đến muộn: Mất mạng" in mine.text


def test_late_answers_are_left_uncounted_with_a_reason(world, browse, came_late):
    minh = browse(world.minh)

    minh.post(one(world, "/late-answers"), {"late-reason": ""}, status=200)
    page = minh.follow(minh.post(one(world, "/late-answers"), {
        "late-reason": "Không có lý do", "decision": "decline"}))

    assert "Không tính các câu đến muộn." in page.text
    assert "chờ bạn quyết định" not in minh.get(watch(world)).text


def test_the_page_renews_itself_until_it_is_told_not_to(world, browse):
    minh = browse(world.minh)

    def renewing(**arguments):
        page = minh.get(watch(world, **arguments))
        return [tag["content"] for tag in page.all("meta") if tag.get("http-equiv") == "refresh"
                ], [tag["data-seconds"] for tag in page.all("div") if tag.get("id") == "hall"
                    and tag.get("data-uses") == "renew"]

    assert renewing() == (["30"], ["30"])
    assert renewing(still=1) == ([], [])


def test_the_way_to_the_page_is_on_the_test_and_on_the_class(world, browse, class_trainer):
    test = f"/quizzes/{world.law_quiz.id}"
    course_class = f"/classes/{world.december_class.id}"

    assert browse(world.minh).get(test).links["Coi thi"] == watch(world)
    assert browse(class_trainer).get(course_class).links["Coi thi"] == watch(
        world, class_=world.december_class.id)
    assert "Coi thi" not in browse(world.lan).get(test).links
    assert "Coi thi" not in browse(world.lan).get(course_class).links


def attempts_at(world):
    """The attempts at the law quiz, the oldest first."""
    return db.session.scalars(select(Attempt).filter_by(quiz_id=world.law_quiz.id)
                              .order_by(Attempt.id)).all()


def crowd(world, first, count):
    """So many more people in the middle of the test, each with an answer, a cut, an extra time."""
    people = [Person(key=f"X{n}", full_name=f"Người Thứ {n}", birth="1990")
              for n in range(first, first + count)]
    db.session.add_all(people)
    db.session.flush()
    quiz, lan, minh = world.law_quiz, attempts_at(world)[0], world.minh
    attempts = [Attempt(quiz=quiz, person=person, number=1, started_at=MORNING,
                        deadline=lan.deadline, paper=lan.paper)
                for person in people]
    db.session.add_all(attempts)
    db.session.flush()
    for attempt in attempts:
        db.session.add_all([
            Cut(attempt_id=attempt.id, began_at=MORNING, ended_at=MORNING + timedelta(minutes=1)),
            AnswerEvent(attempt_id=attempt.id, slot=0, rev=1, client="phone", seq=1, answer=["A"],
                        sha256=digest(["A"]), received_at=MORNING, status="accepted"),
            Intervention(attempt_id=attempt.id, kind="extended", reason="x", seconds=60,
                         at=MORNING, by_id=minh.id)])
    db.session.flush()


def test_many_attempts_cost_as_many_statements_as_few(world, browse):
    browser = browse(world.minh)
    costs = []
    for first, more in ((0, 2), (2, 297)):
        crowd(world, first, more)
        for url in (watch(world), f"/quizzes/{world.law_quiz.id}/watch/lost-time"):
            browser.get(url)
            with counted() as statements:
                page = browser.get(url)
            costs.append(len(statements))
        ids, minh = [attempt.id for attempt in attempts_at(world)], world.minh
        for deed in (pause, resume, give_back):
            with counted() as statements:
                deed(world.law_quiz, ids, "x", by=minh)
            costs.append(len(statements))

    assert costs[:5] == costs[5:]
    assert "Bù giờ cho 297 người" in page.text



def test_an_attempt_of_days_before_is_found_by_its_name(world, browse, later):
    submit(world.running, by=world.lan)
    later(3 * 24 * 60)
    minh, address = browse(world.minh), f"/quizzes/{world.law_quiz.id}/watch"

    assert "Nông Thị Lan" not in minh.get(address).links
    assert "Nông Thị Lan" in minh.get(f"{address}?q=thi+lan").links
    assert "Nông Thị Lan" not in minh.get(f"{address}?q=hoa").links
