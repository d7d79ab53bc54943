"""The pages of the figures: the province, a unit, the people behind a number, the goals."""
from datetime import date
from io import BytesIO

import pytest
from openpyxl import load_workbook

from lms.kernel.db import db
from lms.people.models import Membership, Person, Posting

from courses.classes.actions import open_class
from courses.classes.queries import enrolments_in
from courses.completions.actions import complete
from courses.coverage.models import Goal
from tests.statements import counted

BEGINNING = date(2026, 1, 1)


def officials(world, count, unit=None):
    """So many newcomers among the officials of the department, or of ``unit``."""
    for number in range(count):
        person = Person(key=f"N{number}", full_name=f"Nông Văn {number}", birth="1990", gender="m")
        db.session.add_all([
            person,
            Posting(person=person, unit=unit or world.department, title="", main=True,
                    valid_from=BEGINNING),
            Membership(person=person, group=world.officials, valid_from=BEGINNING)])
    db.session.flush()


def second_post(world):
    """Hạ writes for the newspaper as well."""
    db.session.add(Posting(person=world.ha, unit=world.newspaper, title="Cộng tác viên",
                           main=False, valid_from=BEGINNING))
    db.session.flush()


def of_unit(world, end=""):
    """An address of the department's figure."""
    return f"/units/{world.department.id}{end}"


def sheet(page):
    """The rows of the first sheet of a workbook that was sent."""
    return list(load_workbook(BytesIO(page.response.data)).worksheets[0].values)


def test_the_province_on_one_page(world, browse):
    page = browse(world.an).get("/province")

    assert ("Toàn tỉnh 2 chỉ tiêu có đặt mức: còn thiếu 3 người ; "
            "1 người chưa được tập huấn đã quá hạn.") in page.text
    assert ("Báo Cao Bằng 0 % 0 trên 1 còn 1, 1 quá hạn – không có người thuộc diện "
            "Sở Văn hóa – không có người thuộc diện 0 % 0 trên 2 còn 2") in page.text


def test_the_province_as_it_was_and_as_it_was_known(world, browse):
    an = browse(world.an)

    before = an.get("/province?on=31/12/2025")
    assert "Ngày 31/12/2025 không có chỉ tiêu nào có hiệu lực." in before.text
    assert "còn thiếu 3 người" not in an.get("/province?known=31/12/2025").text
    for name in ("on", "known"):
        for text in ("hôm qua", "31/02/2026", "31/12/9999", "1/1/1", "2026-11"):
            page = an.follow(an.get(f"/province?{name}={text}", status=302))
            assert f"“{text}” không phải ngày" in page.text


def test_the_people_whom_two_units_count_are_named(world, browse):
    second_post(world)
    an = browse(world.an)

    page = an.get(an.get("/province").links["Cán bộ được tập huấn và trang bị tài liệu"])

    assert "1 người: Cán bộ được tập huấn và trang bị tài liệu." in page.text
    assert "Bế Văn Hạ 1984 Báo Cao Bằng; Sở Văn hóa" in page.text


def test_whoever_works_in_one_unit_is_not_counted_twice_by_the_unit_above(world, browse):
    page = browse(world.an).get(f"/province/several-units/{world.goal_b.id}")

    assert "Không ai được tính ở hai đơn vị." in page.text
    assert "Vàng A Páo" not in page.text


@pytest.mark.slow
@pytest.mark.parametrize("count", [3, 300])
def test_the_province_costs_the_same_however_many_people(world, browse, count):
    officials(world, count)
    second_post(world)
    an = browse(world.an)

    with counted() as matrix:
        an.get("/province")
    with counted() as several:
        an.get(f"/province/several-units/{world.goal_b.id}")

    # Two of the matrix ask for the last locked report of the whole, two for roles left behind, one
    # for the last backup, one for acts that could not be done, one for attempts that could not be
    # handed in, one for what waits longest for its seal, one for proposals.
    assert (len(matrix), len(several)) == (27, 14)


def test_the_head_of_a_unit_sees_who_is_missing_and_where_to_send_them(world, browse):
    ha = browse(world.ha)

    page = ha.follow(ha.get("/my-unit", status=302))

    assert "0 trên 2 người đã đạt (0 %), chỉ tiêu 100 %: còn 2 người" in page.text
    assert "Vàng A Páo 1988, Văn phòng Sở Văn hóa" in page.text
    assert page.links["Cử đi học Vàng A Páo"] == (
        f"/classes/{world.december_class.id}/nominations?person={world.pao.id}#p{world.pao.id}")


def test_whoever_is_to_be_sent_is_ticked_already(world, browse):
    page = browse(world.ha).get(
        f"/classes/{world.december_class.id}/nominations?person={world.pao.id}")

    ticked = [box["value"] for box in page.all("input")
              if box.get("name") == "people" and "checked" in box]
    assert ticked == [str(world.pao.id)]


def test_whoever_lacks_only_what_no_class_teaches_is_not_sent_to_one(world, browse):
    complete(world.pao, world.press_law, date(2026, 10, 5), by=world.an)

    page = browse(world.ha).get(of_unit(world, "/coverage"))

    assert "còn thiếu: Bộ tài liệu" in page.text
    assert "Cử đi học Vàng A Páo" not in page.links
    assert "Cử đi học Bế Văn Hạ" in page.links


def test_a_class_a_unit_opens_for_its_own_people_stands_on_its_page_alone(world, browse):
    values = {"code": "NB-1", "title_vi": "Lớp nội bộ", "course_id": world.press_law.id,
              "organiser_id": world.department.id, "mode": "in_person", "seats": 10,
              "starts_on": date(2026, 12, 8), "ends_on": date(2026, 12, 8), "place": "Phòng họp"}
    open_class(values, by=world.ha)

    assert "Lớp nội bộ" in browse(world.ha).get(of_unit(world, "/coverage")).text
    assert "Lớp nội bộ" not in browse(world.hoa).get(
        f"/units/{world.newspaper.id}/coverage").text


@pytest.mark.slow
@pytest.mark.parametrize("count", [3, 150])
def test_the_page_of_a_unit_costs_the_same_however_many_are_missing(world, browse, count):
    officials(world, count)
    ha = browse(world.ha)

    with counted() as statements:
        ha.get(of_unit(world, "/coverage"))

    assert len(statements) == 41


def test_of_very_many_missing_the_page_counts_all_and_names_the_first(world, browse):
    officials(world, 250)

    page = browse(world.ha).get(of_unit(world, "/coverage"))

    assert "252 người còn lại" in page.text
    assert "Ở đây chỉ ghi 200 tên đầu; tệp Excel có đủ." in page.text
    assert len([link for link in page.links if link.startswith("Cử đi học Nông")]) == 200


def test_the_people_behind_a_figure_by_status_and_by_name(world, browse):
    for course in (world.press_law, world.kit):
        complete(world.pao, course, date(2026, 10, 5), by=world.an)
    ha, address = browse(world.ha), of_unit(world, f"/goals/{world.goal_b.id}/people")

    met, named = ha.get(f"{address}?status=met"), ha.get(f"{address}?q=be van")

    assert "1 người: Cán bộ được tập huấn và trang bị tài liệu." in met.text
    assert ("Vàng A Páo" in met.text, "Bế Văn Hạ" in met.text.split("Họ và tên")[1]) == (
        True, False)
    assert "Vàng A Páo" not in named.text
    assert "Với tình trạng và từ khóa này, không có ai" in ha.get(f"{address}?status=exempt").text


def test_the_list_as_a_workbook_agrees_with_the_page(world, browse):
    complete(world.pao, world.press_law, date(2026, 10, 5), by=world.an)

    rows = sheet(browse(world.ha).get(of_unit(world, f"/goals/{world.goal_b.id}/people.xlsx")))

    assert rows[2][6:8] == ("Bộ tài liệu", "Luật Báo chí")
    assert [(*row[1:3], row[4], row[6], row[7] and row[7].date()) for row in rows[3:]] == [
        ("Bế Văn Hạ", "1984", "còn hạn", None, None),
        ("Vàng A Páo", "1988", "còn hạn", None, date(2026, 10, 5))]


def test_the_province_as_a_workbook_agrees_with_the_page(world, browse):
    rows = sheet(browse(world.an).get("/province.xlsx"))

    assert ("Sở Văn hóa", "Cán bộ được tập huấn và trang bị tài liệu", 2, 0, 2, 0, 0, 2, 0,
            100) in rows
    assert ("Báo Cao Bằng", "Phóng viên được tập huấn", 1, 0, 1, 0, 1, 0, 0, 100) in rows


def test_a_goal_is_set_and_counts_at_once(world, browse):
    an = browse(world.an)
    form = {"key": "K", "title_vi": "Cán bộ nhận tài liệu", "group_id": world.officials.id,
            "course_ids": [world.kit.id], "share": "90", "deadline": "01/11/2026",
            "valid_from": "01/01/2026"}

    told = an.follow(an.post("/goals/new", form))

    assert "Đã đặt chỉ tiêu K" in told.text
    assert "3 chỉ tiêu có đặt mức: còn thiếu 5 người ; 3 người chưa" in an.get("/province").text


@pytest.mark.parametrize(("typed", "vi", "en"), [
    ("70,5", "70,5", "70.5"), ("70.5", "70,5", "70.5"), ("100", "100", "100")])
def test_the_target_is_typed_and_shown_as_each_language_writes_numbers(
        world, browse, typed, vi, en):
    an, url = browse(world.an), f"/goals/{world.goal_a.id}/edit"
    filled = {field["name"]: field.get("value", "") for field in an.get(url).all("input")
              if "name" in field and field.get("type") not in ("checkbox", "radio")}
    an.post(url, filled | {"share": typed, "group_id": world.goal_a.group_id,
                           "course_ids": [one.id for one in world.goal_a.courses]})

    shown = [one["value"] for one in an.get(url).all("input") if one.get("name") == "share"]
    an.client.set_cookie("language", "en")
    english = [one["value"] for one in an.get(url).all("input") if one.get("name") == "share"]

    assert (shown, english) == ([vi], [en])


def test_a_goal_with_a_fault_says_what_to_do_and_sets_nothing(world, browse):
    form = {"key": "K", "title_vi": "", "group_id": world.officials.id, "valid_from": "hôm nay"}

    page = browse(world.an).post("/goals/new", form, status=200)

    assert "Hiệu lực từ Lỗi: Ngày không đúng. Ví dụ đúng: 05/02/2026." in page.text
    assert db.session.query(Goal).filter_by(key="K").count() == 0


def test_people_who_owe_a_course_are_sent_to_its_class(world, browse):
    ha, address = browse(world.ha), f"/classes/{world.december_class.id}/nominations"
    assert "2 người của đơn vị còn phải học khóa này" in ha.get(address).text

    told = ha.follow(ha.post(address, {"people": [world.pao.id]}))

    assert "Đã cử 1 người đi học." in told.text
    assert "Vàng A Páo" not in ha.get(address).text


def test_nobody_is_sent_from_a_unit_one_does_not_answer_for(world, browse):
    hoa, address = browse(world.hoa), f"/classes/{world.december_class.id}/nominations"

    hoa.post(address, {"people": [world.pao.id]}, status=409)

    assert [seat.person for seat in enrolments_in(world.december_class)] == [world.lan]


def test_a_bar_opens_its_names_and_both_points_have_their_knowledge(world, browse):
    complete(world.lan, world.press_law, date(2026, 6, 1), by=world.an)
    address = f"/units/{world.newspaper.id}/goals/{world.goal_a.id}/changes"

    page = browse(world.hoa).get(f"{address}?first=01/05/2026&on=30/06/2026&known=25/11/2026")

    # Lan completed the course in June: one bar, which leads where the table does.
    assert page.response.text.count("part=completed#people") == 2
    assert [one.get("name") for one in page.all("input") if one.get("name") in (
        "first", "first_known", "on", "known")] == ["first", "first_known", "on", "known"]
    part = f"{address}?first=01/05/2026&on=30/06/2026&part=completed"
    assert [browse(person).get(part).links.get("Nông Thị Lan") for person in (
        world.an, world.hoa)] == [f"/record/{world.lan.id}", None]
