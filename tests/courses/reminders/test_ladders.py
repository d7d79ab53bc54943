"""The ladders followed day by day: who is told, once, and when it stops."""
from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace

import pytest
from sqlalchemy import select

from lms.kernel import clock, mail
from lms.kernel.db import db
from lms.kernel.errors import Refusal
from lms.kernel.i18n import in_both
from lms.kernel.mail import Letter
from lms.notices.models import Notice
from lms.people.actions import end_post
from lms.people.models import Role

from courses.completions.actions import complete
from courses.coverage.actions import exempt
from courses.reminders.actions import (
    follow_ladders,
    pause_ladder,
    remind_when_due,
    resume_ladder,
    set_ladder,
)
from courses.reminders.models import Reminder
from courses.reminders.rule import CONTACT, HEAD, LEARNER, Digest, Step
from courses.reminders.words import digest_text

#: A fortnight before the deadline of goal B; a Monday.
MONDAY = date(2026, 11, 30)
DEADLINE = date(2026, 12, 14)
TEXT = ("Anh/chị còn phải hoàn thành chỉ tiêu “Cán bộ được tập huấn và trang bị tài liệu”, "
        "chậm nhất ngày 14/12/2026.")


@pytest.fixture
def on(monkeypatch):
    """``on(day)`` makes it ten in the morning of that day."""
    def travel(day, hour=3):
        moment = datetime(day.year, day.month, day.day, hour, tzinfo=UTC)
        monkeypatch.setattr(clock, "source", lambda: moment)
    return travel


@pytest.fixture
def mail_on(app, world, monkeypatch):
    """Letters are written; Páo has an address."""
    monkeypatch.setitem(app.config, "SMTP_HOST", "127.0.0.1")
    monkeypatch.setitem(app.config, "SMTP_PORT", 1)
    world.pao.email = "pao@caobang.example"
    db.session.flush()


def sent(day=None):
    """What was sent, on the day or ever: (kind, to whom), in the order of staff codes."""
    reminders = db.session.scalars(select(Reminder)).all()
    return sorted((one.kind, one.to.key) for one in reminders if day in (None, one.made_on))


def said_to(person):
    """What reminders told somebody, the newest first."""
    return db.session.scalars(select(Notice.text_vi).join(
        Reminder, Reminder.notice_id == Notice.id).where(Reminder.to_id == person.id)
        .order_by(Notice.id.desc())).all()


def test_the_learners_are_told_a_fortnight_before_and_not_a_day_earlier(world, on):
    for day in (date(2026, 11, 29), MONDAY):
        on(day)
        follow_ladders(day)

    assert [to for kind, to in sent(MONDAY) if kind == "learner"] == ["HA", "PAO"]
    assert [to for kind, to in sent() if kind == "learner"] == ["HA", "PAO"]
    assert said_to(world.pao) == [TEXT]


def test_on_the_due_date_they_are_told_once_more(world, on):
    for number in range(16):
        day = MONDAY + timedelta(days=number)
        on(day)
        follow_ladders(day)

    assert said_to(world.pao) == [
        "Hôm nay, 14/12/2026, là ngày cuối để hoàn thành chỉ tiêu "
        "“Cán bộ được tập huấn và trang bị tài liệu”.", TEXT]


def test_a_day_followed_twice_sends_nothing_twice(world, on):
    on(MONDAY)

    assert (follow_ladders(MONDAY), follow_ladders(MONDAY)) == (4, 0)


def test_a_day_that_broke_off_is_followed_again_as_if_nothing_had_been(world, on, monkeypatch):
    on(MONDAY)
    db.session.commit()
    with monkeypatch.context() as broken:
        broken.setattr(mail, "post", lambda *_given: (_ for _ in ()).throw(KeyboardInterrupt))
        with pytest.raises(KeyboardInterrupt):
            follow_ladders(MONDAY)
    db.session.rollback()
    assert sent() == []

    follow_ladders(MONDAY)

    assert len(sent()) == 4


def test_one_digest_a_week_for_whoever_answers(world, on):
    on(MONDAY)
    follow_ladders(MONDAY)
    for number in range(1, 8):
        day = MONDAY + timedelta(days=number)
        on(day)
        follow_ladders(day)

    assert [one for one in sent() if one[0] == "digest"] == [
        ("digest", "AN"), ("digest", "AN"), ("digest", "HOA"), ("digest", "HOA")]
    assert said_to(world.hoa)[0] == (
        "Trong phạm vi anh/chị phụ trách có 1 người quá hạn.\nPhóng viên được tập huấn:\n"
        "– Báo Cao Bằng: 1 người\nChưa có đầu mối nên gửi đến anh/chị: Báo Cao Bằng.")
    assert said_to(world.an)[0].endswith(
        "Đơn vị cấp trên chưa có thủ trưởng trong hệ thống nên gửi đến anh/chị: Báo Cao Bằng.")


def test_a_contact_person_who_is_named_reads_it_in_place_of_the_head(world, on):
    db.session.add(Role(person=world.minh, kind="contact", unit=world.newspaper,
                        valid_from=date(2026, 1, 1)))
    on(MONDAY)

    follow_ladders(MONDAY)

    assert said_to(world.minh) == [
        "Trong phạm vi anh/chị phụ trách có 1 người quá hạn.\nPhóng viên được tập huấn:\n"
        "– Báo Cao Bằng: 1 người"]


def test_who_is_named_but_left_leaves_the_post_vacant(world, on):
    end_post(world.hoa.postings[0], MONDAY, by=world.an)
    on(MONDAY)

    follow_ladders(MONDAY)

    assert [one for one in sent() if one[0] == "digest"] == [("digest", "AN")]


def test_it_stops_on_completion_exemption_and_leaving(world, on):
    on(MONDAY)
    for course in (world.press_law, world.kit):
        complete(world.ha, course, date(2026, 11, 20), by=world.an)
    exempt(world.pao, world.goal_b, {"kind": "study", "reason": "Đi học", "valid_to": None,
                                     "valid_from": MONDAY}, by=world.an)
    end_post(world.lan.postings[0], MONDAY, by=world.an)

    assert follow_ladders(MONDAY) == 0


def test_nobody_is_reminded_at_night_or_on_a_sunday(world, on):
    on(MONDAY, hour=14)
    remind_when_due()
    on(date(2026, 11, 29))
    remind_when_due()
    assert sent() == []
    on(MONDAY)

    remind_when_due()
    remind_when_due()

    assert len(sent(MONDAY)) == 4


def test_what_fell_on_a_sunday_is_told_on_monday(world, on):
    world.goal_b.deadline = date(2026, 12, 13)
    on(MONDAY)

    remind_when_due()

    assert [to for kind, to in sent(MONDAY) if kind == "learner"] == ["HA", "PAO"]


def test_a_paused_ladder_tells_nobody_until_it_goes_on(world, on):
    on(MONDAY)
    pause_ladder(world.goal_b, by=world.an)
    follow_ladders(MONDAY)
    assert said_to(world.pao) == []
    tuesday = MONDAY + timedelta(days=1)
    on(tuesday)

    resume_ladder(world.goal_b, by=world.an)
    follow_ladders(tuesday)

    assert said_to(world.pao) == [TEXT]


def test_a_ladder_of_its_own_replaces_the_default(world, on):
    set_ladder(world.goal_b, [Step(LEARNER, -13)], by=world.an)
    on(MONDAY)
    follow_ladders(MONDAY)
    assert said_to(world.pao) == []
    tuesday = MONDAY + timedelta(days=1)
    on(tuesday)

    follow_ladders(tuesday)

    assert said_to(world.pao) == [TEXT]


def test_a_step_lies_a_year_from_the_due_date_at_most(world):
    with pytest.raises(Refusal, match="nhiều nhất 365 ngày"):
        set_ladder(world.goal_b, [Step(LEARNER, -366)], by=world.an)


def test_who_has_an_address_gets_a_letter_in_both_languages(world, on, mail_on):
    on(MONDAY)

    follow_ladders(MONDAY)

    letter = db.session.scalars(select(Letter)).one()
    assert (letter.to, letter.subject) == (
        "pao@caobang.example", "Tập huấn đến hạn ngày 14/12/2026")
    assert letter.body.startswith(TEXT + "\n\nhttp://127.0.0.1:8000/my-work\n\n")
    assert "You still have to meet the goal “Officials are trained and equipped”" in letter.body


def test_a_letter_that_waits_is_taken_back_on_completion(world, on, mail_on):
    on(MONDAY)
    follow_ladders(MONDAY)
    letter = db.session.scalars(select(Letter)).one()

    complete(world.pao, world.press_law, MONDAY, by=world.an)
    assert letter.state == "waiting"
    complete(world.pao, world.kit, MONDAY, by=world.an)

    assert letter.state == "taken_back"


def test_a_letter_that_waits_is_taken_back_the_day_after_somebody_left(world, on, mail_on):
    on(MONDAY)
    follow_ladders(MONDAY)
    end_post(world.pao_post, MONDAY + timedelta(days=1), by=world.an)
    on(MONDAY + timedelta(days=1))

    follow_ladders(MONDAY + timedelta(days=1))

    assert db.session.scalars(select(Letter)).one().state == "taken_back"


def test_a_digest_of_many_units_names_each_goal_and_each_vacant_post_once(world):
    units = {number: SimpleNamespace(precedence=number, name_vi=f"Đơn vị {number:02d}", name_en="")
             for number in range(1, 15)}
    goals = {goal.id: goal for goal in (world.goal_a, world.goal_b)}
    digest = Digest()
    for number in units:
        goal = world.goal_a if number < 3 else world.goal_b
        digest.people[goal.id, number].update({number, number + 1})
        digest.vacant.add((CONTACT, number))
    digest.vacant.add((HEAD, 2))

    text = in_both(lambda: digest_text(digest, goals, units))[0].splitlines()

    assert text == [
        "Trong phạm vi anh/chị phụ trách có 15 người quá hạn.", "Phóng viên được tập huấn:",
        *(f"– Đơn vị {number:02d}: 2 người" for number in (1, 2)),
        "Cán bộ được tập huấn và trang bị tài liệu:",
        *(f"– Đơn vị {number:02d}: 2 người" for number in range(3, 13)),
        "và 2 mục nữa",
        "Chưa có đầu mối nên gửi đến anh/chị: "
        + "; ".join(f"Đơn vị {number:02d}" for number in range(1, 13)) + "; và 2 mục nữa.",
        "Chưa có thủ trưởng trong hệ thống nên gửi đến anh/chị: Đơn vị 02."]
