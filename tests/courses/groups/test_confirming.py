"""Once a year each unit ticks through its list; the number that has not is known."""
from datetime import date, timedelta
from io import BytesIO

import pytest
from openpyxl import load_workbook
from sqlalchemy import select

from lms.kernel import clock
from lms.kernel.db import db
from lms.kernel.errors import Refusal
from lms.notices.models import Notice
from lms.organisations.models import Unit
from lms.people.actions import join_group
from lms.people.models import Membership, Person, Posting
from lms.people.queries import memberships_of
from lms.people.rule_actions import set_rule

from courses.groups.actions import confirm, open_round, remind
from courses.groups.queries import confirmations_of, last_round, standings, stated_in, units_asked
from courses.groups.views.confirming import UNITS_A_PAGE
from tests.statements import counted

DUE, TODAY = date(2026, 12, 14), date(2026, 11, 25)


@pytest.fixture
def asked(world):
    """Ân has asked all units for 2026."""
    return open_round(2026, DUE, by=world.an)


def listed(unit):
    """The ids of the memberships that the list of ``unit`` shows."""
    return [one.membership.id for _group, several in stated_in(unit) for one in several]


def told(person):
    """What ``person`` was told, the newest first."""
    return db.session.scalars(select(Notice.text_vi).where(
        Notice.person_id == person.id).order_by(Notice.id.desc())).all()


def state(viewer):
    """unit → (people, who confirmed), as ``viewer`` sees it."""
    asked = last_round()
    return {one.unit.key: (one.people, one.confirmation and one.confirmation.by.key)
            for one in standings(units_asked(viewer, asked), asked)}


def test_whoever_answers_for_a_unit_is_asked_once(world, asked):
    words = "Đề nghị xác nhận trước ngày 14/12/2026 những ai của đơn vị thuộc nhóm nào."

    assert [told(person)[:1] == [words] for person in (world.hoa, world.ha, world.lan)] == [
        True, True, False]
    assert state(world.an) == {"BAO": (1, None), "SVH": (1, None), "SVH-VP": (1, None)}
    with pytest.raises(Refusal):
        open_round(2026, DUE, by=world.an)
    with pytest.raises(Refusal):
        open_round(2027, TODAY - timedelta(days=1), by=world.an)


def test_a_list_that_is_right_is_confirmed_as_it_stands(world, asked):
    shown = listed(world.newspaper)

    made = confirm(world.newspaper, shown, shown, TODAY, by=world.hoa)

    assert made.members == {str(world.reporters.id): [world.lan.id],
                            str(world.officials.id): []}
    assert state(world.hoa) == {"BAO": (1, "HOA")}


def test_whoever_no_longer_does_the_work_belongs_no_more_from_the_day_given(world, asked):
    made = confirm(world.office, listed(world.office), [], date(2026, 11, 1), by=world.ha)

    assert [(m.group.key, m.valid_from, m.valid_to) for m in memberships_of(world.pao)] == [
        ("B", date(2026, 10, 1), date(2026, 11, 1))]
    assert made.members[str(world.officials.id)] == []
    assert state(world.ha) == {"SVH": (1, None), "SVH-VP": (0, "HA")}


def test_a_list_that_changed_meanwhile_is_not_confirmed(world, asked):
    shown = listed(world.newspaper)
    join_group(world.hoa, world.reporters, TODAY, by=world.an)

    with pytest.raises(Refusal):
        confirm(world.newspaper, shown, shown, TODAY, by=world.hoa)
    assert confirmations_of(world.newspaper) == []


def test_nothing_is_confirmed_before_anybody_asked(world):
    with pytest.raises(Refusal):
        confirm(world.newspaper, listed(world.newspaper), [], TODAY, by=world.hoa)


def test_only_those_who_have_not_confirmed_are_reminded_once_a_day(world, asked):
    shown = listed(world.newspaper)
    confirm(world.newspaper, shown, shown, TODAY, by=world.hoa)

    counts = remind(asked, by=world.an), remind(asked, by=world.an)

    assert counts == (1, 1)
    assert [sum("Đề nghị xác nhận" in text for text in told(person))
            for person in (world.hoa, world.ha)] == [1, 2]


def test_groups_by_rule_are_not_asked_about(world, asked):
    set_rule(world.officials, {"titles": ["Chuyên viên"], "valid_from": date(2026, 1, 1)},
             by=world.an)

    assert state(world.an) == {"BAO": (1, None)}
    assert [group.key for group, _several in stated_in(world.newspaper)] == ["A"]


def test_a_contact_person_ticks_through_the_list(world, asked, browse):
    db.session.commit()
    contact = browse(world.ha)
    (membership,) = listed(world.office)

    page = contact.get(f"/confirmations/{world.office.id}")
    done = contact.post(f"/confirmations/{world.office.id}",
                        {"shown": membership, "kept": membership, "on": "25/11/2026"})
    listing = contact.follow(done)

    assert "Vàng A Páo" in page.text
    assert "Đã xác nhận cho Văn phòng Sở Văn hóa." in listing.text
    assert state(world.ha)["SVH-VP"] == (1, "HA")


def test_somebody_missing_is_added_on_the_way(world, asked, browse):
    db.session.commit()

    browse(world.ha).post(f"/confirmations/{world.office.id}/people", {
        "person": world.pao.id, "group": world.reporters.id, "on": "01/11/2026"})

    assert ("A", date(2026, 11, 1), None) in [
        (m.group.key, m.valid_from, m.valid_to) for m in memberships_of(world.pao)]


def test_somebody_of_another_unit_is_not_added(world, asked, browse):
    db.session.commit()

    browse(world.ha).post(f"/confirmations/{world.office.id}/people", {
        "person": world.lan.id, "group": world.officials.id, "on": "01/11/2026"}, status=404)

    assert [m.group.key for m in memberships_of(world.lan)] == ["A"]


def test_each_sees_the_units_they_answer_for(world, asked):
    assert {viewer.key: set(state(viewer)) for viewer in (world.hoa, world.ha, world.vi)} == {
        "HOA": {"BAO"}, "HA": {"SVH", "SVH-VP"}, "VI": {"BAO", "SVH", "SVH-VP"}}


def test_the_workbook_says_who_has_not_and_whom_to_ask(world, asked, browse, monkeypatch):
    db.session.commit()
    monkeypatch.setattr(clock, "source", lambda: clock.end_of(date(2026, 12, 17)))

    file = browse(world.vi).get("/confirmations.xlsx").response.data
    rows = list(load_workbook(BytesIO(file)).worksheets[0].iter_rows(values_only=True))

    at = next(n for n, row in enumerate(rows) if row[0] == "STT")
    assert [row[1:] for row in rows[at + 1:]] == [
        ("Báo Cao Bằng", 1, None, None, 3, world.hoa.full_name),
        ("Sở Văn hóa", 1, None, None, 3, world.ha.full_name),
        ("Văn phòng Sở Văn hóa", 1, None, None, 3, world.ha.full_name)]


def test_the_officer_opens_and_reminds_from_the_page(world, browse):
    officer = browse(world.an)

    officer.post("/confirmations", {"year": "2026", "due_on": "14/12/2026"})
    officer.post("/confirmations/reminder")
    page = officer.get("/confirmations").text

    assert "Năm 2026: 0 trên 3 đơn vị đã xác nhận người thuộc nhóm, hạn 14/12/2026." in page
    assert "3 đơn vị chưa xác nhận nhóm năm 2026 (hạn 14/12/2026)" in officer.get("/province").text


@pytest.mark.parametrize("count", [3, 300])
def test_the_list_and_a_units_list_cost_the_same_however_many(world, asked, browse, count):
    people = [Person(key=f"N{n}", full_name=f"Lý Văn {n}") for n in range(count)]
    db.session.add_all([fact for person in people for fact in (
        Posting(person=person, unit=world.office, valid_from=date(2026, 1, 1)),
        Membership(person=person, group=world.officials, valid_from=date(2026, 1, 1)))])
    db.session.commit()
    officer = browse(world.an)

    with counted() as all_units:
        officer.get("/confirmations")
    with counted() as one_unit:
        officer.get(f"/confirmations/{world.office.id}")

    assert (len(all_units), len(one_unit)) == (6, 11)


def test_of_very_many_units_a_page_shows_so_many(world, asked, browse):
    units = [Unit(key=f"N{n}", name_vi=f"Xã {n}", precedence=99, valid_from=date(2020, 1, 1))
             for n in range(UNITS_A_PAGE)]
    people = [Person(key=f"N{n}", full_name=f"Lý Văn {n}") for n in range(UNITS_A_PAGE)]
    db.session.add_all([fact for person, unit in zip(people, units, strict=True) for fact in (
        Posting(person=person, unit=unit, valid_from=date(2026, 1, 1)),
        Membership(person=person, group=world.officials, valid_from=date(2026, 1, 1)))])
    db.session.commit()

    first, second = (browse(world.an).get(f"/confirmations?page={page}").text for page in (1, 2))

    assert "0 trên 203 đơn vị" in first and "1–200" in first and "Báo Cao Bằng" in first
    assert "0 trên 203 đơn vị" in second and "201–203" in second and "Báo Cao Bằng" not in second


def test_the_day_of_somebody_missing_that_is_wrong_stays_with_all_that_was_chosen(
        world, asked, browse):
    db.session.commit()
    ha, address = browse(world.ha), f"/confirmations/{world.office.id}/people"

    page = ha.post(address, {
        "person": world.pao.id, "group": world.reporters.id, "on": "31/11/2026"}, status=200)
    twice = ha.post(address, {
        "person": world.pao.id, "group": world.officials.id, "on": "01/11/2026"}, status=200)

    assert [(field["value"], field.get("aria-invalid")) for field in page.all("input")
            if field.get("id") == "since"] == [("31/11/2026", "true")]
    assert {option["value"] for option in page.all("option") if "selected" in option} == {
        str(world.pao.id), str(world.reporters.id)}
    assert "Lỗi: Ngày không đúng." in page.text
    assert "Lỗi: Vàng A Páo đã thuộc nhóm này rồi." in twice.text
