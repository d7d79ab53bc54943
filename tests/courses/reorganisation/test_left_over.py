"""Whom an act leaves without a post: they are told, and those who see to it, until it is."""
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from lms.kernel import clock
from lms.kernel.db import db
from lms.notices.models import Notice
from lms.people.actions import end_post
from lms.people.careers import come_back, take_on
from lms.people.models import OFFICER, Person, Posting, Role
from lms.people.queries import memberships_of

from courses.reorganisation.left_over import left_over
from courses.reorganisation.plan import Heir
from courses.reorganisation.preview import previewed
from courses.reorganisation.undoing import undo
from tests.courses.reorganisation.test_actions import TODAY, act, plan
from tests.courses.reorganisation.test_ahead import DECEMBER
from tests.world import BEGINNING

WHO = ("Không còn vị trí công tác: Vàng A Páo. Hãy ghi vị trí mới cho từng người, hoặc ghi đã "
       "nghỉ.")
LINE = "1 người mất vị trí công tác do sắp xếp tổ chức và chưa có vị trí mới."


def told(person):
    """The messages of acts to somebody, as (text, page)."""
    return [(one.text_vi, one.url) for one in db.session.scalars(select(Notice).where(
        Notice.key.startswith("act-"), Notice.person_id == person.id).order_by(Notice.id))]


@pytest.fixture
def thuy(world):
    """A second officer, with a post in the province."""
    made = Person(key="THUY", full_name="Đinh Thị Thủy", birth="1982")
    db.session.add_all([made, Role(person=made, kind=OFFICER, valid_from=BEGINNING)])
    db.session.flush()
    come_back(made, {"unit": world.province, "title": "", "valid_from": BEGINNING}, by=world.an)
    return made


@pytest.fixture
def dissolved(world, thuy):
    """The office, in which Páo works, is no more from today on; nobody follows it."""
    made = act(world, "dissolve", world.office, on=TODAY)
    db.session.commit()
    return made


def test_the_person_is_told_though_they_hold_no_post_any_more(world, dissolved):
    assert told(world.pao) == [(
        "Có hiệu lực từ 25/11/2026: Giải thể: Văn phòng Sở Văn hóa, theo Quyết định 12/QĐ-UBND. "
        "Vị trí công tác của bạn kết thúc theo văn bản này và chưa có vị trí nào khác. Hồ sơ học "
        "của bạn vẫn giữ nguyên. Phụ trách đào tạo đã được báo; nếu bạn làm việc tiếp ở nơi khác, "
        "hãy báo cho họ.", "/record")]


def test_who_answers_for_the_unit_and_the_other_officers_are_told_who_it_is(
        world, dissolved, thuy):
    assert [WHO in text for text, _url in told(world.ha)] == [True]
    assert told(thuy) == [(f"Quyết định 12/QĐ-UBND: {WHO}", f"/reorganisations/{dissolved.id}")]


def test_the_officers_have_it_before_them_until_there_is_a_post(world, browse, dissolved):
    an = browse(world.an)

    first = an.get("/province")
    page = an.get(first.links[LINE])

    assert "Chưa có vị trí công tác từ khi đó" in page.text
    assert page.links["Vàng A Páo"] == f"/people/{world.pao.id}"
    assert "1 người chưa có vị trí công tác" in an.get("/reorganisations").text
    come_back(world.pao, {"unit": world.department, "title": "Chuyên viên",
                          "valid_from": TODAY}, by=world.an)
    db.session.commit()
    assert LINE not in an.get("/province").text
    assert "Vàng A Páo" not in an.get(f"/reorganisations/{dissolved.id}").text


def test_whoever_has_left_is_recorded_so_and_leaves_the_groups(world, browse, dissolved):
    an = browse(world.an)
    assert "1 lỗi" in an.follow(an.post("/truth")).text

    leaving = an.get(f"/people/{world.pao.id}").links["Nghỉ việc, nghỉ hưu"]
    an.post(leaving, {"how": "retired", "on": "25/11/2026"})

    assert LINE not in an.get("/province").text
    assert [held.valid_to for held in memberships_of(world.pao)] == [TODAY]
    assert "Không có lỗi." in an.follow(an.post("/truth")).text


def test_after_thirty_days_the_page_of_the_act_alone_remembers(
        world, browse, dissolved, monkeypatch):
    later = clock.now() + timedelta(days=31)
    monkeypatch.setattr(clock, "source", lambda: later)
    an = browse(world.an)

    assert LINE not in an.get("/province").text
    assert "Vàng A Páo" in an.get(f"/reorganisations/{dissolved.id}").text


def test_whoever_keeps_another_post_or_had_left_before_is_not_meant(world, thuy):
    take_on(world.pao, {"unit": world.newspaper, "title": "", "valid_from": TODAY}, by=world.an)
    act(world, "dissolve", world.office, on=TODAY)
    act(world, "merge", world.newspaper, heirs=[Heir(unit=world.department)], on=TODAY)

    assert told(world.pao) == []
    assert all("Không còn vị trí" not in text for text, _url in told(world.ha) + told(thuy))


def test_whoever_lost_a_later_post_otherwise_did_not_lose_it_by_the_act(world, thuy):
    # Lan went over with the newspaper and her post ended since; Páo was given a post after his
    # office was dissolved, and left that one.
    merged = act(world, "merge", world.newspaper, heirs=[Heir(unit=world.department)],
                 on=date(2026, 11, 1))
    dissolved = act(world, "dissolve", world.office, on=date(2026, 11, 1))
    assert [one.key for one in left_over([dissolved])[dissolved.id]] == ["PAO"]
    given = come_back(world.pao, {"unit": world.province, "title": "", "valid_from": date(
        2026, 11, 10)}, by=world.an)
    for held in (given, *db.session.scalars(select(Posting).where(
            Posting.person_id == world.lan.id, Posting.known_at(),
            Posting.unit_id == world.department.id))):
        end_post(held, date(2026, 11, 20), by=world.an)

    assert left_over([merged, dissolved]) == {}


def test_an_act_undone_takes_it_back_for_all_of_them(world, browse, dissolved):
    undo(dissolved, by=world.an)
    db.session.commit()

    assert [text for text, _url in told(world.pao)][1:] == [
        "Quyết định 12/QĐ-UBND đã được hoàn tác; mọi việc trở lại như trước."]
    assert LINE not in browse(world.an).get("/province").text


def test_the_preview_names_them_before_anything_is_done(world, browse):
    looked = browse(world.an).post("/reorganisations/preview", {
        "kind": "dissolve", "unit": world.office.id, "on": "15/12/2026", "act": "QĐ 1"}, status=200)

    assert "Sau đó 1 người không còn vị trí công tác nào: Vàng A Páo." in looked.text
    assert previewed(plan("merge", world.office, heirs=[Heir(unit=world.newspaper)],
                          on=DECEMBER)).left_over == []


def test_it_is_told_on_the_day_of_an_act_that_waited(world, the_day):
    act(world, "dissolve", world.office, on=DECEMBER)
    assert told(world.pao) == []

    the_day(DECEMBER)

    assert "Vị trí công tác của bạn kết thúc" in told(world.pao)[0][0]
    assert [text for text, _url in told(world.an)] == [
        "Quyết định 12/QĐ-UBND đã có hiệu lực. Có thể hoàn tác đến hết ngày hôm nay.",
        f"Quyết định 12/QĐ-UBND: {WHO}"]


def test_whose_post_had_ended_before_the_act_was_entered_is_not_meant(world):
    world.pao_post.valid_to = date(2026, 11, 1)
    act(world, "dissolve", world.office, on=date(2026, 10, 1))

    assert told(world.pao) == []


def test_they_can_still_sign_in_and_read_it(world, browse):
    act(world, "dissolve", world.department, on=TODAY)
    db.session.commit()
    minh = browse(world.minh)

    assert "Vị trí công tác của bạn kết thúc" in minh.get("/messages").text
    assert "Hồ sơ học" in minh.get("/record").text
