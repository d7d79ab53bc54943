"""The trail of what was done: who reads it, in which words, narrowed to what."""
import ast
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import delete

from lms.kernel import audit
from lms.kernel.audit import AuditAbout, AuditEntry
from lms.kernel.db import db
from lms.kernel.sheets import read_workbook
from lms.people import tracing
from lms.people.actions import leave
from lms.people.tracing import covered

from courses.completions.actions import complete, revoke
from tests.statements import counted

#: The functions that enter something into the trail; the second thing they take is the verb.
ENTERING = ("audit.record", "audit.enter_each")
ROOT = Path(__file__).resolve().parent.parent.parent.parent


def verbs_recorded():
    """Every verb that stands as a word in a call that enters it into the trail."""
    for room in ("lms", "courses", "quizzes", "certificates"):
        for path in (ROOT / room).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Call) and ast.unparse(node.func) in ENTERING:
                    yield from (part.value for part in ast.walk(node.args[1])
                                if isinstance(part, ast.Constant))


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
    assert "hủy kết quả hoàn thành 10:00 25/11/2026 Lý Hoài Ân Bế Văn Hạ Nhầm người" in page.text
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


@pytest.fixture
def clean(world):
    """Nothing was done yet: what follows is all there is."""
    for model in (AuditAbout, AuditEntry):
        db.session.execute(delete(model))
    db.session.commit()


def listed(browser):
    """What the workbook of somebody's trail lists besides that they came in: each act and whom it
    names.
    """
    sheet, = read_workbook(browser.get("/trail.xlsx").response.data)
    return [(row[2], row[3]) for row in sheet.rows[1:] if row[2] != "đăng nhập"]


@pytest.fixture
def done(world, clean):
    """Lan begins a course herself; she and Páo are nominated together; Páo joins a group; what
    Lan learned elsewhere is refused; and Minh marks the class he teaches."""
    audit.record(world.lan, "course begun", world.lan)
    audit.record(world.an, "people nominated", world.december_class,
                 people=[world.lan.id, world.pao.id])
    audit.record(world.an, "group joined", world.pao_membership, person=world.pao.id, group="B")
    audit.record(world.an, "completion revoked", world.vi_learned, reason="Gọi 0912 345 678")
    audit.record(world.minh, "session changed", world.first_session, on="2026-12-01", half="am")
    audit.record(world.an, "extra time given", world.law_quiz, person=world.lan.id)
    db.session.commit()


#: What each of the people reads of that, the newest first: the verb, and whom it names.
READ = {
    "lan": [("bắt đầu khóa học", "")],
    "hoa": [("cử đi học", "Nông Thị Lan")],
    "ha": [("đưa vào nhóm đối tượng", "Vàng A Páo"), ("cử đi học", "Vàng A Páo")],
    "minh": [("sửa buổi học", ""), ("cử đi học", "Nông Thị Lan")],
}


@pytest.mark.parametrize("who", READ)
def test_everybody_reads_what_they_did_and_what_concerns_their_people_or_classes(
        world, browse, done, who):
    browser = browse(getattr(world, who))

    assert listed(browser) == READ[who]
    assert f"{len(READ[who]) + 1} mục, mới nhất trước" in browser.get("/trail").text
    for act, name in READ[who]:
        assert f"{act} 10:00 25/11/2026" in browser.get("/trail").text
        assert browser.get("/trail").text.count(name) >= 1


def test_whoever_follows_somebody_no_more_reads_nothing_about_them(world, browse, done):
    world.lan.postings[0].valid_to = date(2026, 11, 25)
    db.session.commit()

    assert listed(browse(world.hoa)) == []


def test_numbers_in_reasons_are_covered_for_the_auditor_alone(world, browse, done):
    assert "Gọi •••78" in browse(world.vi).get("/trail").text
    assert "Gọi 0912 345 678" in browse(world.an).get("/trail").text
    sheet, = read_workbook(browse(world.vi).get("/trail.xlsx").response.data)
    assert "Gọi •••78" in {row[5] for row in sheet.rows}


@pytest.mark.parametrize("text, shown", [
    ("Theo CV 125/UBND ngày 12/3/2026", "Theo CV 125/UBND ngày 12/3/2026"),
    ("lan.nt@caobang.vn nhờ", "•••@caobang.vn nhờ"), ("0912345678", "•••78"),
    ("CCCD 004191000123.", "CCCD •••23.")])
def test_addresses_and_long_numbers_are_covered_and_days_and_letters_are_not(text, shown):
    assert covered(text) == shown


def test_the_unit_stands_beside_a_confirmation(world, browse, clean):
    audit.record(world.ha, "groups confirmed", world.officials, unit=world.department.key)
    audit.record(world.an, "role granted", world.ha.roles[0], unit=world.newspaper.id)
    db.session.commit()

    sheet, = read_workbook(browse(world.an).get("/trail.xlsx").response.data)

    assert [row[4] for row in sheet.rows[1:] if row[4]] == ["Báo Cao Bằng", "Sở Văn hóa"]


def test_more_entries_than_a_workbook_holds_are_refused(world, browse, done, monkeypatch):
    monkeypatch.setattr(tracing, "MOST", 3)

    assert "Hãy chọn ít ngày hơn" in browse(world.an).get("/trail.xlsx", 409).text


def test_whoever_reads_their_own_acts_alone_is_not_asked_whose(world, browse):
    fields = [{field.get("name") for field in browse(person).get("/trail").all("input")}
              for person in (world.lan, world.hoa)]

    assert ["q" in names for names in fields] == [False, True]


def test_the_way_to_what_one_did_stands_on_ones_own_page(world, browse):
    assert "/trail" in browse(world.lan).get("/mine").links.values()


@pytest.mark.parametrize("count", [1, 40])
def test_the_trail_asks_the_same_number_of_statements_for_few_and_for_many(world, browse, count):
    for _number in range(count):
        audit.record(world.an, "people reminded", world.goal_b, people=[world.pao.id, world.ha.id])
    db.session.commit()
    vi = browse(world.vi)

    with counted() as asked:
        vi.get("/trail")

    assert len(asked) == 5


def test_of_many_people_of_an_entry_five_are_named_and_the_others_counted(world, browse, clean):
    people = [world.lan, world.hoa, world.minh, world.ha, world.pao, world.vi]
    audit.record(world.an, "people reminded", world.goal_b, people=[one.id for one in people])
    db.session.commit()

    assert "và 1 người khác" in browse(world.vi).get("/trail").text
    assert "người khác" not in browse(world.ha).get("/trail").text
