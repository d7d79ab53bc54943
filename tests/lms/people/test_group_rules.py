"""Groups by rule: memberships that follow the posts."""
from datetime import date
from io import BytesIO

import pytest
from sqlalchemy import select

from lms.kernel import clock
from lms.kernel.db import db
from lms.kernel.errors import Refusal
from lms.people.actions import end_post, join_group, post
from lms.people.following import differences
from lms.people.import_actions import confirm, undo, upload
from lms.people.models import Membership
from lms.people.rule_actions import end_rule, set_rule

JUNE, JULY, AUGUST = date(2026, 6, 1), date(2026, 7, 1), date(2026, 8, 1)


def belong(group, day, known=None):
    """The codes of those who belong to ``group`` on ``day``."""
    return {row.person.key for row in db.session.scalars(select(Membership).where(
        Membership.group_id == group.id, Membership.valid_on(day), Membership.known_at(known)))}


def chuyen_vien(world, **more):
    """Set the rule: specialists of the department and below, from June."""
    return set_rule(world.officials, {"titles": ["chuyên viên"], "units": ["SVH"],
                                      "valid_from": JUNE} | more, by=world.an)


def test_a_rule_counts_whoever_holds_such_a_post_from_its_day(world):
    chuyen_vien(world)

    assert belong(world.officials, JUNE) == {"MINH", "HA", "PAO"}
    assert belong(world.officials, date(2026, 5, 31)) == {"HA"}


def test_memberships_follow_posts_and_the_past_as_believed_stays(world):
    chuyen_vien(world)
    before = clock.now()
    clock.source = lambda: before.replace(hour=4)
    post(world.lan, {"unit": world.office, "title": "Chuyên viên", "main": True,
                     "valid_from": JULY}, by=world.an)
    end_post(world.pao_post, AUGUST, by=world.an)

    assert belong(world.officials, JULY) == {"MINH", "HA", "PAO", "LAN"}
    assert belong(world.officials, AUGUST) == {"MINH", "HA", "LAN"}
    assert belong(world.officials, AUGUST, known=before) == {"MINH", "HA", "PAO"}
    assert differences() == []


def test_a_rule_that_ends_ends_what_came_of_it(world):
    chuyen_vien(world)
    end_rule(world.officials, AUGUST, by=world.an)

    assert belong(world.officials, JULY) == {"MINH", "HA", "PAO"}
    assert belong(world.officials, AUGUST) == set()


def test_nobody_is_entered_by_hand_beside_a_rule(world):
    chuyen_vien(world)

    with pytest.raises(Refusal):
        join_group(world.lan, world.officials, JULY, by=world.an)


def test_a_list_says_nothing_of_a_group_that_a_rule_fills(world):
    chuyen_vien(world)
    batch = upload(BytesIO((
        "Họ và tên;Ngày sinh;Chức vụ;Đơn vị;Nhóm\n"
        "Sầm Thị Loan;22/12/1990;Kế toán viên;Văn phòng Sở Văn hóa;B\n"
        "Đàm Văn Tú;1991;Chuyên viên;Văn phòng Sở Văn hóa;B\n").encode()),
        "danh-sach.csv", AUGUST, by=world.an)

    warned = [[warning["code"] for warning in item["warnings"]] for item in batch.plan["rows"]]
    confirm(batch, by=world.an)
    names = {row.person.full_name for row in db.session.scalars(select(Membership).where(
        Membership.group_id == world.officials.id, Membership.valid_on(AUGUST),
        Membership.known_at()))}

    assert warned == [["group-ruled"]] * 2
    assert ("Sầm Thị Loan" in names, "Đàm Văn Tú" in names) == (False, True)
    assert differences() == []
    undo(batch, by=world.an)
    assert belong(world.officials, AUGUST) == {"MINH", "HA", "PAO"}
    assert differences() == []
