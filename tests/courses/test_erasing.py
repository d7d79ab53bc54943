"""Somebody is erased: no table, file or log keeps the name, wherever others had typed it."""
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import select, update

from lms.kernel import audit
from lms.kernel.audit import AuditEntry
from lms.kernel.db import db
from lms.people.erasing import NAMELESS, ask_erasure, erase
from lms.people.models import Posting, Role

from certificates import actions as certificates
from certificates.models import Certificate
from courses.classes.actions import cancel_class, withdraw
from courses.completions.actions import complete, finish_step, revoke, undo_step
from courses.coverage.actions import exempt
from courses.coverage.exemption_actions import refuse_exemption
from courses.coverage.models import ExemptionRequest
from courses.reports.actions import end
from quizzes.attempts.actions import submit
from quizzes.attempts.intervening import extend
from quizzes.attempts.saving import save_answer
from quizzes.papers.actions import give_extra_time
from quizzes.questions.actions import hold_back

NAME = "Nông Thị Lan"


@pytest.fixture
def told(world):
    """Everything that happened to Lan or beside her, each with a reason that names her."""
    why, an, minh, lan = f"Theo đơn của {NAME} (LAN)", world.an, world.minh, world.lan
    save_answer(world.running, 3, [NAME], None, by=lan)
    extend(world.running, 5, why, by=minh)
    submit(world.running, by=lan)
    give_extra_time(world.law_quiz, world.hoa, {"percent": 0, "minutes": 5, "reason": why},
                    by=minh)
    hold_back(world.first_question, why, by=minh)
    finish_step(lan, world.law_intro, by=lan)
    undo_step(lan, world.law_intro, why, by=an)
    withdraw(world.seat, why, by=an)
    cancel_class(world.december_class, why, by=an)
    completion = complete(lan, world.press_law, date(2026, 11, 20), by=an)
    issued = db.session.scalars(select(Certificate).filter_by(completion_id=completion.id)).one()
    certificates.revoke(certificates.correct(issued, {"name": f"{NAME} A"}, why, by=an), why,
                        by=an)
    revoke(completion, date(2026, 11, 21), why, by=an)
    exempt(world.hoa, world.goal_a, {
        "kind": "illness", "reason": why, "valid_from": date(2026, 2, 1),
        "valid_to": date(2026, 2, 3)}, by=an)
    refuse_exemption(db.session.scalars(select(ExemptionRequest)).one(), why, by=an)
    end(world.report, why, "", by=an)
    world.erasure.reason = why
    for table in (Posting, Role):
        db.session.execute(update(table).where(table.person_id == lan.id).values(
            valid_to=date(2026, 11, 1)))
    return ask_erasure(lan, why, by=an)


def values():
    """Every value of every table, as words, with the table it stands in."""
    return [(table.name, str(value)) for table in db.metadata.sorted_tables
            for row in db.session.execute(table.select()) for value in row]


def test_no_table_file_or_log_keeps_the_name_of_somebody_erased(world, app, told, caplog):
    assert len({table for table, text in values() if NAME in text}) > 8

    erase(told, by=world.vi)
    db.session.expire_all()

    assert [(table, text) for table, text in values() if NAME in text] == []
    assert NAME not in caplog.text
    assert [path for path in Path(app.config["STORAGE"]).rglob("*")
            if path.is_file() and NAME.encode() in path.read_bytes()] == []


def test_a_trace_keeps_its_reason_without_the_name(world, told):
    lines = len(db.session.scalars(select(AuditEntry)).all())

    erase(told, by=world.vi)

    entries = db.session.scalars(select(AuditEntry)).all()
    assert len(entries) == lines + 1
    assert {entry.details["reason"] for entry in entries if "đơn" in entry.details.get(
        "reason", "")} == {f"Theo đơn của {NAMELESS} ({NAMELESS})"}


def test_a_staff_code_within_another_word_and_what_nobody_typed_stay(world):
    audit.record(world.an, "tried", world.lan, reason="LANG LAN, 12LAN", course="LAN")

    audit.forget((NAME, "LAN"), NAMELESS)

    details = db.session.scalars(select(AuditEntry).filter_by(verb="tried")).one().details
    assert details == {"reason": f"LANG {NAMELESS}, 12LAN", "course": "LAN"}
