"""A report under today's structure: the draft with its files, and a locked one beside it."""
from datetime import date, timedelta
from io import BytesIO

from openpyxl import load_workbook

from lms.kernel import clock

from courses.reorganisation.actions import reorganise
from courses.reorganisation.plan import Heir, Plan
from courses.reports.actions import lock
from tests.courses.coverage.facts_of_the_world import newcomers
from tests.world import HEADING

JULY = date(2026, 7, 1)


def merged(world):
    """The office, with three officials in it besides Páo, is the newspaper's since July."""
    newcomers(3, world.office, world.officials)
    reorganise(Plan(kind="merge", sources=[world.office], on=JULY, act="QĐ 12",
                    heirs=[Heir(unit=world.newspaper)]), by=world.an)


def test_a_draft_is_read_as_it_was_or_under_todays_structure_and_says_which(world, browse):
    merged(world)
    an = browse(world.an)
    # In March the department had Hạ and three in its office, who are the newspaper's now.
    address, days = f"/units/{world.department.id}/report", "first=01/01/2026&on=31/03/2026"

    was, recast = (an.get(f"{address}?{days}{more}") for more in ("", "&structure=today"))
    with an.client.get(f"{address}.xlsx?{days}&structure=today") as answer:
        facts = {row[0]: row[1] for row in load_workbook(
            BytesIO(answer.data))["Thông tin"].iter_rows(values_only=True)}

    goal = "Cán bộ được tập huấn và trang bị tài liệu"
    assert [f"{goal} {required} 0 0 %" in page.text for page, required in (
        (was, 4), (recast, 1), (was, 1), (recast, 4))] == [True, True, False, False]
    assert "số liệu tính đến ngày 31/03/2026, quy về tổ chức hiện nay." in recast.text
    assert "quy về tổ chức hiện nay." not in was.text
    assert ("Chốt báo cáo" in was.text, "Chốt báo cáo" in recast.text) == (True, False)
    assert facts["Tổ chức"] == "Quy về tổ chức hiện nay"


def test_a_locked_report_of_before_an_act_is_shown_in_the_units_of_today(
        world, browse, monkeypatch):
    newcomers(3, world.office, world.officials)
    report = lock(world.province, date(2026, 1, 1), date(2026, 3, 31), HEADING, by=world.an)
    locked = clock.now()
    monkeypatch.setattr(clock, "source", lambda: locked + timedelta(hours=1))
    reorganise(Plan(kind="merge", sources=[world.office], on=JULY, act="QĐ 12",
                    heirs=[Heir(name_vi="Trung tâm Văn hóa")]), by=world.an)
    an = browse(world.an)

    page = an.get(f"/reports/{report.id}")
    recast = an.get(f"/reports/{report.id}?structure=today").text

    assert page.links["Quy những người trong báo cáo này về các đơn vị hiện nay"] == (
        f"/reports/{report.id}?structure=today#structure")
    goal = "Cán bộ được tập huấn và trang bị tài liệu"
    assert [f"{unit} {goal} 0/{count} 0 %" in recast for unit, count in (
        ("Tỉnh Cao Bằng", 4), ("Sở Văn hóa", 4), ("Trung tâm Văn hóa", 3),
        ("Văn phòng Sở Văn hóa", 3))] == [True, True, True, False]
