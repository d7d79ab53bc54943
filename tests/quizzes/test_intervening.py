"""What those who watch over a test may do to an attempt, and what becomes of it."""
from datetime import timedelta

import pytest
from sqlalchemy import select, update

from lms.kernel.audit import AuditEntry
from lms.kernel.db import db
from lms.kernel.errors import Refusal
from lms.kernel.naming import Naming
from lms.notices.models import Notice

from courses.completions.models import StepDone
from quizzes.attempts.actions import start, submit
from quizzes.attempts.checking import faults
from quizzes.attempts.intervening import (
    count_late,
    decline_late,
    extend,
    forget_reasons,
    give_back,
    pause,
    reopen,
    resume,
)
from quizzes.attempts.models import AnswerEvent, Cut, Intervention
from quizzes.attempts.protocol import Sent
from quizzes.attempts.queries import answers_of
from quizzes.attempts.saving import save_answer
from quizzes.attempts.watching import late_answers, lost_seconds, score_with
from tests.conftest import MORNING
from tests.quizzes.sitting import event_of, hand_in_overdue, report

MINUTE = timedelta(minutes=1)
RIGHT = (["A"], ["A", "C"], ["T"], ["126/2025/QH15"])


def give(world, slot, answer, seq, client="phone", base=None):
    """Lan answers."""
    return event_of(save_answer(world.running, slot, answer, Sent(client, seq, base),
                                by=world.lan))


def written(attempt):
    """What was done to the attempt: (kind, seconds), the oldest first."""
    return [(one.kind, one.seconds) for one in db.session.scalars(
        select(Intervention).filter_by(attempt_id=attempt.id).order_by(Intervention.id))]


def verbs():
    """What the audit says of tests and attempts, the oldest first; the first of all, the extra
    time of Hạ, is the world's.
    """
    return [verb for verb in db.session.scalars(select(AuditEntry.verb).order_by(AuditEntry.id))
            if verb.partition(" ")[0] in ("test", "extra", "lost", "late")
            or verb == "attempt reopened"][1:]


def told(person):
    """What the person was told last."""
    return db.session.scalars(select(Notice.text_vi).filter_by(person_id=person.id)
                              .order_by(Notice.id.desc())).first()


def test_extra_time_moves_the_deadline_with_its_reason(world):
    extend(world.running, 10, "Máy hỏng", by=world.minh)

    assert world.running.deadline == MORNING + 40 * MINUTE
    assert written(world.running) == [("extended", 600)]
    assert verbs() == ["extra time given"]
    assert told(world.lan) == ("Bạn được thêm 10 phút để làm “Kiểm tra”. Lý do: Máy hỏng")


def test_extra_time_after_the_deadline_runs_from_now(world, later):
    later(31.9)

    extend(world.running, 10, "Mất điện", by=world.minh)

    assert world.running.deadline == MORNING + 41.9 * MINUTE
    assert give(world, 0, ["A"], 1).status == "accepted"


def test_extra_time_for_what_was_handed_in_is_refused(world):
    submit(world.running, by=world.lan)

    with pytest.raises(Refusal, match="Hãy mở lại bài"):
        extend(world.running, 10, "Máy hỏng", by=world.minh)


def test_extra_time_without_a_limit_is_refused(world):
    world.running.deadline = None
    db.session.flush()

    with pytest.raises(Refusal, match="không giới hạn giờ"):
        extend(world.running, 10, "Máy hỏng", by=world.minh)


def test_nobody_does_anything_for_themselves(world):
    own = start(world.law_quiz, by=world.minh)
    for deed in (lambda: extend(own, 5, "x", by=world.minh),
                 lambda: reopen(own, 5, "x", by=world.minh),
                 lambda: count_late(own, set(), "x", by=world.minh),
                 lambda: decline_late(own, "x", by=world.minh)):
        with pytest.raises(Refusal, match="tự làm việc này cho mình"):
            deed()
    with pytest.raises(Refusal, match="Không có ai đang làm bài"):
        pause(world.law_quiz, [own.id], "x", by=world.minh)

    assert written(own) == []


def test_a_pause_stops_all_at_one_moment_and_gives_the_time_back(world, later):
    lan, hoa = world.running, start(world.law_quiz, by=world.hoa)
    ids = [lan.id, hoa.id]
    later(10)
    assert pause(world.law_quiz, ids, "Báo cháy", by=world.minh) == 2
    later(29)
    save_answer(lan, 0, ["A"], ("phone", 1), by=world.lan)
    later(52.5)

    assert resume(world.law_quiz, ids, "Hết báo động", by=world.minh) == 2

    assert lan.deadline == hoa.deadline == MORNING + 72.5 * MINUTE
    assert (lan.state, lan.paused_at) == ("running", None)
    assert written(hoa) == [("paused", 0), ("resumed", 2550)]
    assert verbs() == ["test paused", "test resumed"]
    assert answers_of(lan) == {0: ["A"]}


def test_whoever_was_out_of_time_is_not_paused(world, later):
    later(31.5)

    with pytest.raises(Refusal, match="không có gì để tạm dừng"):
        pause(world.law_quiz, [world.running.id], "Báo cháy", by=world.minh)


def test_nothing_goes_on_that_does_not_stand_still(world):
    with pytest.raises(Refusal, match="không có gì để cho tiếp tục"):
        resume(world.law_quiz, [world.running.id], "x", by=world.minh)


def test_a_paused_attempt_is_not_handed_in_by_the_clock(world, later):
    pause(world.law_quiz, [world.running.id], "Báo cháy", by=world.minh)
    later(90)

    hand_in_overdue()

    assert world.running.state == "paused"


def test_an_answer_in_a_pause_counts_when_it_is_handed_in_before_the_pause_ends(world, later):
    pause(world.law_quiz, [world.running.id], "Báo cháy", by=world.minh)
    later(90)
    assert give(world, 0, ["A"], 1).status == "accepted"

    submit(world.running, by=world.lan)

    assert (world.running.deadline, world.running.score) == (MORNING + 120 * MINUTE, 25)


def test_a_pause_is_no_cut(world, later):
    report(world.running, MORNING)
    later(1)
    pause(world.law_quiz, [world.running.id], "Báo cháy", by=world.minh)
    later(20)
    resume(world.law_quiz, [world.running.id], "Xong", by=world.minh)
    later(20.5)
    report(world.running, MORNING + 20.5 * MINUTE)
    later(30)
    report(world.running, MORNING + 30 * MINUTE)

    cut = db.session.scalars(select(Cut)).one()
    assert (cut.began_at, cut.seconds) == (MORNING + 20.5 * MINUTE, 570)


def test_a_page_that_reports_in_a_pause_was_not_silent(world, later):
    pause(world.law_quiz, [world.running.id], "Báo cháy", by=world.minh)

    report(world.running, MORNING + 5 * MINUTE)

    assert world.running.seen_at == MORNING + 5 * MINUTE


def cut_off(world, *minutes):
    """The page was silent from each odd to each even of the minutes."""
    for began, ended in zip(minutes[::2], minutes[1::2], strict=True):
        db.session.add(Cut(attempt_id=world.running.id, began_at=MORNING + began * MINUTE,
                           ended_at=MORNING + ended * MINUTE))
    db.session.flush()


def test_the_time_of_cuts_is_given_back_once(world):
    cut_off(world, 2, 5, 8, 10)

    assert give_back(world.law_quiz, [world.running.id], "Mất mạng", by=world.minh) == 1

    assert world.running.deadline == MORNING + 35 * MINUTE
    assert written(world.running) == [("given_back", 300)]
    assert told(world.lan).startswith("Bạn được bù 300 giây mất liên lạc")
    with pytest.raises(Refusal, match="Không đo được"):
        give_back(world.law_quiz, [world.running.id], "Mất mạng", by=world.minh)


def test_no_more_than_the_limit_is_given_back_in_one_attempt(world):
    cut_off(world, 2, 12)
    give_back(world.law_quiz, [world.running.id], "Mất mạng", by=world.minh)
    cut_off(world, 14, 28)

    assert lost_seconds([world.running.id]) == {world.running.id: 300}
    give_back(world.law_quiz, [world.running.id], "Mất mạng", by=world.minh)

    assert world.running.deadline == MORNING + 45 * MINUTE
    assert lost_seconds([world.running.id]) == {}


def test_an_attempt_handed_in_by_mistake_goes_on(world, later):
    give(world, 0, ["A"], 1)
    submit(world.running, by=world.lan)
    later(5)

    reopen(world.running, 20, "Bấm nhầm", by=world.minh)

    assert (world.running.state, world.running.deadline) == ("running", MORNING + 25 * MINUTE)
    assert (world.running.score, world.running.shares, world.running.passed) == (None, None, None)
    former = db.session.scalars(select(Intervention)).one().details
    assert (former["state"], former["score"]) == ("submitted", "25.00")
    assert told(world.lan).endswith("được mở lại; hãy làm tiếp. Lý do: Bấm nhầm")
    for slot in (1, 2, 3):
        assert give(world, slot, RIGHT[slot], slot + 1).status == "accepted"
    assert submit(world.running, by=world.lan).score == 100


def test_a_passed_attempt_is_not_opened_again(world):
    for slot, answer in enumerate(RIGHT):
        give(world, slot, answer, slot + 1)
    submit(world.running, by=world.lan)

    with pytest.raises(Refusal, match="Bài này đã đạt"):
        reopen(world.running, 20, "Bấm nhầm", by=world.minh)


def test_an_open_attempt_is_not_opened_again(world):
    with pytest.raises(Refusal, match="Bài làm đang mở"):
        reopen(world.running, 20, "Bấm nhầm", by=world.minh)


def test_nobody_has_two_open_attempts(world):
    first = submit(world.running, by=world.lan)
    start(world.law_quiz, by=world.lan)

    with pytest.raises(Refusal, match="đang làm một lần khác"):
        reopen(first, 20, "Bấm nhầm", by=world.minh)


@pytest.fixture
def came_late(world, later):
    """Lan's attempt, handed in by the clock with one answer; three answers came after it."""
    give(world, 0, ["B"], 1)
    later(40)
    hand_in_overdue()
    later(41)
    give(world, 0, ["A"], 3)
    give(world, 0, ["B"], 2)
    give(world, 2, ["T"], 4)
    return world.running


def test_of_the_late_answers_the_newest_of_each_question_is_decided_about(came_late):
    assert {slot: event.answer for slot, event in late_answers(came_late).items()} == {
        0: ["A"], 2: ["T"]}
    assert came_late.score == 0
    assert score_with(came_late, late_answers(came_late).values()) == 50


def test_late_answers_count_by_a_decision_and_pass(world, came_late):
    keys = {event.id for event in late_answers(came_late).values()}

    count_late(came_late, keys, "Mất mạng cả phòng", by=world.minh)

    assert (came_late.score, came_late.passed, came_late.state) == (50, True, "timed_out")
    assert answers_of(came_late) == {0: ["A"], 2: ["T"]}
    assert db.session.scalars(select(StepDone.lineage)).all() == ["law-quiz"]
    assert verbs() == ["late answers counted"]
    assert late_answers(came_late) == {}
    assert told(world.lan).endswith("nay được tính. Lý do: Mất mạng cả phòng")


def test_some_of_the_late_answers_may_count(world, came_late):
    count_late(came_late, {late_answers(came_late)[2].id}, "Một câu", by=world.minh)

    assert answers_of(came_late) == {0: ["B"], 2: ["T"]}
    assert late_answers(came_late) == {}


def test_late_answers_that_are_declined_stay_and_do_not_count(world, came_late):
    decline_late(came_late, "Không có lý do", by=world.minh)

    assert (came_late.score, late_answers(came_late)) == (0, {})
    assert db.session.scalars(select(AnswerEvent.status).order_by(AnswerEvent.id)).all() == [
        "accepted", "late", "late", "late"]
    assert verbs() == ["late answers declined"]


def test_what_comes_after_a_decision_waits_for_another(world, came_late):
    decline_late(came_late, "Không có lý do", by=world.minh)

    event = give(world, 1, ["A", "C"], 5)

    assert late_answers(came_late) == {1: event}


def test_answers_after_handing_in_may_count_too(world):
    submit(world.running, by=world.lan)
    event = give(world, 2, ["T"], 1)

    count_late(world.running, {event.id}, "Nộp từ máy khác", by=world.minh)

    assert world.running.score == 25


def test_nothing_ticked_is_refused(world, came_late):
    with pytest.raises(Refusal, match="đánh dấu"):
        count_late(came_late, {0}, "x", by=world.minh)


def test_late_answers_never_undo_a_pass(world, later):
    for slot, answer in enumerate(RIGHT):
        give(world, slot, answer, slot + 1)
    submit(world.running, by=world.lan)
    worse = [give(world, slot, [], slot + 5) for slot in range(3)]

    with pytest.raises(Refusal, match="đang đạt sẽ thành không đạt"):
        count_late(world.running, {event.id for event in worse}, "x", by=world.minh)

    assert (world.running.score, written(world.running)) == (100, [])


def test_another_device_after_a_decision_is_judged_by_what_counted_then(world, came_late, later):
    reopen(came_late, 20, "Cho làm tiếp", by=world.minh)
    later(42)
    assert give(world, 0, ["B"], 1, "laptop", base=1).status == "accepted"
    submit(came_late, by=world.lan)
    count_late(came_late, {event.id for event in late_answers(came_late).values()}, "Đủ",
               by=world.minh)

    assert answers_of(came_late) == {0: ["B"], 2: ["T"]}


def test_the_reasons_go_when_the_person_is_erased(world):
    extend(world.running, 10, "Con ốm", by=world.minh)

    forget_reasons(world.lan, naming=Naming("Nông Thị Lan"))

    db.session.expire_all()
    one = db.session.scalars(select(Intervention)).one()
    assert (one.kind, one.reason) == ("extended", "")


@pytest.mark.breaks_promises
def test_a_late_answer_that_counts_without_a_decision_is_found(world, came_late):
    db.session.execute(update(AnswerEvent).where(AnswerEvent.slot == 2).values(status="accepted"))

    assert {fault.promise for fault in faults()[0]} == {"Q7", "Q9"}
