"""The trail of what was done: who reads it, in which words, narrowed to what."""
import ast
from datetime import date
from pathlib import Path

import pytest

from lms.kernel import audit
from lms.kernel.db import db
from lms.people.actions import leave

from courses.completions.actions import complete, revoke
from tests.statements import counted

ROOT = Path(__file__).resolve().parent.parent.parent.parent


def verbs_recorded():
    """Every verb that stands as a word in a call of ``audit.record``."""
    for room in ("lms", "courses", "quizzes", "certificates"):
        for path in (ROOT / room).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if (isinstance(node, ast.Call) and ast.unparse(node.func) == "audit.record"
                        and isinstance(node.args[1], ast.Constant)):
                    yield node.args[1].value


def test_every_verb_has_its_words_and_nothing_else_has(app):
    by_name = {"person erased", "mention settled", "mention opened again",
               "facts imported", "changed by import"}

    assert set(audit.words) == {*verbs_recorded(), *by_name}


def test_every_page_of_the_trail_is_there_and_takes_a_key(app):
    rules = {rule.endpoint: rule.arguments for rule in app.url_map.iter_rules()}

    assert {endpoint: rules[endpoint] for endpoint in audit.pages.values()} == dict.fromkeys(
        audit.pages.values(), {"key"})


def test_the_auditor_reads_who_did_what_to_whom_and_why(world, browse):
    revoke(complete(world.ha, world.press_law, date(2026, 11, 2), by=world.an),
           date(2026, 11, 3), "Nhầm người", by=world.an)
    leave(world.pao, date(2026, 11, 20), "left", by=world.ha)
    db.session.commit()

    page = browse(world.vi).get("/trail")

    assert "ghi nghỉ việc hoặc nghỉ hưu 10:00 25/11/2026 Bế Văn Hạ Vàng A Páo" in page.text
    assert "hủy kết quả hoàn thành 10:00 25/11/2026 Lý Hoài Ân Nhầm người" in page.text
    assert page.links["Vàng A Páo"] == f"/people/{world.pao.id}"
    assert page.links["chốt báo cáo"] == f"/reports/{world.report.id}"


@pytest.mark.parametrize("query, found", [
    ("verb=report locked", "1 mục, mới nhất trước"),
    ("verb=report locked&q=hoai an", "1 mục, mới nhất trước"),
    ("verb=report locked&q=ha", "Không có mục nào phù hợp."),
    ("verb=report locked&first=25/11/2026&last=25/11/2026", "1 mục, mới nhất trước"),
    ("verb=report locked&first=26/11/2026", "Không có mục nào phù hợp."),
    ("verb=report locked&last=24/11/2026", "Không có mục nào phù hợp.")])
def test_the_trail_is_narrowed_to_days_acts_and_people(world, browse, query, found):
    assert found in browse(world.an).get(f"/trail?{query}").text


@pytest.mark.parametrize("who", ["hoa", "ha", "minh", "lan"])
def test_nobody_but_officers_and_auditors_reads_the_trail(world, browse, who):
    browse(getattr(world, who)).get("/trail", 404)


@pytest.mark.parametrize("count", [1, 40])
def test_the_trail_asks_the_same_number_of_statements_for_few_and_for_many(world, browse, count):
    for _number in range(count):
        audit.record(world.an, "people reminded", world.goal_b, people=[world.pao.id, world.ha.id])
    db.session.commit()
    vi = browse(world.vi)

    with counted() as asked:
        vi.get("/trail")

    assert len(asked) == 4
