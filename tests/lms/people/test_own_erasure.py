"""Whoever left asks to be erased without anybody's help; an officer decides."""
from datetime import date

import pytest
from sqlalchemy import select, update

from lms.kernel.audit import AuditEntry
from lms.kernel.db import db
from lms.people.erasing import ask_erasure, last_request
from lms.people.models import Posting, Role

OWN = "/my-data/erasure"


@pytest.fixture
def lan(world, browse):
    """Lan, whose post ended on 1 November, at her browser."""
    for table in (Posting, Role):
        db.session.execute(update(table).where(table.person_id == world.lan.id).values(
            valid_to=date(2026, 11, 1)))
    db.session.commit()
    return browse(world.lan)


def test_who_works_here_is_told_why_not_and_nothing_is_asked(world, browse):
    minh = browse(world.minh)
    assert OWN in minh.get("/my-data").links.values()

    page = minh.get(OWN)

    assert "Chưa xóa được khi bạn còn giữ vị trí công tác" in page.text
    assert "Gửi đề nghị xóa" not in page.text
    assert "còn giữ vị trí" in minh.post(OWN, {"reason": ""}, status=409).text
    assert last_request(world.minh) is None


def test_who_left_asks_and_an_officer_sees_it_and_erases(world, browse, lan):
    lan.post(OWN, {"reason": ""})
    assert "Cán bộ phụ trách đào tạo sẽ quyết định" in lan.get(OWN).text
    asked = last_request(world.lan)
    an = browse(world.an)
    assert "Nông Thị Lan Người này tự đề nghị" in an.get("/erasures").text
    assert "Người này tự đề nghị" in an.get(f"/erasures/{asked.id}").text

    an.post(f"/erasures/{asked.id}", {"decision": "erase"})

    assert (asked.done, world.lan.full_name) == (True, "Đã xóa thông tin")
    assert lan.get("/my-data", status=302).location.startswith("/sign-in")


def test_a_request_is_taken_back_by_whoever_asked_and_asked_anew(world, browse, lan):
    lan.post(OWN, {"reason": "Tôi đã nghỉ hưu"})
    assert "đã được đề nghị" in lan.post(OWN, {"reason": ""}, status=409).text

    lan.post(f"{OWN}/taking-back")

    asked = last_request(world.lan)
    assert (asked.done, asked.taken_back, world.lan.full_name) == (False, True, "Nông Thị Lan")
    assert "Đề nghị đã được rút" in lan.get(OWN).text
    assert "đã rút" in browse(world.an).get("/erasures").text
    assert "erasure taken back" in db.session.scalars(select(AuditEntry.verb)).all()
    lan.post(OWN, {"reason": ""})
    assert last_request(world.lan).decided_at is None


def test_what_an_officer_declined_is_said_and_what_an_officer_asked_is_not_taken_back(
        world, browse, lan):
    ask_erasure(world.lan, "Đơn ngày 20/11/2026", by=world.vi)
    db.session.commit()
    assert "Rút đề nghị" not in lan.get(OWN).text
    assert "Bạn không có đề nghị nào đang chờ" in lan.post(f"{OWN}/taking-back", status=409).text

    browse(world.an).post(f"/erasures/{last_request(world.lan).id}", {"decision": "keep"})

    assert "Đề nghị đã bị từ chối" in lan.get(OWN).text
