"""Moved, took on a post, left, retired, came back: each from a day on, perhaps a past one."""
import itertools
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from lms.kernel import clock
from lms.kernel.audit import AuditEntry
from lms.kernel.db import db
from lms.kernel.errors import Refusal
from lms.people.actions import leave, post
from lms.people.careers import come_back, take_on, transfer
from lms.people.models import Person, Posting, Role
from lms.people.queries import left_seen_by, memberships_of, postings_of

from tests.statements import counted

BEGAN, JULY, AUGUST, SEPTEMBER = (
    date(2018, 1, 1), date(2026, 7, 1), date(2026, 8, 1), date(2026, 9, 1))


def posts(person):
    """The posts of ``person`` that hold on some day: unit, main, from, to."""
    return [(p.unit.key, p.main, p.valid_from, p.valid_to) for p in postings_of(person)
            if p.valid_from != p.valid_to]


def groups(person):
    """The groups of ``person`` as now known: group, from, to."""
    return [(m.group.key, m.valid_from, m.valid_to) for m in memberships_of(person)]


def at(unit, day, title="Chuyên viên"):
    """A post in ``unit`` from ``day`` on."""
    return {"unit": unit, "title": title, "valid_from": day}


def trace():
    """What was last done: the verb and the details."""
    entry = db.session.scalars(select(AuditEntry).order_by(AuditEntry.id.desc()).limit(1)).one()
    return entry.verb, entry.details


def test_a_transfer_entered_after_a_later_one_ends_where_the_later_begins(world):
    transfer(world.pao, at(world.newspaper, SEPTEMBER), by=world.an)

    transfer(world.pao, at(world.department, JULY), by=world.an)

    assert posts(world.pao) == [("BAO", True, SEPTEMBER, None), ("SVH", True, JULY, SEPTEMBER),
                                ("SVH-VP", True, BEGAN, JULY)]


def test_a_transfer_entered_after_the_leaving_ends_with_it(world):
    leave(world.pao, SEPTEMBER, "resigned", by=world.an)

    transfer(world.pao, at(world.department, JULY), by=world.an)

    assert posts(world.pao) == [("SVH", True, JULY, SEPTEMBER), ("SVH-VP", True, BEGAN, JULY)]


def test_a_return_entered_before_a_later_post_ends_where_that_begins(world):
    leave(world.pao, JULY, "resigned", by=world.an)
    come_back(world.pao, at(world.newspaper, SEPTEMBER), by=world.an)

    come_back(world.pao, at(world.department, AUGUST), by=world.an)

    assert posts(world.pao) == [("BAO", True, SEPTEMBER, None), ("SVH", True, AUGUST, SEPTEMBER),
                                ("SVH-VP", True, BEGAN, JULY)]


def test_a_transfer_leaves_the_concurrent_post(world):
    take_on(world.pao, at(world.newspaper, JULY), by=world.an)

    transfer(world.pao, at(world.department, AUGUST), by=world.an)

    assert posts(world.pao) == [("SVH", True, AUGUST, None), ("BAO", False, JULY, None),
                                ("SVH-VP", True, BEGAN, AUGUST)]


def test_another_title_in_the_same_unit_is_a_transfer(world):
    transfer(world.pao, at(world.office, JULY, "Phó Chánh Văn phòng"), by=world.an)

    assert posts(world.pao) == [("SVH-VP", True, JULY, None), ("SVH-VP", True, BEGAN, JULY)]


def test_leaving_ends_every_post_and_membership_and_returning_starts_anew(world):
    take_on(world.pao, at(world.newspaper, JULY), by=world.an)

    leave(world.pao, AUGUST, "retired", by=world.an)

    assert trace() == ("person left", {"how": "retired", "on": "2026-08-01"})
    # Páo's membership was to begin on 1 October, after the leaving: it never holds.
    assert groups(world.pao) == []
    come_back(world.pao, at(world.office, SEPTEMBER), by=world.an)
    assert posts(world.pao) == [("SVH-VP", True, SEPTEMBER, None), ("BAO", False, JULY, AUGUST),
                                ("SVH-VP", True, BEGAN, AUGUST)]


@pytest.mark.parametrize("record", [
    lambda w: transfer(w.pao, at(w.department, date(2017, 1, 1)), w.an),
    lambda w: take_on(w.pao, at(w.office, JULY), w.an),
    lambda w: come_back(w.pao, at(w.department, JULY), w.an),
    lambda w: transfer(w.pao, at(w.office, JULY), w.an),
    lambda w: take_on(w.pao, at(w.office, date(2017, 12, 31)), w.an),
])
def test_what_cannot_have_happened_is_refused_and_nothing_changes(world, record):
    with pytest.raises(Refusal):
        record(world)

    assert posts(world.pao) == [("SVH-VP", True, BEGAN, None)]
    assert groups(world.pao) == [("B", date(2026, 10, 1), None)]


def test_nobody_without_a_post_is_moved_given_another_or_leaves_twice(world):
    leave(world.pao, JULY, "resigned", by=world.an)

    for record in (lambda: transfer(world.pao, at(world.department, AUGUST), world.an),
                   lambda: take_on(world.pao, at(world.department, AUGUST), world.an),
                   lambda: leave(world.pao, AUGUST, "resigned", world.an)):
        with pytest.raises(Refusal, match="Páo"):
            record()

    assert posts(world.pao) == [("SVH-VP", True, BEGAN, JULY)]


def test_a_post_in_a_unit_before_it_was_there_or_after_it_ended_is_refused(world):
    world.newspaper.valid_from = JULY

    with pytest.raises(Refusal, match="chỉ có từ ngày 01/07/2026"):
        transfer(world.pao, at(world.newspaper, date(2026, 6, 30)), by=world.an)
    world.newspaper.valid_to = AUGUST
    with pytest.raises(Refusal, match="kết thúc ngày 01/08/2026"):
        transfer(world.pao, at(world.newspaper, AUGUST), by=world.an)

    assert posts(world.pao) == [("SVH-VP", True, BEGAN, None)]


def test_a_second_post_in_one_unit_is_refused_while_the_first_holds(world):
    take_on(world.pao, at(world.newspaper, SEPTEMBER, "Biên tập viên"), by=world.an)

    with pytest.raises(Refusal, match="từ ngày 01/09/2026"):
        take_on(world.pao, at(world.newspaper, JULY, "Cộng tác viên"), by=world.an)

    assert posts(world.pao) == [("BAO", False, SEPTEMBER, None), ("SVH-VP", True, BEGAN, None)]


def test_a_contact_person_ends_no_main_post_elsewhere(world):
    # Lan's main post is the newspaper's; beside it she writes for the department, which is Hạ's.
    take_on(world.lan, at(world.department, JULY), by=world.an)

    for record in (lambda: transfer(world.lan, at(world.office, AUGUST), world.ha),
                   lambda: post(world.lan, {**at(world.office, AUGUST), "main": True}, world.ha),
                   lambda: leave(world.lan, AUGUST, "resigned", world.ha)):
        with pytest.raises(Refusal, match="đơn vị bạn không phụ trách"):
            record()

    assert posts(world.lan) == [("SVH", False, JULY, None), ("BAO", True, BEGAN, None)]


def test_whoever_answers_for_the_main_post_records_the_leaving_with_all_posts(world):
    take_on(world.lan, at(world.department, JULY), by=world.an)

    leave(world.lan, AUGUST, "retired", by=world.hoa)

    assert posts(world.lan) == [("SVH", False, JULY, AUGUST), ("BAO", True, BEGAN, AUGUST)]


def test_the_screens_record_a_transfer_one_more_post_a_leaving_and_a_return(world, browse):
    ha, pao = browse(world.ha), f"/people/{world.pao.id}"
    assert {"Chuyển", "Kiêm nhiệm", "Nghỉ việc, nghỉ hưu"} <= ha.get(pao).links.keys()

    moved = ha.follow(ha.post(f"{pao}/changes/moved", {
        "unit_id": world.department.id, "title": "Kế toán", "valid_from": "25/11/2026"}))
    assert "Sở Văn hóa Kế toán. 25/11/2026 – hiện nay" in moved.text
    more = ha.follow(ha.post(f"{pao}/changes/took-on", {
        "unit_id": world.office.id, "title": "Văn thư", "valid_from": "25/11/2026"}))
    assert "Văn phòng Sở Văn hóa Văn thư (kiêm nhiệm). 25/11/2026 – hiện nay" in more.text
    gone = ha.follow(ha.post(f"{pao}/leaving", {"how": "retired", "on": "25/11/2026"}))
    assert "Mọi vị trí và nhóm kết thúc ngày" in gone.text
    ha.get(pao, status=404)

    back = ha.get("/people/left").links["Trở lại Vàng A Páo"]
    assert "Hiện không giữ vị trí nào." in ha.get(back).text
    assert "Văn thư. 25/11/2026 – hiện nay" in ha.follow(ha.post(back, {
        "unit_id": world.office.id, "title": "Văn thư", "valid_from": "25/11/2026"})).text


def test_a_leaving_entered_late_shows_the_contact_person_what_it_corrects(world, browse):
    ha = browse(world.ha)

    told = ha.follow(ha.post(f"/people/{world.pao.id}/leaving",
                             {"how": "resigned", "on": "15/10/2026"}))

    # The officials of the office at the end of October: Páo, and now nobody.
    assert "Mọi vị trí và nhóm kết thúc ngày" in told.text
    assert set(told.links) >= {"Người đã nghỉ", "Về danh sách người"}


def test_a_transfer_corrects_both_units_and_not_the_whole_though_time_passes(
        world, browse, monkeypatch):
    # Each look at the clock is a moment later than the last, as in life.
    ticks = itertools.count()
    noon = clock.now() + timedelta(hours=2)
    monkeypatch.setattr(clock, "source", lambda: noon + timedelta(milliseconds=next(ticks)))
    an = browse(world.an)

    told = an.follow(an.post(f"/people/{world.pao.id}/changes/moved", {
        "unit_id": world.newspaper.id, "title": "Phóng viên", "valid_from": "15/10/2026"})).text

    # Páo is an official since 1 October: one required less in the office and the department,
    # one more in the newspaper, and nothing changes in the province.
    rows = told[told.index("Số liệu trước đây thay đổi theo"):]
    goal = "Cán bộ được tập huấn và trang bị tài liệu"
    for row in (f"Báo Cao Bằng {goal} 31/10/2026 – 24/11/2026 0 +1",
                f"Sở Văn hóa {goal} 31/10/2026 – 24/11/2026 0 −1",
                f"Văn phòng Sở Văn hóa {goal} 31/10/2026 – 24/11/2026 0 −1"):
        assert row in rows
    assert "Tỉnh Cao Bằng" not in rows


@pytest.mark.parametrize("what", ["moved", "took-on", "came-back", "leaving"])
def test_what_the_form_lacks_is_said_and_nothing_is_written(world, browse, what):
    address = f"/people/{world.pao.id}/" + ("leaving" if what == "leaving" else f"changes/{what}")

    answer = browse(world.an).post(address, {"unit_id": world.office.id, "how": "retired",
                                             "valid_from": "31/02/2026", "on": ""}, status=200)

    assert "1 ô cần xem lại. Chưa lưu gì" in answer.text
    assert posts(world.pao) == [("SVH-VP", True, BEGAN, None)]


def test_a_return_is_recorded_by_who_answered_last_and_by_no_other(world, browse):
    leave(world.pao, JULY, "resigned", by=world.ha)
    address = f"/people/{world.pao.id}/changes/came-back"

    browse(world.hoa).get(address, status=404)
    browse(world.lan).get(address, status=404)
    assert browse(world.ha).get(address).status == 200


def test_of_those_who_left_everybody_sees_their_own(world, browse):
    leave(world.pao, JULY, "resigned", by=world.an)
    leave(world.lan, AUGUST, "resigned", by=world.an)

    assert [[person.key for person, _post in db.session.execute(left_seen_by(viewer))]
            for viewer in (world.an, world.ha, world.hoa, world.minh)] == [
                ["LAN", "PAO"], ["PAO"], ["LAN"], []]
    assert "Vàng A Páo" not in browse(world.hoa).get("/people/left").text
    assert "Văn phòng Sở Văn hóa. Đến ngày 30/06/2026" in browse(world.ha).get("/people/left").text


def test_somebody_with_a_higher_role_who_left_is_brought_back_by_an_officer_only(world, browse):
    leave(world.minh, JULY, "resigned", by=world.an)
    db.session.add(Role(person=world.minh, kind="auditor", valid_from=BEGAN))
    db.session.flush()

    browse(world.ha).get(f"/people/{world.minh.id}/changes/came-back", status=404)


@pytest.mark.parametrize("count", [3, 300])
def test_the_list_of_those_who_left_costs_the_same_however_many(world, browse, count):
    people = [Person(key=f"L{n:03}", full_name=f"Hoàng Văn {chr(65 + n % 26)}")
              for n in range(count)]
    db.session.add_all([*people, *(Posting(person=one, unit=world.office, valid_from=BEGAN,
                                           valid_to=JULY) for one in people)])
    db.session.flush()
    ha = browse(world.ha)

    with counted() as statements:
        page = ha.get("/people/left")

    assert page.text.count("Trở lại") == min(count, 50)
    assert len(statements) == 4


def test_an_earlier_leaving_entered_after_the_return_keeps_the_return(world):
    leave(world.pao, JULY, "resigned", by=world.an)
    come_back(world.pao, at(world.newspaper, AUGUST), by=world.an)

    leave(world.pao, date(2026, 6, 15), "resigned", by=world.an)

    assert posts(world.pao) == [("BAO", True, AUGUST, None),
                                ("SVH-VP", True, BEGAN, date(2026, 6, 15))]
    assert groups(world.pao) == []


def test_a_post_to_come_ends_with_the_leaving_even_after_days_without_one(world):
    leave(world.pao, JULY, "resigned", by=world.an)
    come_back(world.pao, at(world.newspaper, clock.today() + timedelta(days=7)), by=world.an)

    leave(world.pao, date(2026, 6, 15), "resigned", by=world.an)

    assert posts(world.pao) == [("SVH-VP", True, BEGAN, date(2026, 6, 15))]


def test_a_post_that_held_on_no_day_stands_nowhere(world, browse):
    transfer(world.pao, at(world.newspaper, AUGUST), by=world.an)

    transfer(world.pao, at(world.department, AUGUST), by=world.an)

    assert [post.unit.key for post in postings_of(world.pao)] == ["SVH", "SVH-VP"]
    for page in (f"/people/{world.pao.id}", f"/record/{world.pao.id}"):
        assert "01/08/2026 – 01/08/2026" not in browse(world.an).get(page).text
