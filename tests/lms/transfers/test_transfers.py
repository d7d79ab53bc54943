"""A move to a unit the asker does not answer for: asked, agreed to, declined, taken back."""
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from lms.kernel import clock
from lms.kernel.audit import AuditEntry
from lms.kernel.db import db
from lms.kernel.errors import Refusal
from lms.notices.queries import notices_of
from lms.people.actions import add_person, leave
from lms.people.careers import take_on, transfer
from lms.people.erasing import ask_erasure, erase
from lms.people.linking import link, part
from lms.people.models import REFUSED, WAITING, WITHDRAWN, Membership, Posting, Role
from lms.people.queries import postings_of
from lms.transfers.actions import agree, ask_transfer, decline, withdraw
from lms.transfers.models import TransferRequest
from lms.transfers.queries import transfers_seen_by, transfers_waiting_for

from tests.statements import counted

BEGAN, JULY, TODAY, DECEMBER, NEW_YEAR = (
    date(2018, 1, 1), date(2026, 7, 1), date(2026, 11, 25), date(2026, 12, 1), date(2027, 1, 1))


def posts(person):
    """The posts of ``person`` that hold on some day: unit, title, from, to."""
    return [(p.unit.key, p.title, p.valid_from, p.valid_to) for p in postings_of(person)
            if p.valid_from != p.valid_to]


def values(unit, day=DECEMBER, title="Biên tập viên"):
    """What is asked for: a post in ``unit`` from ``day`` on."""
    return {"unit": unit, "title": title, "valid_from": day, "act": "Quyết định 9/QĐ-SVH"}


def told(person):
    """What the newest message to ``person`` says, and where it leads."""
    newest = db.session.scalars(notices_of(person).limit(1)).one_or_none()
    return newest and (newest.text_vi, newest.text_en, newest.url)


def traces(count):
    """What was done last, the newest last."""
    entries = db.session.scalars(select(AuditEntry).order_by(AuditEntry.id.desc()).limit(count))
    return [entry.verb for entry in entries][::-1]


def later(monkeypatch, **much):
    """Let time go on."""
    moment = clock.now() + timedelta(**much)
    monkeypatch.setattr(clock, "source", lambda: moment)


def test_the_unit_that_is_asked_reads_who_is_to_come_and_nothing_is_moved_yet(world):
    asked = ask_transfer(world.pao, values(world.newspaper), by=world.ha)

    assert posts(world.pao) == [("SVH-VP", "Chuyên viên", BEGAN, None)]
    assert (asked.state, asked.from_unit, asked.asked_of) == (
        WAITING, world.office, world.newspaper)
    assert told(world.hoa) == (
        "Bế Văn Hạ đề nghị bạn đồng ý để Vàng A Páo chuyển từ Văn phòng Sở Văn hóa sang Báo Cao "
        "Bằng từ ngày 01/12/2026.",
        "Bế Văn Hạ asks you to agree that Vàng A Páo moves from Office of the Department of "
        "Culture to Cao Bằng newspaper on 01/12/2026.", f"/transfer-requests/{asked.id}")


def test_the_post_moves_on_the_day_asked_for_when_the_other_side_agrees(world):
    agree(world.move, by=world.hoa)

    assert posts(world.minh) == [("BAO", "Biên tập viên", DECEMBER, None),
                                 ("SVH", "Chuyên viên", BEGAN, DECEMBER)]
    assert (world.move.state, world.move.decided_by, world.move.posting.unit) == (
        "agreed", world.hoa, world.newspaper)
    assert traces(3) == ["person posted", "transfer agreed to", "people told"]
    assert told(world.ha) == (
        "Bế Thị Hoa đã đồng ý: Triệu Văn Minh chuyển từ Sở Văn hóa sang Báo Cao Bằng từ ngày "
        "01/12/2026. Vị trí công tác đã được ghi.",
        "Bế Thị Hoa agreed: Triệu Văn Minh moves from Department of Culture to Cao Bằng newspaper "
        "on 01/12/2026. The post is recorded.", f"/transfer-requests/{world.move.id}")


def test_a_training_officer_may_answer_for_any_unit(world):
    agree(world.move, by=world.an)

    assert posts(world.minh)[0] == ("BAO", "Biên tập viên", DECEMBER, None)


def test_who_receives_somebody_asks_the_unit_they_come_from(world):
    asked = ask_transfer(world.pao, values(world.newspaper), by=world.hoa)

    assert (asked.from_unit, asked.asked_of) == (world.office, world.office)
    assert told(world.ha)[0].startswith("Bế Thị Hoa đề nghị bạn đồng ý để Vàng A Páo chuyển")
    with pytest.raises(Refusal, match="đề nghị của mình"):
        agree(asked, by=world.hoa)
    agree(asked, by=world.ha)
    assert posts(world.pao)[0] == ("BAO", "Biên tập viên", DECEMBER, None)
    assert told(world.hoa)[0].startswith("Bế Văn Hạ đã đồng ý")


def test_declining_needs_a_reason_which_the_asker_reads(world):
    with pytest.raises(Refusal, match="không đồng ý"):
        decline(world.move, " ", by=world.hoa)

    decline(world.move, "Báo đã đủ biên chế", by=world.hoa)

    assert (world.move.state, posts(world.minh)) == (
        REFUSED, [("SVH", "Chuyên viên", BEGAN, None)])
    assert told(world.ha)[0].endswith("Lý do: Báo đã đủ biên chế")


def test_the_asker_takes_a_request_back_until_it_is_decided(world):
    with pytest.raises(Refusal, match="Chỉ người đề nghị"):
        withdraw(world.move, by=world.hoa)

    withdraw(world.move, by=world.ha)

    assert world.move.state == WITHDRAWN
    for late in (lambda: agree(world.move, by=world.hoa), lambda: withdraw(world.move, world.ha),
                 lambda: decline(world.move, "Muộn", by=world.an)):
        with pytest.raises(Refusal, match="vừa được duyệt"):
            late()
    assert posts(world.minh) == [("SVH", "Chuyên viên", BEGAN, None)]


def test_nobody_decides_about_themselves(world):
    db.session.add(Role(person=world.minh, kind="contact", unit=world.newspaper, valid_from=BEGAN))
    db.session.expire(world.minh)

    with pytest.raises(Refusal, match="về mình"):
        agree(world.move, by=world.minh)


@pytest.mark.parametrize("meanwhile", [
    lambda w: transfer(w.minh, {"unit": w.office, "title": "", "valid_from": TODAY}, w.an),
    lambda w: transfer(w.minh, {"unit": w.office, "title": "", "valid_from": NEW_YEAR}, w.an),
    lambda w: leave(w.minh, TODAY, "retired", w.an),
])
def test_somebody_who_was_moved_or_left_meanwhile_is_not_moved_again(world, monkeypatch, meanwhile):
    later(monkeypatch, minutes=1)
    meanwhile(world)
    held = posts(world.minh)

    with pytest.raises(Refusal, match="đã thay đổi sau khi có đề nghị"):
        agree(world.move, by=world.hoa)

    assert (posts(world.minh), world.move.state) == (held, WAITING)


def test_another_title_meanwhile_does_not_stand_in_the_way(world):
    transfer(world.minh, {"unit": world.department, "title": "Phó Trưởng phòng",
                          "valid_from": TODAY}, by=world.an)

    agree(world.move, by=world.hoa)

    assert posts(world.minh)[:2] == [("BAO", "Biên tập viên", DECEMBER, None),
                                     ("SVH", "Phó Trưởng phòng", TODAY, DECEMBER)]


def test_the_concurrent_post_stays(world):
    take_on(world.minh, {"unit": world.office, "title": "", "valid_from": JULY}, by=world.an)

    agree(world.move, by=world.hoa)

    assert ("SVH-VP", "", JULY, None) in posts(world.minh)


@pytest.mark.parametrize(("person", "unit", "day", "by", "words"), [
    ("minh", "newspaper", DECEMBER, "ha", "đang chờ trả lời"),
    ("pao", "department", DECEMBER, "ha", "Bạn phụ trách cả hai đơn vị"),
    ("pao", "office", DECEMBER, "hoa", "Bạn không phụ trách đơn vị mới"),
    ("pao", "newspaper", date(2017, 12, 31), "ha", "chỉ có từ ngày 01/01/2018"),
    ("an", "newspaper", DECEMBER, "ha", "do phụ trách đào tạo ghi"),
    ("vi", "newspaper", DECEMBER, "hoa", "do phụ trách đào tạo ghi"),
])
def test_what_cannot_be_asked_for_is_refused(world, person, unit, day, by, words):
    with pytest.raises(Refusal, match=words):
        ask_transfer(getattr(world, person), values(getattr(world, unit), day),
                     by=getattr(world, by))

    assert len(db.session.scalars(select(TransferRequest)).all()) == 1


def test_who_has_no_main_post_on_the_day_cannot_be_moved(world):
    leave(world.pao, JULY, "resigned", by=world.an)

    with pytest.raises(Refusal, match="không có vị trí công tác chính"):
        ask_transfer(world.pao, values(world.newspaper), by=world.hoa)


def test_each_sees_the_requests_of_their_units_and_how_many_wait_for_them(world):
    seen = {name: len(db.session.scalars(transfers_seen_by(getattr(world, name))).all())
            for name in ("hoa", "ha", "an", "vi", "lan")}
    waiting = {name: transfers_waiting_for(getattr(world, name))
               for name in ("hoa", "ha", "an", "vi", "lan")}

    assert seen == {"hoa": 1, "ha": 1, "an": 1, "vi": 1, "lan": 0}
    assert waiting == {"hoa": 1, "ha": 0, "an": 1, "vi": 0, "lan": 0}
    withdraw(world.move, by=world.ha)
    assert [len(db.session.scalars(transfers_seen_by(world.an, state)).all())
            for state in (WAITING, WITHDRAWN, REFUSED, "agreed")] == [0, 1, 0, 0]


def test_erasing_somebody_clears_what_was_written_and_closes_what_waits(world):
    other = ask_transfer(world.lan, values(world.department), by=world.hoa)
    decline(other, "Đã có Triệu Văn Minh", by=world.ha)
    leave(world.minh, TODAY, "resigned", by=world.an)
    for role in world.minh.roles:
        role.valid_to = TODAY
    db.session.flush()
    erase(ask_erasure(world.minh, "Đơn", by=world.vi), by=world.an)

    db.session.refresh(world.move)
    db.session.refresh(other)
    assert (world.move.act, world.move.answer, world.move.state) == ("", "", REFUSED)
    assert other.answer == "Đã có Đã xóa thông tin"


def test_what_is_asked_of_the_second_record_goes_over_with_a_link_and_back(world):
    twin = add_person({"full_name": "Triệu Văn Minh", "birth": "1980"}, {
        "unit": world.office, "title": "", "valid_from": JULY}, by=world.an)
    asked = ask_transfer(twin, values(world.newspaper), by=world.ha)

    made = link(world.minh, twin, by=world.an)
    assert asked.person == world.minh
    part(made, by=world.an)

    db.session.refresh(asked)
    assert asked.person == twin


def test_the_list_costs_the_same_for_any_number_of_requests(world):
    ha, hoa, newspaper, office = world.ha, world.hoa, world.newspaper, world.office

    def listing():
        db.session.expire_all()
        assert hoa.roles and newspaper.name_vi
        with counted() as asked:
            for one in db.session.scalars(transfers_seen_by(hoa)):
                assert one.person.full_name
                assert one.unit.name_vi
                assert one.from_unit.name_vi
                assert one.asked_of.name_vi
        return len(asked)

    few = listing()
    for number in range(5):
        one = add_person({"full_name": f"Hoàng Văn {number}"}, {
            "unit": office, "title": "", "valid_from": JULY}, by=world.an)
        ask_transfer(one, values(newspaper), by=ha)

    assert listing() == few


def test_groups_stay_with_whoever_is_moved(world):
    agree(ask_transfer(world.pao, values(world.newspaper), by=world.ha), by=world.hoa)

    assert [m.valid_to for m in db.session.scalars(
        select(Membership).filter_by(person_id=world.pao.id))] == [None]
    assert db.session.scalars(select(Posting.superseded_at).where(
        Posting.person_id == world.pao.id, Posting.valid_to == DECEMBER)).all() == [None]
