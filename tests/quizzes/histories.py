"""A simple model of what becomes of the attempts of one person, for the histories of a test."""
from dataclasses import dataclass, field
from decimal import Decimal

from quizzes.attempts.protocol import GRACE

PASS = 50
#: The questions that are answered: slot → (an answer that is right, one that is wrong).
SLOTS = {0: (["A"], ["B"]), 2: (["T"], ["F"])}


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
    #: How it ended before it was voided, and whether it uses up no attempt.
    before: str = ""
    free: bool = False

    def out_of_time(self, now):
        """Whether nothing counts any more."""
        return self.state != "paused" and now > self.deadline + GRACE

    def judge(self, event, now):
        """What becomes of ``event``, which arrives now."""
        counting = [one for one in self.arrived
                    if one.slot == event.slot and one.status == "accepted"]
        if self.state in ("submitted", "voided"):
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
        if self.state == "voided":
            return []
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
