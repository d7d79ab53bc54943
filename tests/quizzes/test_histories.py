"""Any history of a test, played against a simple model of what must have become of it.

Two devices of one person answer, retry, send out of order and hand in; time passes; the question
is reworded; a trainer extends, pauses, opens again, decides about late answers; an officer voids
and restores.  After every step the server holds what the model holds, and every promise is kept.
"""
import os
from contextlib import contextmanager
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test
from sqlalchemy import select

from lms.kernel import clock
from lms.kernel.db import db
from lms.kernel.errors import Refusal

from courses.completions.models import StepDone
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
from quizzes.attempts.voiding import restore, void
from quizzes.attempts.watching import events_of, late_answers, lost_seconds
from quizzes.questions.actions import reword_question
from tests.conftest import MORNING, fresh_world
from tests.quizzes.histories import PASS, SLOTS, Event, Sitting
from tests.quizzes.sitting import hand_in_overdue, report

MINUTE, LIMIT, ALLOWED = timedelta(minutes=1), timedelta(minutes=30), 3
DEVICES = st.sampled_from(("phone", "laptop"))
ANSWERS = st.sampled_from([(slot, answer) for slot, pair in SLOTS.items()
                           for answer in (*pair, [])])
WHICH = st.integers(0, 5)
#: How many histories are played; ``make soak`` plays more.
EXAMPLES = int(os.environ.get("LMS_TEST_HISTORIES", "8"))


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
        self.end_if_open(self.last)

    def end_if_open(self, sitting):
        """In the model the attempt is handed in now."""
        if self.is_open(sitting):
            if sitting.paused_at:
                sitting.deadline += self.now - sitting.paused_at
            sitting.end("timed_out" if sitting.out_of_time(self.now) else "submitted")

    @rule()
    def begin(self):
        """The test is begun, gone on with, or refused."""
        fresh = not self.is_open(self.last) or self.last.out_of_time(self.now)
        allowed = not fresh or sum(not one.free for one in self.sittings) < ALLOWED
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
        allowed = not (self.is_open(self.last) or self.is_open(sitting) or sitting.passed
                       or sitting.state == "voided")
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
            with perhaps(sitting.state != "voided"):
                decline_late(row, "x", by=self.minh)
            if sitting.state != "voided":
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

    @rule(which=WHICH, free=st.booleans())
    def cancel(self, which, free):
        """An officer voids an attempt, also one that is open."""
        sitting = self.sittings[which % len(self.sittings)]
        allowed = sitting.state != "voided"
        with perhaps(allowed):
            void(self.row(sitting), free, "x", by=self.world.an)
        if allowed:
            self.end_if_open(sitting)
            sitting.before, sitting.state, sitting.free = sitting.state, "voided", free

    @rule(which=WHICH)
    def bring_back(self, which):
        """An officer restores an attempt."""
        sitting = self.sittings[which % len(self.sittings)]
        allowed = sitting.state == "voided"
        with perhaps(allowed):
            restore(self.row(sitting), "x", by=self.world.an)
        if allowed:
            sitting.state, sitting.free = sitting.before, False

    @invariant()
    def the_step_is_done_where_an_attempt_that_counts_passed(self):
        """Whatever was voided since."""
        passed = any(one.passed and one.state != "voided" for one in self.sittings)
        done = db.session.scalar(select(StepDone.mark).filter_by(lineage="law-quiz"))
        assert (done is not None) == passed

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
