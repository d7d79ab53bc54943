"""Answers as they arrive: twice, late, out of order, from two devices, after the end."""
import time
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from lms.kernel.db import db
from lms.kernel.errors import Refusal
from lms.kernel.group_commit import Busy

from quizzes.attempts.actions import lock_slots, submit
from quizzes.attempts.desks import at_desk
from quizzes.attempts.models import AnswerEvent, Cut
from quizzes.attempts.protocol import Sent, digest
from quizzes.attempts.queries import answers_of
from quizzes.attempts.saving import NotKept, keep, save_answer
from tests.conftest import MORNING


def url(world, end=""):
    """An address of Lan's running attempt."""
    return f"/quizzes/attempts/{world.running.id}{end}"


def give(world, answer, client, seq, base=None):
    """Lan answers the first question on a device that showed the revision ``base``."""
    return save_answer(world.running, 0, answer, Sent(client, seq, base), by=world.lan)


def put(browser, world, status=200, slot=0, **content):
    """What the script of Lan's page sends, and what it is answered."""
    sent = {"client": "phone", "seq": 1, "answer": ["A"]} | content
    return browser.send(url(world, f"/answers/{slot}"), sent, status, "PUT").json


def events(world):
    """How many events are kept."""
    return db.session.scalar(select(func.count(AnswerEvent.id)))


def test_an_event_is_kept_as_it_was_sent_with_its_digest(world):
    event = give(world, ["A"], "phone", 3, base=0)

    assert (event.slot, event.rev, event.client, event.seq) == (0, 1, "phone", 3)
    assert (event.answer, event.sha256) == (["A"], digest(["A"]))
    assert (event.status, event.received_at, event.base_rev) == ("accepted", MORNING, 0)


def test_the_same_number_with_another_answer_is_refused_and_the_first_stays(world):
    give(world, ["A"], "phone", 1)

    with pytest.raises(NotKept, match="mang số này"):
        give(world, ["B"], "phone", 1)
    with pytest.raises(NotKept, match="mang số này"):
        save_answer(world.running, 1, ["A"], ("phone", 1), by=world.lan)

    assert answers_of(world.running) == {0: ["A"]}


def test_a_device_that_did_not_know_of_another_one_does_not_overwrite_it(world):
    give(world, ["A"], "phone", 1, base=0)

    kept = give(world, ["B"], "laptop", 1, base=0)

    assert (kept.status, kept.rev) == ("conflict", 2)
    assert answers_of(world.running) == {0: ["A"]}
    assert events(world) == 2


def test_whoever_knew_of_the_other_device_changes_its_answer(world):
    give(world, ["A"], "phone", 1, base=0)
    give(world, ["B"], "laptop", 1, base=0)

    again = give(world, ["B"], "laptop", 2, base=1)

    assert (again.status, again.rev) == ("accepted", 3)
    assert answers_of(world.running) == {0: ["B"]}


def test_a_conflict_of_another_device_does_not_stand_in_the_way(world):
    give(world, ["A"], "phone", 1, base=0)
    give(world, ["B"], "laptop", 1, base=0)

    assert give(world, [], "phone", 2, base=1).status == "accepted"


def test_a_device_need_not_wait_to_hear_of_its_own_answers(world):
    statuses = [give(world, answer, "phone", seq, base=0).status
                for seq, answer in enumerate((["A"], ["B"], ["A"]), 1)]

    assert statuses == ["accepted", "accepted", "accepted"]


def test_of_one_device_the_later_answer_counts_whatever_the_order_of_arrival(world):
    give(world, ["B"], "phone", 5)

    kept = give(world, ["A"], "phone", 4)

    assert (kept.status, kept.rev) == ("overtaken", 2)
    assert answers_of(world.running) == {0: ["B"]}


def test_a_page_of_before_that_names_no_revision_goes_on_as_it_did(world):
    give(world, ["A"], "phone", 1)

    assert give(world, ["B"], "laptop", 1).status == "accepted"


def test_what_arrives_after_the_clock_handed_in_is_late_and_kept(world, later):
    later(45)
    submit(world.running, by=None)

    kept = give(world, ["A"], "phone", 1)

    assert (world.running.state, kept.status) == ("timed_out", "late")
    assert answers_of(world.running) == {}


def test_a_request_that_waited_in_the_server_is_judged_by_its_arrival(world, later):
    later(40)
    in_time = MORNING + timedelta(minutes=31)

    kept = save_answer(world.running, 0, ["A"], Sent("phone", 1, received_at=in_time),
                       by=world.lan)

    assert (kept.status, kept.received_at) == ("accepted", in_time)


@pytest.mark.parametrize(("meanwhile", "becomes"), [
    (lambda world: give(world, ["A"], "phone", 1), ("accepted", 2)),
    (lambda world: give(world, ["A"], "laptop", 1), ("conflict", 2)),
    (lambda world: give(world, ["B"], "phone", 2), ("accepted", 1)),
    (lambda world: lock_slots(world.running, [0], by=world.lan), ("refused", 1)),
    (lambda world: submit(world.running, by=world.lan), ("refused", 1))])
def test_what_happens_while_an_answer_is_judged_has_it_judged_anew(world, meanwhile, becomes):
    sent = Sent("phone", 2, 0)
    desk = at_desk(world.running.id, 0, world.lan.id, sent)
    meanwhile(world)

    kept = keep(desk, ["B"], sent, lambda: at_desk(world.running.id, 0, world.lan.id, sent))

    assert (kept.status, kept.rev) == becomes


def test_an_answer_that_is_overtaken_again_and_again_asks_to_come_later(world):
    sent = Sent("phone", 1, 0)
    desk = at_desk(world.running.id, 0, world.lan.id, sent)
    give(world, ["A"], "laptop", 1)

    with pytest.raises(Busy):
        keep(desk, ["B"], sent, lambda: desk)

    assert answers_of(world.running) == {0: ["A"]}


def test_nobody_answers_for_somebody_else(world):
    with pytest.raises(Refusal, match="của người khác"):
        save_answer(world.running, 0, ["A"], ("phone", 1), by=world.hoa)


def test_a_script_may_send_the_fields_of_the_form_whatever_the_kind(world, browse):
    lan = browse(world.lan)

    put(lan, world, seq=1, slot=1, fields=[["a", "C"], ["a", "A"]])
    put(lan, world, seq=2, slot=3, fields=[["a", "  126/2025/qh15"]])

    assert answers_of(world.running) == {1: ["A", "C"], 3: ["126/2025/qh15"]}


def test_a_conflict_is_told_with_the_answer_that_stands(world, browse, later):
    lan = browse(world.lan)
    put(lan, world, client="laptop", answer=["B"], base_rev=0)
    later(1)

    told = put(lan, world, 409, base_rev=0)

    assert told["status"] == "conflict"
    assert told["theirs"] == {"rev": 1, "answer": ["B"], "saved_at": "10:00:00"}


def test_a_number_used_for_another_answer_is_told_as_such(world, browse):
    lan = browse(world.lan)
    put(lan, world)

    assert put(lan, world, 422, answer=["B"])["error"].startswith("Máy này đã gửi")


def test_after_handing_in_an_answer_is_kept_and_told_that_it_does_not_count(world, browse):
    lan = browse(world.lan)
    lan.post(url(world, "/submission"))

    assert put(lan, world, 409)["status"] == "refused"
    assert events(world) == 1


def test_the_time_left_is_told_with_every_answer(world, browse, later):
    lan = browse(world.lan)
    later(10)

    told = put(lan, world)

    assert (told["seconds_left"], told["saved_at"]) == (1200, "10:10:00")
    assert told["server_now"] == "2026-11-25T03:10:00+00:00"


def test_a_slot_that_is_not_asked_is_told_as_such(world, browse):
    for slot in (4, 77, 10**9, 10**30):
        told = put(browse(world.lan), world, 422, slot=slot)
        assert told["error"].startswith("Bài kiểm tra không có câu này.")


def test_handing_in_by_script_waits_for_what_the_device_believes_to_have_sent(world, browse):
    lan = browse(world.lan)
    put(lan, world)
    believed = {"sent": {"phone": [1, 2], "tab": [7]}}

    told = lan.send(url(world, "/submission"), believed, 409)

    assert told.json == {"missing": [["phone", 2], ["tab", 7]]}
    assert world.running.submitted_at is None
    put(lan, world, seq=2, answer=[])
    put(lan, world, client="tab", seq=7, slot=2, answer=["T"])
    done = lan.send(url(world, "/submission"), believed)
    assert (done.json["state"], done.json["result"]) == ("submitted", url(world))


def test_handing_in_by_script_again_is_answered_alike(world, browse):
    lan = browse(world.lan)
    first = lan.send(url(world, "/submission"), {"sent": {}})

    again = lan.send(url(world, "/submission"), {"sent": {"phone": [9]}})

    assert {**again.json, "token": ""} == {**first.json, "token": ""}


@pytest.mark.parametrize("content", [
    [], {"sent": []}, {"sent": {"phone": 1}}, {"sent": {"phone": ["1"]}}, {"sent": {"": [1]}}])
def test_a_damaged_handing_in_hands_nothing_in(world, browse, content):
    browse(world.lan).send(url(world, "/submission"), content, 422)

    assert world.running.submitted_at is None


def test_a_heartbeat_tells_how_the_attempt_stands(world, browse, later):
    lan = browse(world.lan)
    put(lan, world, seq=4)
    later(5)

    told = lan.send(url(world, "/heartbeat"), {"client": "phone"}).json

    assert {name: told[name] for name in ("attempt", "state", "seconds_left", "revisions",
                                          "known", "result")} == {
        "attempt": world.running.id, "state": "running", "seconds_left": 1500,
        "revisions": {"0": 1}, "known": 4, "result": None}
    assert world.running.seen_at == MORNING + timedelta(minutes=5)


@pytest.mark.parametrize("content", [[], "phone", 1, None, {"client": ["phone"]}, {"client": ""}])
def test_a_heartbeat_of_nobody_known_tells_how_the_attempt_stands_all_the_same(
        world, browse, content):
    told = browse(world.lan).send(url(world, "/heartbeat"), content).json

    assert (told["state"], told["known"]) == ("running", 0)


@pytest.mark.parametrize("body", [b"[" * 100_000, b'{"a":' * 50_000, b"{", b"\xff"])
def test_what_is_no_json_is_no_answer(world, browse, body):
    lan = browse(world.lan)

    refusal = lan.client.put(url(world, "/answers/0"), data=body, content_type="application/json")

    assert refusal.status_code == 400
    assert answers_of(world.running) == {}


def test_a_silence_between_two_heartbeats_is_measured(world, browse, later):
    lan = browse(world.lan)
    for minute in (1, 1.25, 1.5, 9, 9.25):
        later(minute)
        lan.send(url(world, "/heartbeat"), {"client": "phone"})

    cut = db.session.scalars(select(Cut)).one()
    assert (cut.began_at - MORNING, cut.seconds) == (timedelta(minutes=1.5), 450)


def test_answers_are_signs_of_life_too(world, browse, later):
    lan = browse(world.lan)
    lan.send(url(world, "/heartbeat"), {"client": "phone"})
    for minute in (1, 1.5, 2):
        later(minute)
        put(lan, world, seq=int(minute * 2))

    later(2.5)
    lan.send(url(world, "/heartbeat"), {})

    assert db.session.scalars(select(Cut)).all() == []


def test_a_sign_of_life_right_after_an_answer_costs_no_commit(world, browse, later):
    lan = browse(world.lan)
    lan.send(url(world, "/heartbeat"), {})
    later(1)
    put(lan, world)
    later(1.15)

    lan.send(url(world, "/heartbeat"), {})

    assert world.running.seen_at == MORNING


def test_asking_for_the_state_brings_a_token_and_writes_nothing(world, browse):
    told = browse(world.lan).get(url(world, "/state")).json

    assert told["token"]
    assert world.running.seen_at is None


def test_a_page_without_scripts_is_told_of_another_device(world, browse):
    lan = browse(world.lan)
    page = lan.get(url(world, "/0"))
    put(lan, world, answer=["B"])
    base = next(field["value"] for field in page.all("input") if field.get("name") == "s0-base")

    onward = lan.follow(lan.post(url(world, "/0"), {"s0-a": "A", "go": "1", "s0-base": base}))

    assert "Câu 1 vừa được trả lời trên máy khác" in onward.text
    assert answers_of(world.running) == {0: ["B"]}
    assert events(world) == 2


def test_the_server_knows_when_a_request_began_to_wait(app, world, browse, later):
    later(40)
    waited = {"lms.arrived": time.monotonic() - 9 * 60}

    answer = browse(world.lan).client.put(
        url(world, "/answers/0"), json={"client": "phone", "seq": 1, "answer": ["A"]},
        environ_overrides=waited)

    assert answer.json["status"] == "accepted"
    assert answer.json["saved_at"] in ("10:30:59", "10:31:00")
