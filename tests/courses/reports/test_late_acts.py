"""A report was locked, then an act is entered that took effect before its day."""
from datetime import date

import pytest

from lms.kernel import clock
from lms.kernel.db import db
from lms.kernel.storage import StoredFile
from lms.people.linking import link
from lms.people.models import Import, ImportEffect, Membership, Person, Posting

from courses.coverage.queries import figures
from courses.reorganisation.actions import reorganise
from courses.reorganisation.plan import Heir, Plan
from courses.reports.actions import lock
from courses.reports.queries.comparing import checked
from courses.reports.queries.measuring import matter_of
from courses.reports.queries.reasons import facts_behind
from tests.courses.reports.moments import later
from tests.world import HEADING

BEFORE, EFFECT = date(2026, 11, 10), date(2026, 11, 1)


@pytest.fixture
def merged(world, monkeypatch):
    """An hour after the lock the office goes over to a new centre, as of 1 November.

    The report of the department is of 24 November.  Gives the moment before.
    """
    known = clock.now()
    later(monkeypatch, hours=1)
    reorganise(Plan(kind="merge", sources=[world.office], on=EFFECT, act="Quyết định 45/QĐ-UBND",
                    heirs=[Heir(name_vi="Trung tâm Văn hóa")]), by=world.an)
    db.session.commit()
    return known


def test_the_page_names_the_unit_that_came_since_and_who_entered_the_act(world, browse, merged):
    page = browse(world.an).get(f"/reports/{world.report.id}").text

    assert ("Văn phòng Sở Văn hóa 0/1 – khác 0 % – Cán bộ được tập huấn và trang bị tài liệu "
            "Trung tâm Văn hóa – 0/1 khác – 0 %") in page
    assert ("trước tính ở: Văn phòng Sở Văn hóa; nay tính ở: Trung tâm Văn hóa") in page
    assert ("ghi mới: vị trí tại Trung tâm Văn hóa, 01/11/2026 – hiện nay 11:00 25/11/2026, "
            "Lý Hoài Ân, Quyết định 45/QĐ-UBND") in page
    assert "không rõ ai ghi" not in page


def test_a_unit_in_which_nobody_is_meant_does_not_differ_by_being_gone(world, browse, merged):
    page = browse(world.an).get(f"/reports/{world.report.id}").text

    # Of the reporters nobody works in the office: only the whole stands there for their goal.
    assert page.count("Phóng viên được tập huấn") == 1
    assert page.count("vị trí của Văn phòng Sở Văn hóa trong cơ cấu tổ chức đã được sửa") == 1
    check = checked(matter_of(world.report))
    assert (check.intact, check.equal) == (True, True)


def test_the_matrix_as_known_before_the_act_still_has_the_unit_that_it_ended(world, browse,
                                                                            merged):
    def told(known):
        return {figure.unit.key: figure.members for figure in figures(
            [world.goal_b], on=BEFORE, known=known) if figure.members}

    assert told(merged) == {"CB": 2, "SVH": 2, "SVH-VP": 1}
    assert told(None) == {"CB": 2, "SVH": 2, "SVH-VP~2": 1}


def test_who_linked_two_records_since_stands_with_the_facts(world, monkeypatch):
    twin = Person(key="PAO2", full_name="Vàng A Páo", birth="1988")
    db.session.add_all([twin, Posting(person=twin, unit=world.department, main=True,
                                      valid_from=date(2020, 1, 1)),
                        Membership(person=twin, group=world.officials,
                                   valid_from=date(2026, 1, 1))])
    world.erasure.decided_at = clock.now()
    db.session.flush()
    report = lock(world.department, date(2026, 1, 1), date(2026, 11, 24), HEADING, by=world.an)
    later(monkeypatch, hours=1)
    link(world.ha, twin, by=world.an)

    facts = facts_behind(matter_of(report), {twin.id})[twin.id]

    assert {(fact.new, fact.by) for fact in facts} == {(False, "Lý Hoài Ân")}


def test_of_a_long_list_brought_in_since_the_last_fact_too_has_its_author(world, monkeypatch):
    report = lock(world.department, date(2026, 1, 1), date(2026, 11, 24), HEADING, by=world.an)
    later(monkeypatch, hours=1)
    people = [Person(key=f"NEW{number}", full_name=f"Nông Thị {number}", birth="1990")
              for number in range(501)]
    posts = [Posting(person=one, unit=world.department, main=True, valid_from=date(2026, 1, 1))
             for one in people]
    brought = Import(by=world.an, file=StoredFile(sha256="0" * 64, name="ds.xlsx", mime="", size=1),
                     edits={}, effective_on=date(2026, 1, 1))
    db.session.add_all([*posts, brought])
    db.session.flush()
    db.session.add_all([ImportEffect(import_id=brought.id, what="made", table="posting",
                                     row_id=post.id) for post in posts])

    facts = facts_behind(matter_of(report), {one.id for one in people})

    assert {fact.by for several in facts.values() for fact in several} == {"Lý Hoài Ân"}
    assert len(facts) == 501


def test_the_preview_of_an_act_names_the_locked_reports_of_its_days(world, browse):
    an, form = browse(world.an), {
        "kind": "merge", "unit": world.office.id, "act": "Quyết định 45/QĐ-UBND",
        "heir0-unit": world.newspaper.id}

    before = an.post("/reorganisations/preview", form | {"on": "01/11/2026"}, status=200)
    after = an.post("/reorganisations/preview", form | {"on": "25/11/2026"}, status=200)

    assert "1 báo cáo đã chốt theo các đơn vị như trước khi nhập văn bản này" in before.text
    assert before.links["“Kết quả tập huấn năm 2026” (số liệu ngày 24/11/2026)"] == (
        f"/reports/{world.report.id}")
    assert "báo cáo đã chốt theo các đơn vị" not in after.text


def test_an_act_of_a_later_day_changes_nothing_on_the_page(world, browse, monkeypatch):
    later(monkeypatch, hours=1)
    reorganise(Plan(kind="merge", sources=[world.office], on=date(2026, 11, 25), act="QĐ 46",
                    heirs=[Heir(unit=world.newspaper)]), by=world.an)
    db.session.commit()

    page = browse(world.an).get(f"/reports/{world.report.id}").text

    assert "Theo hiểu biết hiện nay, danh sách và số liệu ngày này vẫn như cũ." in page
