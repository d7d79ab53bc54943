"""The check of all attempts finds what is not as promised."""
import json
from datetime import timedelta
from decimal import Decimal

import pytest
from sqlalchemy import delete, update

from lms.kernel.db import db

from courses.completions.models import StepDone
from quizzes.attempts.actions import submit
from quizzes.attempts.checking import faults
from quizzes.attempts.models import AnswerEvent, Attempt
from quizzes.attempts.protocol import Sent
from quizzes.attempts.saving import save_answer
from tests.conftest import MORNING

pytestmark = pytest.mark.breaks_promises


@pytest.fixture
def handed_in(world):
    """Lan's attempt, passed, after answers on two devices."""
    for seq, (client, base, answer) in enumerate((
            ("phone", 0, ["B"]), ("laptop", 0, ["A"]), ("phone", 1, ["A"])), 1):
        save_answer(world.running, 0, answer, Sent(client, seq, base), by=world.lan)
    save_answer(world.running, 2, ["T"], ("phone", 9), by=world.lan)
    return submit(world.running, by=world.lan)


def promises():
    """The promises that do not hold, in their order."""
    db.session.flush()
    return [fault.promise for fault in faults()[0]]


def test_where_all_is_well_it_finds_nothing(handed_in):
    assert faults() == ([], 1, 4)


@pytest.mark.parametrize("change, broken", [
    ({"answer": ["F"]}, ["Q1", "Q9"]), ({"sha256": "0" * 64}, ["Q1"]),
    ({"status": "lost"}, ["Q1", "Q9"]), ({"rev": 7}, ["Q3"]),
    ({"status": "conflict"}, ["Q4", "Q9"]), ({"status": "late"}, ["Q7", "Q9"]),
    ({"received_at": MORNING + timedelta(hours=1)}, ["Q7"]),
])
def test_a_changed_answer_is_found(handed_in, change, broken):
    db.session.execute(update(AnswerEvent).where(AnswerEvent.slot == 2).values(change))

    assert promises() == broken


def test_an_answer_that_overwrote_another_device_is_found(handed_in):
    db.session.execute(update(AnswerEvent).where(AnswerEvent.status == "conflict")
                       .values(status="accepted"))

    assert "Q4" in promises()


@pytest.mark.parametrize("change, promise", [
    ({"score": Decimal(99)}, "Q9"), ({"score": Decimal(99)}, "Q12"),
    ({"shares": ["100.00"] * 4}, "Q9"), ({"passed": None}, "Q6"),
    ({"state": "running"}, "Q6"), ({"state": "paused", "submitted_at": None}, "Q6"),
    ({"state": "gone"}, "Q6"),
])
def test_a_changed_attempt_is_found(handed_in, change, promise):
    db.session.execute(update(Attempt).values(change))

    assert promise in promises()


def test_a_changed_paper_is_found(handed_in):
    handed_in.paper = [*handed_in.paper[1:], handed_in.paper[0]]

    assert "Q10" in promises()


def test_a_passed_attempt_without_its_step_is_found(handed_in):
    assert handed_in.passed
    db.session.execute(delete(StepDone))

    assert promises() == ["Q6"]


def test_the_command_says_how_many_it_checked_and_what_it_found(app, handed_in):
    runner = app.test_cli_runner()
    assert runner.invoke(args=["quizzes", "check"]).output == (
        "1 attempts with 4 answers checked, 0 faults.\n")
    handed_in.shares = ["100.00"] * 4
    db.session.flush()

    found = runner.invoke(args=["quizzes", "check", "--json"])

    assert found.exit_code == 1
    assert json.loads(found.output) == {"attempts": 1, "answers": 4, "faults": [
        {"promise": "Q9", "attempt": handed_in.id, "what": "marking it again gives other marks"}]}
    assert runner.invoke(args=["quizzes", "check"]).output == (
        f"Q9  attempt {handed_in.id}: marking it again gives other marks\n"
        "1 attempts with 4 answers checked, 1 faults.\n")
