"""Any history of a test, played against a simple model of what must have become of it.

Two devices of one person answer, retry, send out of order and hand in; time passes; the question
is reworded; a trainer extends, pauses, opens again, decides about late answers.  After every step
the server holds what the model holds, and every promise is kept.
"""
import os
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from lms.kernel import clock
from lms.kernel.db import db
from lms.kernel.errors import Refusal

from quizzes.attempts.actions import start, submit
from quizzes.attempts.checking import faults
from quizzes.attempts.intervening import (
    count_late,
    decline_late,
    extend,
    give_back,
    pause,
    reopen,
    resume,
)
from quizzes.attempts.models import Attempt
from quizzes.attempts.protocol import GRACE, QUEUE, Sent
from quizzes.attempts.queries import answers_of
from quizzes.attempts.saving import save_answer
from quizzes.attempts.watching import events_of, late_answers, lost_seconds
from quizzes.questions.actions import reword_question
from tests.conftest import MORNING, fresh_world
from tests.quizzes.sitting import hand_in_overdue, report

MINUTE, LIMIT, ALLOWED, PASS = timedelta(minutes=1), timedelta(minutes=30), 3, 50
#: The questions that are answered: slot → (an answer that is right, one that is wrong).
SLOTS = {0: (["A"], ["B"]), 2: (["T"], ["F"])}
DEVICES = st.sampled_from(("phone", "laptop"))
ANSWERS = st.sampled_from([(slot, answer) for slot, pair in SLOTS.items()
                           for answer in (*pair, [])])
WHICH = st.integers(0, 5)
#: How many histories are played; ``make soak`` plays more.
EXAMPLES = int(os.environ.get("LMS_TEST_HISTORIES", "8"))


@dataclass
class Event:
    """An answer in the model; ``status`` is given when it arrives."""

    device: str
    seq: int
    slot: int
    base: int
    answer: list
    status: str = ""
    rev: int = 0


@dataclass
class Sitting:
    """An attempt in the model."""

    id: int
    deadline: object
    state: str = "running"
    paused_at: object = None
    arrived: list = field(default_factory=list)
    #: How many answers had arrived when late ones were last decided about.
    decided: int = 0
    passed: bool = False
    score: Decimal | None = None

    def out_of_time(self, now):
        """Whether nothing counts any more."""
        return self.state != "paused" and now > self.deadline + GRACE

    def judge(self, event, now):
        """What becomes of ``event``, which arrives now."""
        counting = [one for one in self.arrived
                    if one.slot == event.slot and one.status == "accepted"]
        if self.state == "submitted":
            return "refused"
        if self.state == "timed_out" or self.out_of_time(now):
            return "late"
        if any(one.device == event.device and one.seq > event.seq for one in counting):
            return "overtaken"
        if any(one.device != event.device and one.rev > event.base for one in counting):
            return "conflict"
        return "accepted"

    def arrive(self, event, now):
        """Take ``event`` in."""
        event.status = self.judge(event, now)
        event.rev = 1 + sum(one.slot == event.slot for one in self.arrived)
        self.arrived.append(event)

    def answers(self):
        """What counts in each slot."""
        return {one.slot: one.answer for one in self.arrived if one.status == "accepted"}

    def late(self):
        """The newest answer of each slot, where it came after the end and waits for a decision."""
        newest = {}
        for place, one in enumerate(self.arrived):
            newer = [other for other in self.arrived[:place] if other.seq > one.seq
                     and (other.slot, other.device) == (one.slot, one.device)
                     and other.status in ("accepted", "late", "refused")]
            if one.status in ("accepted", "late", "refused") and not newer:
                newest[one.slot] = place
        return [self.arrived[place] for place in newest.values()
                if self.arrived[place].status != "accepted" and place >= self.decided]

    def mark(self, answers=None):
        """The score that the answers give: four questions, of which two are ever answered."""
        answers = self.answers() if answers is None else answers
        return Decimal(25 * sum(answers.get(slot) == right for slot, (right, _) in SLOTS.items()))

    def end(self, state):
        """Hand it in."""
        self.state, self.paused_at, self.score = state, None, self.mark()
        self.passed = self.score >= PASS


@contextmanager
def perhaps(allowed):
    """What is done inside is done where it is ``allowed``, else refused and undone."""
    if allowed:
        yield
        return
    with pytest.raises(Refusal), db.session.begin_nested():
        yield


class History(RuleBasedStateMachine):
    """Whatever may happen on the day of a test."""

    app = None

    def __init__(self):
        super().__init__()
        self.now, self.real = MORNING, clock.source
        clock.source = lambda: self.now
        self.place = fresh_world(self.app)
        self.world = self.place.__enter__()
        self.lan, self.minh, self.quiz = self.world.lan, self.world.minh, self.world.law_quiz
        self.quiz.attempts_allowed = ALLOWED
        self.sittings = [Sitting(self.world.running.id, MORNING + LIMIT)]
        self.unsent, self.counts = [], {"phone": 0, "laptop": 0}
        self.known = {}

    def teardown(self):
        """Leave the world as it was."""
        self.place.__exit__(None, None, None)
        clock.source = self.real

    @property
    def last(self):
        """The newest attempt in the model."""
        return self.sittings[-1]

    def row(self, sitting):
        """The attempt on the server."""
        return db.session.get(Attempt, sitting.id)

    def is_open(self, sitting):
        """Whether the attempt may still be handed in."""
        return sitting.state in ("running", "paused")

    def send(self, sitting, event):
        """Send an answer; gives what the server made of it."""
        return save_answer(self.row(sitting), event.slot, event.answer,
                           Sent(event.device, event.seq, event.base), by=self.lan)

    @rule(device=DEVICES, given=ANSWERS, at_once=st.booleans())
    def answer(self, device, given, at_once):
        """Somebody answers on a device, with a line or without."""
        self.counts[device] += 1
        slot, answer = given
        event = Event(device, self.counts[device], slot,
                      self.known.get((device, self.last.id, slot), 0), answer)
        self.unsent.append((self.last, event))
        if at_once:
            self.deliver(len(self.unsent) - 1)

    @rule(which=WHICH)
    def deliver(self, which):
        """What waited on a device arrives, in any order."""
        if not self.unsent:
            return
        sitting, event = self.unsent.pop(which % len(self.unsent))
        sitting.arrive(event, self.now)
        kept = self.send(sitting, event)
        assert (kept.status, kept.rev) == (event.status, event.rev)
        if kept.status == "accepted":
            self.known[event.device, sitting.id, event.slot] = kept.rev

    @rule(which=WHICH)
    def retry(self, which):
        """An answer whose acknowledgement was lost is sent again."""
        for sitting in self.sittings:
            if sitting.arrived:
                event = sitting.arrived[which % len(sitting.arrived)]
                kept = self.send(sitting, event)
                assert (kept.status, kept.rev) == (event.status, event.rev)

    @rule(device=DEVICES)
    def look(self, device):
        """A page is opened anew: it shows what counts."""
        for event in self.last.arrived:
            if event.status == "accepted":
                self.known[device, self.last.id, event.slot] = event.rev

    @rule(seconds=st.sampled_from((1, 14, 50, 61, 300, 1200, 1900)))
    def time_passes(self, seconds):
        """The clock goes on, and hands in what is over."""
        self.now += timedelta(seconds=seconds)
        hand_in_overdue()
        for sitting in self.sittings:
            if sitting.state == "running" and self.now > sitting.deadline + GRACE + QUEUE:
                sitting.end("timed_out")

    @rule()
    def report(self):
        """The page gives a sign of life."""
        report(self.row(self.last), self.now)

    @rule(times=st.sampled_from((1, 2, 50)))
    def hand_in(self, times):
        """The button is pressed, perhaps fifty times."""
        for _press in range(times):
            submit(self.row(self.last), by=self.lan)
        if self.is_open(self.last):
            if self.last.paused_at:
                self.last.deadline += self.now - self.last.paused_at
            self.last.end("timed_out" if self.last.out_of_time(self.now) else "submitted")

    @rule()
    def begin(self):
        """The test is begun, gone on with, or refused."""
        fresh = not self.is_open(self.last) or self.last.out_of_time(self.now)
        allowed = not fresh or len(self.sittings) < ALLOWED
        with perhaps(allowed):
            attempt = start(self.quiz, by=self.lan)
        if fresh and allowed:
            if self.is_open(self.last):
                self.last.end("timed_out")
            self.sittings.append(Sitting(attempt.id, self.now + LIMIT))
        assert not allowed or attempt.id == self.last.id

    @rule(right=st.sampled_from((["A"], ["B"])))
    def reword(self, right):
        """The author changes the question and its key; what has begun stays as it was."""
        question = self.world.first_question
        reword_question(question, {"stem_vi": "Câu mới?", "right": right,
                                   "options": question.versions[0].options}, by=self.minh)

    @rule(minutes=st.sampled_from((1, 10)))
    def more_time(self, minutes):
        """A trainer gives extra time."""
        with perhaps(self.is_open(self.last)):
            extend(self.row(self.last), minutes, "x", by=self.minh)
        if self.is_open(self.last):
            running = self.last.state == "running"
            begin = max(self.last.deadline, self.now) if running else self.last.deadline
            self.last.deadline = begin + minutes * MINUTE

    @rule()
    def stop(self):
        """A trainer pauses the test for all."""
        allowed = self.last.state == "running" and not self.last.out_of_time(self.now)
        with perhaps(allowed):
            pause(self.quiz, [self.last.id], "x", by=self.minh)
        if allowed:
            self.last.state, self.last.paused_at = "paused", self.now

    @rule()
    def go_on(self):
        """A trainer lets all go on."""
        allowed = self.last.state == "paused"
        with perhaps(allowed):
            resume(self.quiz, [self.last.id], "x", by=self.minh)
        if allowed:
            self.last.deadline += self.now - self.last.paused_at
            self.last.state, self.last.paused_at = "running", None

    @rule()
    def give_lost_time_back(self):
        """A trainer gives the time of measured cuts back, if there were any."""
        seconds = lost_seconds([self.last.id]).get(self.last.id, 0)
        allowed = self.is_open(self.last) and seconds > 0
        with perhaps(allowed):
            give_back(self.quiz, [self.last.id], "x", by=self.minh)
        if allowed:
            self.last.deadline += timedelta(seconds=seconds)
            assert 45 <= seconds <= 900

    @rule(which=WHICH, minutes=st.sampled_from((1, 20)))
    def open_again(self, which, minutes):
        """A trainer lets somebody go on with what was handed in."""
        sitting = self.sittings[which % len(self.sittings)]
        allowed = not (self.is_open(self.last) or self.is_open(sitting) or sitting.passed)
        with perhaps(allowed):
            reopen(self.row(sitting), minutes, "x", by=self.minh)
        if allowed:
            sitting.state, sitting.score = "running", None
            sitting.deadline = self.now + minutes * MINUTE
            self.sittings.remove(sitting)
            self.sittings.append(sitting)

    @rule(which=WHICH, counts=st.booleans())
    def decide(self, which, counts):
        """A trainer decides about the answers that came after the end."""
        sitting = self.sittings[which % len(self.sittings)]
        if self.is_open(sitting):
            return
        late, row = sitting.late(), self.row(sitting)
        events = late_answers(row)
        assert sorted((one.slot, one.rev) for one in late) == [
            (slot, event.rev) for slot, event in events.items()]
        if not counts:
            decline_late(row, "x", by=self.minh)
            sitting.decided = len(sitting.arrived)
            return
        score = sitting.mark(sitting.answers() | {one.slot: one.answer for one in late})
        allowed = late and not (sitting.passed and score < PASS)
        with perhaps(allowed):
            count_late(row, {event.id for event in events.values()}, "x", by=self.minh)
        if allowed:
            for one in late:
                one.status = "accepted"
            sitting.decided = len(sitting.arrived)
            sitting.end(sitting.state)

    @invariant()
    def the_server_holds_what_the_model_holds(self):
        """State, deadline, answers, score; and every promise."""
        for sitting in self.sittings:
            row = self.row(sitting)
            assert (row.state, row.deadline, row.paused_at, row.score, bool(row.passed)) == (
                sitting.state, sitting.deadline, sitting.paused_at, sitting.score, sitting.passed)
            assert [(one.client, one.seq, one.status) for one in events_of(row)] == [
                (one.device, one.seq, one.status) for one in sitting.arrived]
            assert answers_of(row) == sitting.answers()
        assert faults() == ([], len(self.sittings),
                            sum(len(sitting.arrived) for sitting in self.sittings))


@pytest.mark.slow
def test_any_history_ends_as_the_model_says(app):
    class Here(History):
        pass
    Here.app = app

    run_state_machine_as_test(Here, settings=settings(
        max_examples=EXAMPLES, stateful_step_count=25, deadline=None,
        suppress_health_check=list(HealthCheck)))
