"""Roles are granted and ended by officers, none by their holder."""
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from lms.accounts.actions import close_account
from lms.accounts.queries import account_of, roles_held, roles_left_behind
from lms.accounts.role_actions import end_role, grant_role
from lms.kernel import clock
from lms.kernel.audit import AuditEntry
from lms.kernel.db import db
from lms.kernel.errors import Refusal
from lms.people.actions import leave
from lms.people.careers import transfer
from lms.people.models import Role
from lms.people.policies import is_officer, is_trainer

from tests.statements import counted

TODAY = date(2026, 11, 25)
DAY = timedelta(days=1)


def role_of(person):
    """The first role of ``person``."""
    return db.session.scalars(
        select(Role).filter_by(person_id=person.id).order_by(Role.id)).first()


def grant(person, kind, by, unit=None, begins=TODAY, ends=None):
    """A role as the tests grant it."""
    granted = grant_role(person, kind, unit, begins, ends, by=by)
    db.session.expire(person, ["roles"])
    return granted


def test_a_role_is_held_from_its_first_day_to_the_day_before_its_end(world):
    role = grant(world.lan, "trainer", world.an, begins=TODAY - DAY, ends=TODAY + DAY)

    assert [role.holds(TODAY + n * DAY) for n in (-2, -1, 0, 1)] == [False, True, True, False]
    assert is_trainer(world.lan)


def test_granting_and_ending_leave_their_traces(world):
    role = grant(world.lan, "contact", world.an, unit=world.newspaper)
    end_role(role, TODAY + DAY, by=world.an)

    traces = db.session.scalars(
        select(AuditEntry).filter_by(subject=f"role:{role.id}").order_by(AuditEntry.id)).all()
    assert [(trace.verb, trace.by_id) for trace in traces] == [
        ("role granted", world.an.id), ("role ended", world.an.id)]
    assert traces[0].details == {"person": world.lan.id, "kind": "contact",
                                 "unit": world.newspaper.id, "valid_from": "2026-11-25",
                                 "valid_to": None}
    assert traces[1].details == {"before": None, "valid_from": "2026-11-25",
                                 "valid_to": "2026-11-26"}


def test_nobody_changes_their_own_roles(world):
    with pytest.raises(Refusal, match="Không ai tự đổi vai trò của mình"):
        grant(world.an, "trainer", by=world.an)
    with pytest.raises(Refusal, match="Không ai tự đổi vai trò của mình"):
        end_role(role_of(world.an), TODAY, by=world.an)


@pytest.mark.parametrize(("kind", "place", "ends", "sentence"), [
    ("king", None, None, "Không có vai trò này"),
    ("manager", None, None, "cần có đơn vị"),
    ("contact", None, None, "cần có đơn vị"),
    ("officer", "department", None, "dành cho toàn tỉnh"),
    ("trainer", "department", None, "dành cho toàn tỉnh"),
    ("auditor", None, TODAY, "kết thúc trước khi bắt đầu"),
])
def test_a_role_that_makes_no_sense_is_refused(world, kind, place, ends, sentence):
    with pytest.raises(Refusal, match=sentence):
        grant(world.lan, kind, world.an, unit=getattr(world, place) if place else None, ends=ends)


def test_the_same_role_is_not_held_twice_at_a_time_but_may_follow_itself(world):
    grant(world.lan, "trainer", world.an, ends=TODAY + DAY)

    with pytest.raises(Refusal, match="đã có vai trò này"):
        grant(world.lan, "trainer", world.an)

    grant(world.lan, "trainer", world.an, begins=TODAY + DAY)
    grant(world.lan, "manager", world.an, unit=world.newspaper)


def test_a_role_that_ends_today_is_gone_at_once(world, browse):
    minh = browse(world.minh)
    grant(world.minh, "officer", world.an)
    minh.get("/roles")

    end_role(role_of_kind(world.minh, "officer"), TODAY, by=world.an)

    minh.get("/roles", status=404)


def role_of_kind(person, kind):
    """The role of that kind ``person`` holds."""
    return db.session.scalars(select(Role).filter_by(person_id=person.id, kind=kind)).one()


def test_the_past_of_a_role_stays(world):
    with pytest.raises(Refusal, match="không thể kết thúc trong quá khứ"):
        end_role(role_of(world.ha), TODAY - DAY, by=world.an)

    end_role(role_of(world.ha), TODAY, by=world.an)

    with pytest.raises(Refusal, match="đã kết thúc trước ngày đó"):
        end_role(role_of(world.ha), TODAY + DAY, by=world.an)


def test_a_role_that_has_not_begun_is_taken_back_whole(world):
    role = grant(world.lan, "trainer", world.an, begins=TODAY + 5 * DAY)

    end_role(role, TODAY, by=world.an)

    assert (role.valid_from, role.valid_to) == (TODAY + 5 * DAY, TODAY + 5 * DAY)


def test_the_last_officer_cannot_be_ended(world):
    with pytest.raises(Refusal, match="phụ trách đào tạo cuối cùng"):
        end_role(role_of(world.an), TODAY, by=None)

    grant(world.minh, "officer", world.an, ends=TODAY + 30 * DAY)

    with pytest.raises(Refusal, match="phụ trách đào tạo cuối cùng"):
        end_role(role_of(world.an), TODAY + 30 * DAY, by=world.minh)
    end_role(role_of(world.an), TODAY + 29 * DAY, by=world.minh)


def test_an_officer_who_cannot_sign_in_does_not_count(world):
    grant(world.pao, "officer", world.an)
    grant(world.hoa, "officer", world.an)
    close_account(account_of(world.hoa), by=world.an)

    with pytest.raises(Refusal, match="phụ trách đào tạo cuối cùng"):
        end_role(role_of(world.an), TODAY, by=world.hoa)

    assert is_officer(world.an)


def test_the_list_tells_present_and_past_roles_apart(world, browse):
    grant(world.lan, "trainer", world.an, begins=TODAY + DAY)
    end_role(role_of(world.ha), TODAY, by=world.an)
    an = browse(world.an)

    now, over = an.get("/roles"), an.get("/roles?over=1")

    assert "Hôm nay có 4 vai trò đang được giao." in now.text
    assert "Nông Thị Lan Giảng viên Toàn tỉnh từ 26/11/2026 chưa đến ngày" in now.text
    assert "Bế Văn Hạ" not in now.text
    assert "Bế Văn Hạ Người đầu mối Sở Văn hóa từ 01/01/2018 đến hết 24/11/2026" in over.text
    assert len(roles_held(TODAY)) == 5


def test_the_list_takes_the_same_statements_for_few_and_for_many(world, browse):
    an = browse(world.an)
    an.get("/roles")
    with counted() as few:
        an.get("/roles")
    db.session.add_all(
        Role(person=person, kind="manager", unit=unit, valid_from=TODAY)
        for person in (world.lan, world.minh, world.pao, world.vi)
        for unit in (world.province, world.newspaper, world.department, world.office))
    db.session.commit()

    with counted() as many:
        an.get("/roles")

    assert len(many) == len(few)


def test_the_officer_finds_a_person_and_grants_a_role(world, browse):
    an = browse(world.an)

    found = an.get("/roles/person?q=nong lan")
    page = an.get(found.links["Chọn Nông Thị Lan"])
    an.post(found.links["Chọn Nông Thị Lan"], {
        "kind": "contact", "unit": world.newspaper.id, "valid_from": "25/11/2026",
        "last_day": "31/12/2026"})

    assert "Giao vai trò cho Nông Thị Lan" in page.text
    assert "Nông Thị Lan đã được giao vai trò: Người đầu mối." in an.get("/roles").text
    role = role_of(world.lan)
    assert (role.kind, role.unit, role.valid_from, role.valid_to) == (
        "contact", world.newspaper, TODAY, date(2027, 1, 1))


def test_the_form_keeps_what_was_typed_when_a_day_is_none(world, browse):
    page = browse(world.an).post(f"/roles/people/{world.lan.id}/new", {
        "kind": "trainer", "unit": "", "valid_from": "31/02/2026"}, status=200)

    assert [field["value"] for field in page.all("input") if field.get("name") == "valid_from"] == [
        "31/02/2026"]
    assert role_of(world.lan) is None


def test_the_officer_ends_a_role_after_its_last_day(world, browse):
    an, address = browse(world.an), f"/roles/{role_of(world.ha).id}/ending"
    an.get(address)

    an.post(address, {"last_day": "30/11/2026"})

    assert role_of(world.ha).valid_to == date(2026, 12, 1)
    assert "Vai trò của Bế Văn Hạ kết thúc sau ngày 30/11/2026." in an.get("/roles").text


def test_a_role_ends_at_once_where_no_day_is_given(world, browse):
    browse(world.an).post(f"/roles/{role_of(world.ha).id}/ending", {})

    assert role_of(world.ha).valid_to == clock.today()


def test_nobody_opens_the_end_of_their_own_role(world, browse):
    an = browse(world.an)

    an.get(f"/roles/{role_of(world.an).id}/ending", status=404)
    own = an.post(f"/roles/people/{world.an.id}/new",
                  {"kind": "trainer", "unit": "", "valid_from": "25/11/2026"}, status=409)

    assert "Không ai tự đổi vai trò của mình." in own.text
    assert "Không ai tự đổi vai trò của mình." in an.get("/roles/person?q=an").text


def test_a_role_whose_holder_moved_on_is_marked_and_named_to_the_officer(world, browse):
    an, line = browse(world.an), "1 vai trò còn giao cho người không còn công tác ở đó"
    assert "không còn công tác ở đó" not in an.get("/province").text + an.get("/roles").text
    # Hạ answers for the department and moves to its office: the unit is still above the post.
    for person, unit in ((world.hoa, world.department), (world.ha, world.office)):
        transfer(person, {"unit": unit, "title": "Chuyên viên", "valid_from": clock.today()},
                 by=world.an)
    db.session.commit()

    assert line in an.get("/province").text
    assert "Báo Cao Bằng từ 01/01/2018 không còn công tác ở đó" in an.get("/roles").text
    assert an.get("/roles").text.count("không còn công tác ở đó") == 1


def test_whoever_left_and_still_organises_or_inspects_is_marked(world):
    leave(world.vi, clock.today(), "retired", by=world.an)
    leave(world.minh, clock.today(), "resigned", by=world.an)

    # Minh teaches; a trainer may come from outside.
    assert roles_left_behind(clock.today()) == {role.id for role in world.vi.roles}
