"""Messages: told once, to who is here, read by nobody else, kept for a year."""
from datetime import timedelta

import pytest
from sqlalchemy import select

from lms.kernel import clock
from lms.kernel.db import db
from lms.notices.actions import Tiding, read, tell, tell_each
from lms.notices.models import Notice
from lms.people.actions import end_post

from courses.classes.actions import (
    bring_back,
    cancel_class,
    change_class,
    change_session,
    nominate,
    withdraw,
)
from courses.completions.actions import complete
from tests.statements import counted

TEXTS = ("Có việc mới.", "There is news.")


def told(person):
    """What somebody was told, the newest first."""
    return db.session.scalars(select(Notice.text_vi).where(Notice.person_id == person.id)
                              .order_by(Notice.id.desc())).all()


def test_somebody_is_told_once_for_each_key(world):
    one = tell(world.pao, *TEXTS, "/my-work", "a", by=world.an)
    again = tell(world.pao, "Khác", "", "", "a", by=world.an)

    assert (one.id, told(world.pao)) == (again.id, ["Có việc mới."])


def test_who_left_or_was_erased_is_told_nothing(world):
    end_post(world.pao_post, clock.today(), by=world.an)
    world.minh.erased_at = clock.now()
    db.session.flush()

    assert [tell(person, *TEXTS, "", person.key, by=world.an)
            for person in (world.pao, world.minh)] == [None, None]


@pytest.mark.parametrize("number", [3, 300])
def test_many_are_told_in_a_constant_number_of_statements(world, number):
    an, pao = world.an, world.pao
    tidings = [Tiding(pao, *TEXTS, "", f"k{n}") for n in range(number)]

    with counted() as statements:
        tell_each(tidings, by=an)
        db.session.flush()

    assert len([s for s in statements if s.startswith("SELECT")]) == 2


def test_the_page_shows_what_was_told_and_counts_what_is_new(world, browse):
    lan = browse(world.lan)
    tell(world.lan, *TEXTS, "", "a", by=world.an)

    page = lan.get("/messages")

    assert page.links["2 thông báo mới"] == "/messages"
    assert "2 thông báo mới ." in page.text
    assert page.text.index("Có việc mới.") < page.text.index("Bạn được cử đi học lớp")
    lan.get("/language/en?back=/messages", 302)
    assert "There is news." in lan.get("/messages").text


def test_opening_a_message_reads_it_and_leads_to_its_page(world, browse):
    lan = browse(world.lan)
    class_page = f"/classes/{world.december_class.id}"

    answer = lan.post(f"/messages/{world.lan_notice.id}/opening")

    assert answer.location == class_page
    lan.get(class_page)
    assert "Bạn đã đọc hết thông báo." in lan.get("/messages").text
    assert "thông báo mới" not in lan.get("/my-work").text


def test_a_message_leads_to_no_other_site(world, browse):
    notice = tell(world.lan, *TEXTS, "//evil.example/x", "a", by=None)

    assert browse(world.lan).post(f"/messages/{notice.id}/opening").location == "/"


def test_nobody_opens_the_message_of_another(world, browse):
    browse(world.hoa).post(f"/messages/{world.lan_notice.id}/opening", status=404)

    assert world.lan_notice.read_at is None


def test_all_are_read_at_once(world, browse):
    lan = browse(world.lan)
    tell(world.lan, *TEXTS, "", "a", by=None)

    assert "Đã đánh dấu đã đọc 2 thông báo." in lan.follow(lan.post("/messages/reading")).text
    assert "Mọi thông báo đều đã đọc rồi." in lan.follow(lan.post("/messages/reading")).text


def test_the_first_reading_counts(world, monkeypatch):
    first = read(world.lan_notice, by=world.lan).read_at
    moment = clock.now() + timedelta(hours=1)
    monkeypatch.setattr(clock, "source", lambda: moment)

    assert read(world.lan_notice, by=world.lan).read_at == first


@pytest.mark.parametrize("number", [3, 300])
def test_new_messages_cost_a_page_nothing(world, browse, number):
    lan = browse(world.lan)
    with counted() as before:
        lan.get("/messages")
    tell_each([Tiding(world.lan, *TEXTS, "", f"k{n}") for n in range(number)], by=None)
    db.session.commit()

    with counted() as after:
        lan.get("/messages")

    assert (len(before), len(after)) == (3, 3)


def test_who_is_sent_to_a_class_is_told_and_told_again_after_coming_back(world, monkeypatch):
    assert told(world.lan) == ["Bạn được cử đi học lớp “Luật Báo chí, khóa 2/2026”: "
                               "01/12/2026 – 02/12/2026, Hội trường tầng 2."]
    assert world.lan_notice.text_en == ("You are sent to the class “Press law, class 2/2026”: "
                                        "01/12/2026 – 02/12/2026, Hội trường tầng 2.")
    withdraw(world.seat, "ốm", by=world.hoa)
    moment = clock.now() + timedelta(hours=1)
    monkeypatch.setattr(clock, "source", lambda: moment)

    bring_back(world.seat, by=world.hoa)

    assert len(told(world.lan)) == 2


def test_a_class_that_moves_or_is_called_off_is_told_to_those_in_it(world):
    course_class = world.december_class
    nominate(course_class, [world.pao], world.office, by=world.ha)
    change_class(course_class, {"title_vi": "Luật Báo chí"}, by=world.an)
    assert len(told(world.pao)) == 1

    change_class(course_class, {"place": "Phòng 3"}, by=world.an)
    cancel_class(course_class, "bão", by=world.an)

    assert told(world.pao)[:2] == [
        "Lớp “Luật Báo chí” ngày 01/12/2026 – 02/12/2026 đã hủy. Lý do: bão",
        "Lớp “Luật Báo chí” có thay đổi. Lớp học vào: 01/12/2026 – 02/12/2026, Phòng 3."]


def test_a_half_day_that_moves_is_told_and_one_that_only_changes_its_topic_is_not(world):
    change_session(world.first_session, {"topic_vi": "Quyền tác giả"}, by=world.an)
    assert len(told(world.lan)) == 1

    change_session(world.december_class.sessions[2], {"half": "evening"}, by=world.an)

    assert told(world.lan)[0] == ("Một buổi của lớp “Luật Báo chí, khóa 2/2026” đã đổi lịch. "
                                  "Buổi học vào: Tối, 02/12/2026.")


def test_a_certificate_given_by_somebody_else_is_told(world, browse):
    complete(world.minh, world.press_law, clock.today(), by=world.an)
    complete(world.ha, world.press_law, clock.today(), by=world.ha)

    notice = db.session.scalars(select(Notice).where(Notice.person_id == world.minh.id)).one()
    assert notice.text_vi.startswith("Bạn đã hoàn thành khóa “Luật Báo chí”. Đã có giấy chứng nhận")
    browse(world.minh).get(notice.url)
    assert told(world.ha) == []
