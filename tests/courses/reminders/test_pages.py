"""Reminding by hand, what was sent, and the ladders, as pages."""
from datetime import date

import pytest
from sqlalchemy import select

from lms.kernel import clock
from lms.kernel.db import db
from lms.kernel.mail import Letter
from lms.notices.models import Notice
from lms.people.models import Membership, Person, Posting

from courses.coverage.extras import missing_links
from courses.reminders.actions import follow_ladders
from courses.reminders.models import Ladder, Reminder
from tests.statements import counted

PROPOSED = ("Nhắc tập huấn: anh/chị chưa hoàn thành chỉ tiêu “Cán bộ được tập huấn và trang bị "
            "tài liệu”. Chậm nhất ngày 14/12/2026. Vào học: http://127.0.0.1:8000/my-work")


def page_of(world, goal=None, unit=None):
    """The address of the reminder by hand."""
    return f"/units/{(unit or world.department).id}/goals/{(goal or world.goal_b).id}/reminder"


def field_text(page):
    """What stands in the text area."""
    return page.response.text.split("<textarea")[1].split(">", 1)[1].split("</textarea>")[0].strip()


def ticked(page):
    """The people ticked."""
    return [int(box["value"]) for box in page.all("input")
            if box.get("name") == "people" and "checked" in box]


def officials(world, count):
    """So many newcomers among the officials of the department."""
    for number in range(count):
        person = Person(key=f"N{number}", full_name=f"Nông Văn {number}", birth="1990")
        db.session.add_all([
            person, Posting(person=person, unit=world.department, valid_from=date(2026, 1, 1)),
            Membership(person=person, group=world.officials, valid_from=date(2026, 1, 1))])
    db.session.flush()


def test_the_page_proposes_a_short_text_and_ticks_who_is_missing(world, browse):
    page = browse(world.ha).get(page_of(world))

    assert field_text(page) == PROPOSED
    assert len(PROPOSED) < 500
    assert ticked(page) == [world.ha.id, world.pao.id]
    assert "Sao chép tin nhắn" in page.text
    assert "2 người chưa đăng nhập được: hãy dán tin vào Zalo hoặc gọi điện." in page.text


def test_those_ticked_are_reminded_with_the_text_as_it_was_changed(world, browse):
    ha = browse(world.ha)

    answer = ha.post(page_of(world), {"people": [world.pao.id], "text": "Anh Páo học nhé."})

    page = ha.follow(answer)
    assert "Đã nhắc 1 người trong hệ thống." in page.text
    assert field_text(page) == "Anh Páo học nhé."
    assert ticked(page) == [world.ha.id]
    assert "Gửi lời nhắc" in page.text
    page = ha.follow(ha.post(page_of(world), {"people": [world.ha.id], "text": "Học nhé."}))
    assert "Gửi lời nhắc" not in page.text
    notice = db.session.scalars(select(Notice).where(Notice.person_id == world.pao.id)).one()
    assert (notice.text_vi, notice.url) == ("Anh Páo học nhé.", "/my-work")


def test_from_the_page_of_the_unit_one_person_alone_is_ticked(world, browse):
    # Hạ and Páo owe the goal of officials; the way stands beside each.
    ha = browse(world.ha)
    unit = ha.get(f"/units/{world.department.id}/coverage")
    page = ha.get(unit.links["Nhắc Vàng A Páo"])

    ticked = {field["value"] for field in page.all("input")
              if field.get("name") == "people" and "checked" in field}
    assert ticked == {str(world.pao.id)}


def test_once_a_day_for_each_person_and_goal(world, browse, monkeypatch):
    ha = browse(world.ha)
    data = {"people": [world.pao.id], "text": "Học nhé."}
    ha.post(page_of(world), data)

    page = ha.post(page_of(world), data | {"people": [world.ha.id, world.pao.id]}, status=409)

    assert "Hôm nay đã nhắc về chỉ tiêu này: Vàng A Páo. Chưa nhắc ai" in page.text
    assert len(db.session.scalars(select(Reminder)).all()) == 1
    tomorrow = clock.now().replace(day=26)
    monkeypatch.setattr(clock, "source", lambda: tomorrow)
    browse(world.ha).post(page_of(world), data)


@pytest.mark.parametrize("text", ["", "x" * 500])
def test_a_text_that_is_empty_or_too_long_stays_in_the_form(world, browse, text):
    page = browse(world.ha).post(page_of(world), {"people": [world.pao.id], "text": text}, 400)

    assert field_text(page) == text
    assert ticked(page) == [world.pao.id]
    assert db.session.scalars(select(Reminder)).all() == []


def test_nobody_outside_the_unit_and_nobody_who_is_done_is_reminded(world, browse):
    page = browse(world.ha).post(
        page_of(world), {"people": [world.lan.id, world.vi.id], "text": "Học nhé."}, status=409)

    assert "Chưa chọn ai còn nợ chỉ tiêu này." in page.text


def test_a_manager_reminds_in_their_own_unit_only(world, browse):
    browse(world.hoa).get(page_of(world), status=404)
    browse(world.vi).get(page_of(world), status=404)
    browse(world.hoa).get(page_of(world, world.goal_a, world.newspaper))


def test_the_unit_page_is_offered_the_way_to_whoever_may(app, world):
    with app.test_request_context():
        offered = [missing_links.of(world.department, world.goal_b, person)
                   for person in (world.ha, world.vi)]

    assert [[page for page in pages if page[1] == "Nhắc"] for pages in offered] == [
        [(page_of(world), "Nhắc")], []]


def test_the_list_shows_each_channel_and_narrows(app, world, browse, monkeypatch):
    monkeypatch.setitem(app.config, "SMTP_HOST", "127.0.0.1")
    world.pao.email = "pao@caobang.example"
    ha = browse(world.ha)
    ha.post(page_of(world), {"people": [world.ha.id, world.pao.id], "text": "Học nhé."})
    letter = db.session.scalars(select(Letter)).one()
    letter.state, letter.fault = "failed", "550 no such user"
    notice = db.session.scalars(select(Notice).where(Notice.person_id == world.ha.id)).one()
    ha.post(f"/messages/{notice.id}/opening")

    an = browse(world.an)
    whole = an.get("/reminders")
    assert "2 lời nhắc, mới nhất trước" in whole.text
    assert ("Vàng A Páo Văn phòng Sở Văn hóa 25/11/2026 Nhắc tay Cán bộ được tập huấn và trang bị "
            "tài liệu hạn 14/12/2026 chưa đọc chưa đăng nhập được không "
            "gửi được "
            "Máy chủ trả lời: 550 no such user") in whole.text
    for state, count in (("failed", 1), ("unread", 1), ("read", 1), ("sent", 0), ("waiting", 0),
                         ("no_letter", 1)):
        assert an.get(f"/reminders?state={state}").text.count("Nhắc tay") == count
    assert "Nhắc tay" not in an.get(f"/reminders?goal={world.goal_a.id}").text
    assert an.get(f"/reminders?unit={world.office.id}").text.count("Nhắc tay") == 1
    assert "1 thư điện tử trong 30 ngày qua không gửi được." in an.get("/province").text


def test_a_manager_sees_the_reminders_to_their_own_people_only(world, browse):
    browse(world.an).post(page_of(world), {"people": [world.pao.id], "text": "Học nhé."})

    assert "Vàng A Páo" in browse(world.ha).get("/reminders").text
    assert "Không có lời nhắc nào." in browse(world.hoa).get("/reminders").text
    assert "Không có lời nhắc nào." in browse(world.hoa).get(
        f"/reminders?unit={world.office.id}").text


@pytest.mark.parametrize("number", [3, 300])
def test_the_pages_cost_the_same_however_many_people(world, browse, number):
    officials(world, number)
    follow_ladders(date(2026, 11, 30))
    ha, an = browse(world.ha), browse(world.an)
    db.session.commit()

    with counted() as by_hand:
        ha.get(page_of(world))
    with counted() as listed:
        an.get("/reminders")
    with counted() as ladders:
        an.get("/reminders/ladders")

    assert (len(by_hand), len(listed), len(ladders)) == (15, 7, 2)


@pytest.mark.slow
@pytest.mark.parametrize("number", [3, 300])
def test_the_ladders_are_followed_in_a_constant_number_of_reads(world, number):
    officials(world, number)

    with counted() as statements:
        follow_ladders(date(2026, 11, 30))

    assert len([one for one in statements if one.startswith("SELECT")]) <= 30


def test_an_officer_sets_the_steps_and_pauses(world, browse):
    an, url = browse(world.an), f"/goals/{world.goal_b.id}/ladder"
    assert [field.get("value") for field in an.get(url).all("input")
            if field.get("type") == "number"] == ["14", "0", "7", "14", "30"]

    page = an.follow(an.post(url, {"before": "10", "then": "", "contact": "5", "head": "14",
                                   "above": ""}))

    assert "Người học: 10 ngày trước hạn Đầu mối: 5 ngày sau hạn Thủ trưởng: 14 ngày sau hạn" \
        in page.text
    assert "tạm dừng từ" in an.follow(an.post(f"{url}/pausing")).text
    assert "tạm dừng từ" not in an.follow(an.post(f"{url}/resuming")).text
    assert db.session.scalars(select(Ladder)).one().steps == [
        ["learner", -10], ["contact", 5], ["head", 14]]


def test_steps_that_are_no_days_are_refused_in_the_form(world, browse):
    url = f"/goals/{world.goal_b.id}/ladder"

    browse(world.an).post(url, {"before": "-3", "then": "x", "contact": "999"}, status=200)

    assert db.session.scalars(select(Ladder)).all() == []
