"""Why a goal counts somebody and another does not, by which facts, and whom to ask."""
from datetime import date

import pytest
from sqlalchemy import select

from lms.kernel.db import db
from lms.people.actions import end_post, leave_group
from lms.people.models import Membership, Posting
from lms.people.rule_actions import set_rule

from courses.groups.actions import confirm, open_round
from courses.groups.placing_queries import placings_of
from courses.groups.queries import stated_in
from tests.courses.coverage.facts_of_the_world import newcomers
from tests.statements import counted

TODAY = date(2026, 11, 25)
SPECIALISTS = {"titles": ["chuyên viên"], "units": ["SVH"], "valid_from": date(2026, 6, 1)}


def membership_of(person):
    """The one membership now believed of ``person``."""
    return db.session.scalars(select(Membership).where(
        Membership.person_id == person.id, Membership.known_at())).one()


def told(person, on=TODAY):
    """goal → (why, day) for ``person``."""
    return {one.goal.key: (one.why, one.day) for one in placings_of(person, on)}


def test_who_belongs_is_counted_since_a_day_and_the_other_goal_says_never(world):
    assert told(world.lan) == {"A": ("counted", date(2026, 1, 1)), "B": ("never", None)}


def test_a_membership_to_come_one_that_ended_and_a_post_that_ended_are_told_apart(world):
    assert told(world.pao, on=date(2026, 9, 30))["B"] == ("coming", date(2026, 10, 1))

    leave_group(membership_of(world.ha), date(2026, 11, 1), by=world.an)
    end_post(world.pao_post, date(2026, 11, 20), by=world.an)

    ended = next(one for one in placings_of(world.ha, TODAY) if one.goal.key == "B")
    assert (ended.why, ended.day, ended.ended_by) == ("ended", date(2026, 11, 1), world.an)
    assert told(world.pao)["B"] == ("unposted", date(2026, 10, 1))


def test_the_person_reads_who_ended_the_membership_and_whom_to_ask(world, browse):
    leave_group(membership_of(world.lan), date(2026, 11, 1), by=world.hoa)

    page = browse(world.lan).get(f"/people/{world.lan.id}/goals").text

    assert ("Đã thuộc nhóm “Phóng viên”; thôi thuộc nhóm từ ngày 01/11/2026. "
            "Bế Thị Hoa ghi lúc 10:00 25/11/2026. Nhóm được ghi bằng tay. "
            "Báo Cao Bằng chưa xác nhận danh sách lần nào.") in page
    assert "Bế Thị Hoa phụ trách Báo Cao Bằng: vị trí công tác và nhóm ghi bằng tay" in page
    assert "Bạn thuộc diện 0 chỉ tiêu đang có hiệu lực, 2 chỉ tiêu không tính" in page


def test_a_list_confirmed_without_a_name_says_by_whom(world, browse):
    open_round(2026, date(2026, 12, 31), by=world.an)
    shown = [one.membership.id for _group, several in stated_in(world.department)
             for one in several]
    confirm(world.department, shown, [], TODAY, by=world.ha)

    page = browse(world.minh).get(f"/people/{world.minh.id}/goals").text

    assert ("Chưa bao giờ thuộc nhóm “Cán bộ”. Nhóm được ghi bằng tay. Bế Văn Hạ xác nhận danh "
            "sách của Sở Văn hóa lúc 10:00 25/11/2026, không có tên này.") in page


def test_a_rule_says_which_post_counts_and_what_of_another_does_not_fit(world, browse):
    set_rule(world.officials, SPECIALISTS, by=world.an)
    db.session.add(Posting(person=world.lan, unit=world.office, title="Chuyên viên", main=False,
                           valid_from=date(2026, 11, 26)))
    db.session.flush()

    # Minh is a specialist of the department; Hoa is neither a specialist nor of the department.
    minh = browse(world.minh).get(f"/people/{world.minh.id}/goals").text
    hoa = browse(world.an).get(f"/people/{world.hoa.id}/goals").text

    assert ("Thuộc nhóm “Cán bộ” từ ngày 01/06/2026. Theo quy tắc của nhóm, do vị trí "
            "Chuyên viên, Sở Văn hóa (từ 01/01/2018).") in minh
    assert ("Vị trí Tổng Biên tập, Báo Cao Bằng (từ 01/01/2018) không đúng quy tắc của nhóm: "
            "chức danh, đơn vị.") in hoa
    assert "Xem quy tắc" in hoa
    assert told(world.lan)["B"] == ("never", None)


def test_the_page_of_a_unit_leads_to_those_whom_its_goal_does_not_count(world, browse):
    ha = browse(world.ha)

    unit = ha.get(f"/units/{world.department.id}/coverage?goal={world.goal_b.id}")
    page = ha.get(unit.links["Ai không thuộc diện chỉ tiêu này?"])

    assert "2 người của Sở Văn hóa không thuộc diện" in page.text
    assert [name for name in ("Lý Hoài Ân", "Triệu Văn Minh", "Bế Văn Hạ", "Vàng A Páo",
                              "Nông Thị Lan") if f"{name} 19" in page.text] == [
        "Lý Hoài Ân", "Triệu Văn Minh"]
    assert page.links["Lý Hoài Ân"] == f"/people/{world.an.id}/goals"


def test_the_ways_there_stand_on_the_record_and_under_the_reasons(world, browse):
    lan, word = browse(world.lan), "Tôi thuộc diện chỉ tiêu nào, không thuộc diện chỉ tiêu nào?"

    assert {lan.get(address).links[word] for address in ("/record", "/my-work/why")} == {
        f"/people/{world.lan.id}/goals"}


@pytest.mark.parametrize("count", [3, 300])
def test_those_left_out_cost_the_same_however_many(world, browse, count):
    set_rule(world.reporters, SPECIALISTS, by=world.an)
    newcomers(count, world.newspaper, world.officials)
    an = browse(world.an)

    with counted() as statements:
        page = an.get(f"/units/{world.newspaper.id}/goals/{world.goal_a.id}/left-out")

    assert f"{count + 2} người của Báo Cao Bằng không thuộc diện" in page.text
    assert len(statements) == 18
