"""The page of a goal, the path to it, the folded matrix, and what a unit's page offers."""
from datetime import date
from io import BytesIO

import pytest
from openpyxl import load_workbook
from sqlalchemy import update

from lms.kernel import clock
from lms.kernel.db import db
from lms.organisations.models import Placement, Succession, Unit
from lms.people.models import Membership

from courses.catalogue.models import BLENDED, IN_PERSON, CourseVersion
from courses.classes.actions import nominate, set_quota
from courses.classes.queries import seats_left_in
from courses.completions.actions import begin, complete
from courses.coverage import extras
from courses.coverage.actions import set_goal
from courses.coverage.matrix import furthest, laid_out
from courses.coverage.path_queries import parts_met, path_of, places_of
from courses.coverage.queries import figures
from tests.courses.coverage.facts_of_the_world import learned, newcomers
from tests.statements import counted

BEGINNING = date(2018, 1, 1)
TODAY = date(2026, 11, 25)


def unit_under(parent, key, kind, **more):
    """A unit under ``parent``."""
    unit = Unit(key=key, name_vi=f"Đơn vị {key}", kind=kind, precedence=50,
                **{"valid_from": BEGINNING} | more)
    db.session.add_all([unit, Placement(unit=unit, parent=parent, valid_from=unit.valid_from)])
    db.session.flush()
    return unit


def path_address(unit, goal, end=""):
    """The address of the path."""
    return f"/units/{unit.id}/goals/{goal.id}/path{end}"


def trained(people, courses, on):
    """They learned all of ``courses`` on the day."""
    for person in people:
        for course in courses:
            learned(person, course, on=on)


def test_the_goal_says_whom_it_means_what_it_asks_and_each_part(world, browse):
    trained([world.pao], [world.kit], on=date(2026, 10, 5))
    trained([world.ha], [world.kit, world.press_law], on=date(2026, 10, 5))

    page = browse(world.an).get(f"/goals/{world.goal_b.id}")

    assert parts_met(world.goal_b, world.province) == {world.press_law.id: 1, world.kit.id: 2}
    for words in ("1 trên 2 người đã đạt (50,0 %), chỉ tiêu 100 %: còn 1 người",
                  "Đối tượng Cán bộ 2 người, Tỉnh Cao Bằng",
                  "Kế hoạch 3432/KH-UBND, II.2", "Hiệu lực 01/01/2026 – hiện nay",
                  "Bộ tài liệu KIT 2 trên 2 Luật Báo chí PRESS 1 trên 2 Tất cả các khóa 1 trên 2"):
        assert words in page.text


def test_the_goal_shows_a_contact_person_their_own_unit_only(world, browse):
    page = browse(world.hoa).get(f"/goals/{world.goal_a.id}")

    assert "0 trên 1 người đã đạt" in page.text
    assert "Tỉnh Cao Bằng" not in page.text
    assert "Hôm nay không có số liệu." in browse(world.hoa).get(f"/goals/{world.goal_b.id}").text


def test_one_training_counts_for_every_goal_that_names_its_course(world):
    second = set_goal({"key": "P", "title_vi": "Cán bộ học luật", "group": world.officials,
                       "courses": [world.press_law], "valid_from": date(2026, 1, 1)},
                      by=world.an)
    db.session.add(Membership(person=world.ha, group=world.reporters,
                              valid_from=date(2026, 1, 1)))
    db.session.flush()
    complete(world.ha, world.kit, date(2026, 5, 4), by=world.an)

    complete(world.ha, world.press_law, date(2026, 5, 4), by=world.an)

    met = {f.goal.key: (f.met, f.required) for f in figures(units=[world.department])}
    assert met == {"A": (1, 1), "B": (1, 2), "P": (1, 2)}
    assert second.share is None


def test_the_path_says_when_at_which_pace_in_words(world, browse):
    # Ten officials; four were trained in September 2025, two in June 2026, one in October:
    # 4 at the end of November 2025 and of May 2026, 6 at the end of August, 7 today; with Hạ
    # and Páo, who are not trained, 12 are required and 5 are short.
    people = newcomers(10, world.office, world.officials, since=date(2025, 1, 1))
    world.goal_b.valid_from = date(2025, 1, 1)
    for group, day in ((people[:4], date(2025, 9, 9)), (people[4:6], date(2026, 6, 9)),
                       (people[6:7], date(2026, 10, 9))):
        trained(group, [world.press_law, world.kit], on=day)

    page = browse(world.an).get(path_address(world.department, world.goal_b))

    # 6 months: 5 × 178 ÷ 3 = 296.67, so 297 days: 18/9/2027.  3 months: 5 × 86 ÷ 1 = 430 days.
    # 12 months: 5 × 360 ÷ 3 = 600 days: 17/7/2028.
    for words in ("7 trên 12 người đã đạt (58,3 %), chỉ tiêu 100 %: còn 5 người",
                  "Theo nhịp sáu tháng qua: ngày 18/09/2027 . Lạc quan: 18/09/2027 . "
                  "Thận trọng: 17/07/2028 .",
                  "3 tháng 31/08/2026 – 25/11/2026 6 → 7 (+1) 5 × 86 ngày ÷ 1 = 430 ngày",
                  "6 tháng 31/05/2026 – 25/11/2026 4 → 7 (+3) 5 × 178 ngày ÷ 3 = 297 ngày",
                  "12 tháng 30/11/2025 – 25/11/2026 4 → 7 (+3) 5 × 360 ngày ÷ 3 = 600 ngày"):
        assert words in page.text


def test_without_a_pace_the_path_says_so(world, browse):
    page = browse(world.ha).get(path_address(world.department, world.goal_b))

    assert "Không có nhịp độ để tính" in page.text
    assert "còn 2 người" in page.text


def test_a_goal_that_is_reached_or_not_in_force_has_no_forecast(world, browse):
    trained([world.ha, world.pao], [world.press_law, world.kit], on=date(2026, 10, 5))
    an = browse(world.an)
    page = an.get(path_address(world.department, world.goal_b))
    assert "Đã đạt chỉ tiêu." in page.text
    assert "Bao giờ đến đích?" not in page.text

    world.goal_b.valid_to = date(2026, 11, 1)
    db.session.flush()
    address = path_address(world.department, world.goal_b)
    assert "Hôm nay chỉ tiêu này không có hiệu lực." in an.get(address).text
    an.get(f"{address}.xlsx", status=409)


def test_seats_planned_free_and_short(world, browse):
    # 45 newcomers, Hạ and Páo lack press law; the class of December has 40 seats and Lan in it.
    world.press_law.mode = BLENDED
    newcomers(45, world.office, world.officials)
    nominate(world.december_class, [world.pao], world.office, by=world.ha)

    path = path_of(world.goal_b, world.department, world.an)

    press = next(need for need in path.needs if need.course.key == "PRESS")
    assert (press.missing, press.planned, press.free, press.shortfall) == (47, 1, 38, 8)
    # The 46 without a seat lie in two places: the department itself (Hạ) and its office; the 38
    # free seats take Hạ first, then 37 of the office: 8 remain.
    assert [(one.place, one.classes, one.people) for one in press.suggestions] == [
        ("Văn phòng Sở Văn hóa", 1, 8)]
    page = browse(world.ha).get(path_address(world.department, world.goal_b) + "?size=5")
    assert "2 lớp, 8 người" in page.text
    assert ("Luật Báo chí một phần trực tuyến, một phần trên lớp LBC-2026-02 01/12/2026, Hội "
            "trường tầng 2 47 1 38 8 chỗ") in page.text


def test_what_is_learned_online_needs_no_class_but_that_people_begin(world, browse):
    # Hạ and Páo and three newcomers lack the kit, which is learned online; Hạ has begun it, and
    # only he has an account.
    newcomers(3, world.office, world.officials)
    begin(world.ha, world.kit, by=world.ha)

    path = path_of(world.goal_b, world.department, world.an)

    kit = next(need for need in path.needs if need.course.key == "KIT")
    assert (kit.missing, kit.planned, kit.shortfall, kit.suggestions) == (5, 0, 0, [])
    assert (kit.online.ready, kit.online.begun, kit.online.without_account) == (0, 1, 4)
    page = browse(world.an).get(path_address(world.department, world.goal_b))
    assert ("Học trực tuyến: không cần mở lớp Bộ tài liệu 1 người đã bắt đầu. 4 người chưa có tài "
            "khoản, cần được cấp trước.") in page.text
    assert "Bộ tài liệu có thể học trực tuyến bất cứ lúc nào 5 0 không cần không cần chỗ" in (
        page.text)
    assert page.links["Nhắc"] == f"/units/{world.department.id}/goals/{world.goal_b.id}/reminder"
    assert "Lớp nên mở" not in page.text


def test_whoever_is_in_a_class_of_what_is_learned_online_is_counted_there(world):
    nominate(world.december_class, [world.ha], world.department, by=world.ha)

    press = next(need for need in path_of(world.goal_b, world.department, world.an).needs
                 if need.course.key == "PRESS")

    assert (press.missing, press.planned, press.free) == (2, 1, 38)
    assert (press.online.people, press.online.without_account, press.shortfall) == (1, 1, 0)


@pytest.mark.parametrize("how", ["a draft", "withdrawn", "in a class"])
def test_what_cannot_be_begun_online_asks_for_seats(world, how):
    # The kit as a draft, withdrawn, or taught in classes alone: nobody can begin it.
    if how == "a draft":
        db.session.execute(update(CourseVersion).where(
            CourseVersion.course_id == world.kit.id).values(published_at=None))
    elif how == "withdrawn":
        world.kit.withdrawn_at = clock.now()
    else:
        world.kit.mode = IN_PERSON
    db.session.flush()

    kit = next(need for need in path_of(world.goal_b, world.department, world.an).needs
               if need.course.key == "KIT")

    assert (kit.online, kit.shortfall, len(kit.suggestions)) == (None, 2, 1)


def test_the_missing_are_grouped_by_place_and_unit(world):
    block = unit_under(world.province, "KHOI", "block")
    bureau = unit_under(block, "PHONG", "agency")
    district = unit_under(world.province, "HUYEN", "district", valid_to=date(2025, 7, 1))
    commune = unit_under(block, "XA", "commune", valid_from=date(2025, 7, 1))
    db.session.add(Succession(from_unit=district, to_unit=commune, on=date(2025, 7, 1),
                              kind="dissolve"))
    db.session.flush()

    assert places_of({bureau.id, commune.id, world.newspaper.id}, TODAY) == {
        bureau.id: "Đơn vị KHOI", commune.id: "Đơn vị HUYEN", world.newspaper.id: "Báo Cao Bằng"}


def test_the_path_as_a_workbook_agrees_with_the_page(world, browse):
    data = browse(world.ha).get(path_address(world.department, world.goal_b, ".xlsx"))

    book = load_workbook(BytesIO(data.response.data))
    people = list(book.worksheets[0].values)[3:]
    assert book.sheetnames == ["Nhân sự", "Số chỗ", "Lớp nên mở", "Nhịp độ", "Thông tin"]
    assert [row[1:5] for row in people] == [
        ("Bế Văn Hạ", "1984", "Sở Văn hóa", "Sở Văn hóa"),
        ("Vàng A Páo", "1988", "Văn phòng Sở Văn hóa", "Văn phòng Sở Văn hóa")]
    assert list(book.worksheets[1].values)[-2:] == [
        ("Bộ tài liệu", 2, 0, None, 0, 1, 0, 1), ("Luật Báo chí", 2, 0, 39, 0, 1, 0, 1)]


def test_the_path_is_for_those_who_follow_the_unit(world, browse):
    for end in ("", ".xlsx"):
        browse(world.hoa).get(path_address(world.department, world.goal_b, end), status=404)
        browse(world.lan).get(path_address(world.newspaper, world.goal_a, end), status=404)


@pytest.mark.parametrize("count", [3, 150])
def test_the_path_costs_the_same_however_many_are_missing(world, browse, count):
    newcomers(count, world.office, world.officials)
    ha = browse(world.ha)

    with counted() as statements:
        ha.get(path_address(world.department, world.goal_b))

    assert len(statements) == 38


def test_small_units_are_never_ranked(world):
    newcomers(5, world.office, world.officials)

    _goals, groups, _whole = laid_out(figures(), world.province.id)
    ranked = {goal.key: ([f.unit.key for f in rows], small)
              for goal, rows, small in furthest(groups)}

    assert ranked == {"A": ([], 1), "B": (["SVH", "SVH-VP"], 0)}


def test_a_group_of_the_matrix_shows_its_own_figure_before_its_units(world, browse):
    block = unit_under(world.province, "KHOI", "block")
    place = db.session.query(Placement).filter_by(unit_id=world.newspaper.id).one()
    place.parent = block
    db.session.flush()

    page = browse(world.an).get("/province")

    assert "Đơn vị KHOI 1 đơn vị 0 % 0 trên 1 còn 1, 1 quá hạn" in page.text
    assert page.text.index("Đơn vị KHOI 1 đơn vị") < page.text.index("Xem 1 đơn vị")
    assert [tag for tag, attributes in page.tags if attributes.get("class") == "fold"] == [
        "details"]


def test_the_page_of_a_unit_offers_what_can_be_done_for_each(world, browse):
    extras.missing_links.add(offered)

    page = browse(world.ha).get(f"/units/{world.department.id}/coverage")
    extras.missing_links._offered.remove(offered)

    links = page.links
    assert links["Đề nghị miễn Vàng A Páo"] == (
        f"/people/{world.pao.id}/exemption-requests?goal={world.goal_b.id}")
    assert links["Học ở nơi khác Bế Văn Hạ"] == f"/people/{world.ha.id}/learned-elsewhere"
    assert links["Nhắc SVH B HA"] == "/reminders"
    assert "lớp ngày 01/12/2026: còn 39 chỗ" in page.text.lower()
    assert "Đề nghị của đơn vị Vàng A Páo 1988" in page.text


def offered(unit, goal, viewer):
    """A reminder, as another room would offer it."""
    return "/reminders", f"Nhắc {unit.key} {goal.key} {viewer.key}"


def test_an_auditor_reads_the_page_of_a_unit_and_asks_for_nothing(world, browse):
    links = browse(world.vi).get(f"/units/{world.department.id}/coverage").links

    assert not [word for word in links if word.startswith(("Đề nghị miễn V", "Cử đi học"))]


def test_the_seats_left_for_a_unit_are_those_of_the_units_above_as_well(world):
    set_quota(world.december_class, world.department, 3, by=world.an)
    nominate(world.december_class, [world.pao], world.office, by=world.ha)

    left = [seats_left_in([world.december_class], unit)[world.december_class.id]
            for unit in (world.department, world.office, world.newspaper)]

    assert left == [2, 2, 38]
