"""The pages of figures where there is no unit: before the first one, and in an empty system."""
from datetime import date

import pytest
from sqlalchemy import delete, update

from lms.accounts.role_actions import make_first_officer
from lms.kernel.db import db
from lms.organisations.models import Unit
from lms.people.models import TargetGroup


@pytest.fixture
def empty(world):
    """The world before anybody entered a unit."""
    db.session.execute(update(Unit).values(valid_from=date(2027, 1, 1)))
    db.session.commit()
    return world


def test_a_day_before_the_first_unit_says_so_and_asks_for_another(world, browse):
    an = browse(world.an)

    page = an.get("/province?on=01/01/2001")

    assert "Ngày 01/01/2001 chưa có đơn vị nào. Hãy chọn ngày sau đó." in page.text
    assert 'value="01/01/2001"' in page.response.text
    for file in ("xlsx", "pdf"):
        refusal = an.get(f"/province.{file}?on=01/01/2001", status=409)
        assert "Ngày 01/01/2001 chưa có đơn vị nào." in refusal.text
    an.get(f"/province/several-units/{world.goal_a.id}?on=01/01/2001", status=409)


def test_the_first_officer_of_an_empty_system_reads_where_to_begin(empty, browse):
    an = browse(empty.an)

    page = an.follow(an.get("/", status=302))

    assert "Chưa nhập gì. Số liệu hiện ở đây sau năm bước." in page.text
    for place in ("Đơn vị", "Nhân sự", "Khóa học", "Chỉ tiêu", "Tài khoản"):
        an.get(page.links[place])


def test_where_no_goal_can_be_set_the_page_leads_to_what_comes_first(world, browse):
    for table in reversed(db.metadata.sorted_tables):
        db.session.execute(delete(table))
    officer = make_first_officer("Nông Thị Trị", "quan.tri", "suối mưa ngựa đá").person
    db.session.add(Unit(key="CB", name_vi="Tỉnh Cao Bằng", valid_from=date(2018, 1, 1)))
    db.session.commit()

    assert browse(officer).get("/goals/new").links["Lập nhóm"] == "/groups/new"
    db.session.add(TargetGroup(key="A", name_vi="Phóng viên"))
    db.session.commit()
    assert browse(officer).get("/goals/new").links["Tạo khóa học"] == "/catalogue/new"


def test_where_no_unit_can_hold_a_class_the_page_says_what_comes_first(empty, browse):
    an = browse(empty.an)
    page = an.get("/classes/new")

    assert "Lớp cần một khóa học và một đơn vị tổ chức." in page.text
    assert page.links["Nhập đơn vị"] == "/units"
    assert "Tên tiếng Việt" not in page.text
    assert "Đơn vị của bạn" not in browse().get("/sign-in").text


def test_an_auditor_of_an_empty_system_is_told_that_nothing_is_there(empty, browse):
    page = browse(empty.vi).get("/province")

    assert "Chưa nhập gì." in page.text
    assert page.all("ol") == []
