"""The page of a unit for its head: its months, its parts, the way to the other units."""
from datetime import date
from io import BytesIO

from openpyxl import load_workbook

from lms.kernel.db import db
from lms.people.models import Role

from courses.completions.actions import complete
from courses.coverage.path_queries import path_of
from courses.reorganisation.actions import reorganise
from courses.reorganisation.plan import Heir, Plan
from tests.courses.coverage.facts_of_the_world import excused
from tests.courses.reports.moments import later


def renamed(world, on):
    """The department goes on under a new name from the day ``on``."""
    done = reorganise(Plan(kind="rename", sources=[world.department], on=on, act="QĐ 12",
                           heirs=[Heir(name_vi="Sở Văn hóa, Thể thao")]), by=world.an)
    db.session.commit()
    return done.units["heirs"][0]


def test_months_before_the_unit_say_so_instead_of_nobody_of_nobody(world, browse):
    new = renamed(world, date(2026, 9, 1))

    page = browse(world.an).get(f"/units/{new}/coverage?goal={world.goal_b.id}").text

    assert ("10/2026 0 2 0 % 09/2026 0 1 0 % "
            "01/2026 – 08/2026 chưa có hoặc không còn đơn vị này "
            "12/2024 – 12/2025 chỉ tiêu chưa hoặc không còn hiệu lực") in page


def test_the_figures_of_a_unit_that_ended_say_so_and_where_it_went_on(world, browse):
    new = renamed(world, date(2026, 9, 1))
    vi = browse(world.vi)

    page = vi.get(f"/units/{world.department.id}/coverage")

    assert ("Đơn vị này kết thúc ngày 01/09/2026. Đơn vị kế tục: Sở Văn hóa, Thể thao"
            in page.text)
    assert page.links["Sở Văn hóa, Thể thao"] == f"/units/{new}"
    assert "kết thúc" not in vi.get(f"/units/{new}/coverage").text


def test_a_pace_is_not_measured_from_days_before_the_unit(world):
    new = renamed(world, date(2026, 8, 1))
    for course in (world.press_law, world.kit):
        complete(world.ha, course, date(2026, 7, 1), by=world.an)
    db.session.flush()

    path = path_of(world.goal_b, db.session.get(type(world.office), new), world.an)

    # Hạ had met the goal before the unit began: in three months it gained nobody.
    assert [(pace.months, pace.gain) for pace in path.outlook.paces] == [(3, 0)]


def test_the_way_to_a_unit_below_and_to_the_list_keeps_what_was_known_when(world, browse,
                                                                          monkeypatch):
    later(monkeypatch, days=2)
    complete(world.pao, world.press_law, date(2026, 11, 2), by=world.an)
    complete(world.pao, world.kit, date(2026, 11, 2), by=world.an)
    db.session.commit()
    ha = browse(world.ha)
    page = ha.get(f"/units/{world.department.id}/coverage?known=25/11/2026"
                  f"&goal={world.goal_b.id}")

    below = ha.get(page.links["Văn phòng Sở Văn hóa"])
    rows = load_workbook(BytesIO(ha.get(
        page.links["Tải danh sách Excel"]).response.data)).worksheets[0].values

    assert "0 trên 1 người đã đạt" in below.text
    assert [row[1] for row in rows if row[1] in ("Vàng A Páo", "Bế Văn Hạ")] == [
        "Bế Văn Hạ", "Vàng A Páo"]


def test_whoever_answers_for_two_units_finds_the_other_one(world, browse):
    db.session.add(Role(person=world.hoa, kind="manager", unit=world.office,
                        valid_from=date(2026, 1, 1)))
    db.session.commit()
    hoa = browse(world.hoa)

    page = hoa.follow(hoa.get("/my-unit", status=302))

    assert "Bạn còn phụ trách: Văn phòng Sở Văn hóa" in page.text
    assert "Bạn còn phụ trách: Báo Cao Bằng" in hoa.get(
        page.links["Văn phòng Sở Văn hóa"]).text


def test_the_last_day_of_an_exemption_is_the_same_on_the_page_and_in_the_workbook(world, browse):
    excused(world.pao, world.goal_b, date(2026, 11, 1), date(2027, 3, 1))
    address = f"/units/{world.office.id}/goals/{world.goal_b.id}/people"
    an = browse(world.an)

    (row,) = [row for row in load_workbook(BytesIO(an.get(
        f"{address}.xlsx").response.data)).worksheets[0].values if row[1] == "Vàng A Páo"]

    assert "01/11/2026 – 28/02/2027" in an.get(address).text
    assert [value.date() for value in row[-2:]] == [date(2026, 11, 1), date(2027, 2, 28)]


def test_of_a_day_gone_by_it_tells_what_was_due_then_and_sends_nobody_now(world, browse):
    world.goal_b.deadline = date(2026, 11, 24)
    db.session.commit()
    ha, page = browse(world.ha), f"/units/{world.department.id}/coverage"

    now, then = ha.get(page), ha.get(f"{page}?on=20/11/2026")

    assert "Cử đi học Vàng A Páo" in now.links
    assert "quá hạn từ 24/11/2026" in now.text
    assert "còn 4 ngày" in then.text
    assert not {"Cử đi học Vàng A Páo", "Đề nghị miễn Vàng A Páo"} & set(then.links)


def test_a_goal_that_meant_nobody_on_the_day_is_not_replaced_without_a_word(world, browse):
    # The goal of reporters means nobody in the department; that of officials does.
    an, page = browse(world.an), f"/units/{world.department.id}/coverage"

    other = an.get(f"{page}?goal={world.goal_a.id}").text
    same = an.get(f"{page}?goal={world.goal_b.id}").text

    assert ("Ngày 25/11/2026, chỉ tiêu “Phóng viên được tập huấn” không có ai của đơn vị thuộc "
            "diện, hoặc không có hiệu lực. Số liệu dưới đây là của chỉ tiêu khác.") in other
    assert "0 trên 2 người đã đạt" in other
    assert "Số liệu dưới đây là của chỉ tiêu khác" not in same
