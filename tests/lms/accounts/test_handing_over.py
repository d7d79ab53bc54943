"""A role goes to somebody else at once, for good or for some days; nobody is left without one."""
from datetime import date, timedelta

import pytest

from lms.accounts.queries import vacancies, vacancies_counted
from lms.accounts.role_actions import end_role, grant_role, hand_over
from lms.kernel import clock
from lms.kernel.db import db
from lms.kernel.errors import Refusal
from lms.people.models import CONTACT, Role
from lms.people.policies import answers_for_people

TODAY = date(2026, 11, 25)
DAY = timedelta(days=1)


def contact_role(person):
    """The role of contact person that ``person`` holds."""
    return db.session.query(Role).filter_by(person_id=person.id, kind=CONTACT).one()


def days_of(person):
    """From when to when ``person`` holds roles."""
    return sorted((role.valid_from, role.valid_to) for role in
                  db.session.query(Role).filter_by(person_id=person.id))


def test_a_role_handed_over_for_good_is_lost_and_held_the_same_moment(world):
    role = contact_role(world.ha)

    hand_over(role, world.pao, None, by=world.an)

    assert not answers_for_people(world.ha)
    assert answers_for_people(world.pao)
    assert days_of(world.pao) == [(TODAY, None)]


def test_whoever_acts_until_a_day_gives_the_role_back_by_itself(world, monkeypatch):
    role, last = contact_role(world.ha), TODAY + 6 * DAY

    hand_over(role, world.pao, last, by=world.an)
    assert (answers_for_people(world.ha), answers_for_people(world.pao)) == (False, True)
    now = clock.now()
    monkeypatch.setattr(clock, "source", lambda: now + 7 * DAY)

    assert (answers_for_people(world.ha), answers_for_people(world.pao)) == (True, False)


def test_what_cannot_be_handed_over_is_refused(world):
    role = contact_role(world.ha)
    ending = grant_role(world.lan, CONTACT, world.newspaper, TODAY, TODAY + 3 * DAY, by=world.an)
    over = grant_role(world.lan, CONTACT, world.office, TODAY - 9 * DAY, TODAY - DAY, by=world.an)
    trainer = grant_role(world.lan, "trainer", None, TODAY, None, by=world.an)

    for one, person, last, words in (
            (role, world.ha, None, "đang giữ vai trò này"),
            (role, world.pao, TODAY - DAY, "Hãy chọn ngày cuối khác"),
            (ending, world.pao, TODAY + 2 * DAY, "Hãy chọn ngày cuối khác"),
            (over, world.pao, None, "không có gì để bàn giao"),
            (trainer, world.pao, None, "mới bàn giao được")):
        with pytest.raises(Refusal, match=words):
            hand_over(one, person, last, by=world.an)
    with pytest.raises(Refusal, match="vai trò của mình"):
        hand_over(role, world.an, None, by=world.an)


def test_an_officer_hands_a_role_over_in_two_steps(world, browse):
    an, role = browse(world.an), contact_role(world.ha)
    found = an.get(f"/roles/{role.id}/successor?q=páo")
    way = f"/roles/{role.id}/successor/{world.pao.id}"
    assert found.links["Chọn Vàng A Páo"] == way

    page = an.follow(an.post(way, {"last_day": "30/11/2026"}))

    assert "Vàng A Páo làm thay" in page.text
    assert days_of(world.pao) == [(TODAY, date(2026, 12, 1))]


def test_a_unit_whose_contact_person_goes_is_named_with_who_serves_it(world, browse):
    role, before = contact_role(world.ha), vacancies(TODAY)
    assert role.unit_id not in [one.unit.id for one in before]

    end_role(role, TODAY, by=world.an)

    found = {one.unit.id: one for one in vacancies(TODAY)}
    assert found[role.unit_id].people > 0
    assert vacancies_counted(TODAY) == len(found) == len(before) + 1
    an = browse(world.an)
    page = an.get("/roles/vacant")
    assert role.unit.name_vi in page.text
    assert f"{len(found)} đơn vị chưa có người đầu mối riêng" in an.get("/province").text


def test_a_contact_person_is_named_for_the_unit_that_has_none(world, browse):
    an = browse(world.an)

    found = an.get(f"/roles/person?unit={world.newspaper.id}&q=lan")
    page = an.get(found.links["Chọn Nông Thị Lan"])

    chosen = [field["value"] for tag, field in page.tags if tag == "option" and "selected" in field]
    assert chosen == [CONTACT, str(world.newspaper.id)]
