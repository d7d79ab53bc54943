"""Letters: written with what they tell of, sent after it, tried again, given up in sight."""
from datetime import timedelta

import pytest
from sqlalchemy import select

from lms.kernel import clock, jobs, mail
from lms.kernel.db import db
from lms.kernel.mail import Letter
from lms.kernel.transaction import transaction

from tests.lms.kernel.post_office import DROP, HANG, open_office

TO = "lan@caobang.example"


@pytest.fixture
def office(app, world, monkeypatch):
    """``office(after_data=[…])`` opens a post office with this script for the test."""
    doors = []

    def open_one(**script):
        door = open_office(app, monkeypatch, **script)
        doors.append(door)
        return door.__enter__()

    yield open_one
    for door in doors:
        door.__exit__(None, None, None)


def later(monkeypatch, **span):
    """Let time pass."""
    moment = clock.now() + timedelta(**span)
    monkeypatch.setattr(clock, "source", lambda: moment)


def put(key="letter-1", to=TO, subject="Nhắc tập huấn", body="Chị còn một khóa."):
    """A letter in the outbox, and the transaction over."""
    letter = mail.post(key, to, subject, body)
    db.session.commit()
    return letter


def stands(letter):
    """The state of a letter, how often it was tried, and what the server said last."""
    db.session.refresh(letter)
    return letter.state, letter.attempts, letter.fault


def test_a_letter_goes_out_after_the_transaction_and_once(office):
    post = office()
    letter = put()
    assert post.arrived == []

    mail.send_waiting()
    mail.send_waiting()

    assert post.arrived == [("<letter-1@caobang.example>", TO, "Nhắc tập huấn",
                             "Chị còn một khóa.")]
    assert stands(letter) == ("sent", 1, "")
    assert letter.sent_at == clock.now()


def test_a_letter_of_a_transaction_that_failed_was_never_written(office):
    post = office()

    with pytest.raises(ZeroDivisionError), transaction():
        mail.post("letter-1", TO, "Nhắc", "x")
        raise ZeroDivisionError
    mail.send_waiting()

    assert (post.arrived, db.session.scalars(select(Letter)).all()) == ([], [])


def test_the_same_key_is_one_letter(office):
    office()

    assert put().id == put(body="another text").id


def test_where_no_server_is_set_nothing_is_written(app, world):
    assert put() is None
    mail.send_waiting()
    assert db.session.scalars(select(Letter)).all() == []


def test_a_server_that_says_later_is_tried_again_after_growing_pauses(office, monkeypatch):
    post = office(after_rcpt=["451 greylisted, come again", "451 still greylisted"])
    letter = put()

    mail.send_waiting()
    assert stands(letter) == ("waiting", 1, "451 greylisted, come again")
    assert letter.next_at - clock.now() == timedelta(minutes=1)
    later(monkeypatch, seconds=59)
    mail.send_waiting()
    assert stands(letter)[1] == 1
    later(monkeypatch, seconds=1)
    mail.send_waiting()
    assert stands(letter) == ("waiting", 2, "451 still greylisted")
    assert letter.next_at - clock.now() == timedelta(minutes=2)
    later(monkeypatch, minutes=2)
    mail.send_waiting()

    assert stands(letter) == ("sent", 3, "")
    assert len(post.arrived) == 1


def test_the_pause_grows_to_four_hours_and_no_longer(office, monkeypatch):
    office(after_rcpt=["451 no"] * 20)
    letter, pauses = put(), []

    for _attempt in range(11):
        mail.send_waiting()
        db.session.refresh(letter)
        pauses.append(int((letter.next_at - clock.now()).total_seconds() / 60))
        later(monkeypatch, minutes=pauses[-1])

    assert pauses == [1, 2, 4, 8, 16, 32, 64, 128, 240, 240, 240]


@pytest.mark.parametrize("script", [{"after_rcpt": ["550 no such user"]},
                                    {"after_data": ["550 no such user"]}])
def test_a_server_that_says_never_ends_it_in_sight(office, script, caplog):
    office(**script)
    letter = put()

    mail.send_waiting()
    mail.send_waiting()

    assert stands(letter) == ("failed", 1, "550 no such user")
    assert mail.failed_since(clock.now() - timedelta(days=1)) == 1
    assert "The letter letter-1 was given up: 550 no such user" in caplog.text


def test_a_line_that_breaks_after_the_letter_gives_one_more_with_the_same_number(
        office, monkeypatch):
    post = office(after_data=[DROP])
    letter = put()

    mail.send_waiting()
    assert stands(letter)[:2] == ("waiting", 1)
    later(monkeypatch, minutes=1)
    mail.send_waiting()

    assert stands(letter)[:2] == ("sent", 2)
    assert [number for number, *_rest in post.arrived] == ["<letter-1@caobang.example>"] * 2


@pytest.mark.slow
def test_a_server_that_hangs_ends_the_run_and_loses_nothing(office, monkeypatch):
    post = office(after_data=[HANG])
    first, second = put(), put("letter-2")

    mail.send_waiting()
    assert stands(first) == ("waiting", 1, "SMTPServerDisconnected: Connection unexpectedly "
                                           "closed: timed out")
    assert stands(second) == ("waiting", 0, "")
    later(monkeypatch, minutes=1)
    mail.send_waiting()

    assert [stands(letter)[0] for letter in (first, second)] == ["sent", "sent"]
    assert len({number for number, *_rest in post.arrived}) == 2


def test_a_sender_that_dies_after_the_server_accepted_sends_one_more_at_most(
        office, monkeypatch):
    post = office()
    letter, other = put(), put("letter-2")

    with monkeypatch.context() as dying:
        dying.setattr(mail, "_note", lambda *_given: (_ for _ in ()).throw(KeyboardInterrupt))
        with pytest.raises(KeyboardInterrupt):
            mail.send_waiting()
    mail.send_waiting()
    assert stands(other)[0] == "sent"
    assert stands(letter)[0] == "waiting"
    later(monkeypatch, minutes=10)
    mail.send_waiting()
    mail.send_waiting()

    assert stands(letter)[0] == "sent"
    assert sorted(number for number, *_rest in post.arrived) == [
        "<letter-1@caobang.example>", "<letter-1@caobang.example>", "<letter-2@caobang.example>"]


def test_a_server_that_is_gone_is_given_up_after_72_hours_and_not_before(
        app, office, monkeypatch):
    office()
    monkeypatch.setitem(app.config, "SMTP_PORT", 1)
    letter = put()

    later(monkeypatch, hours=71, minutes=59)
    mail.send_waiting()
    assert stands(letter)[0] == "waiting"
    later(monkeypatch, minutes=1)
    mail.send_waiting()

    assert stands(letter)[0] == "failed"


def test_a_letter_taken_back_is_not_sent(office):
    post = office()
    letter = put()

    mail.take_back(letter)
    mail.send_waiting()

    assert (stands(letter)[0], post.arrived) == ("taken_back", [])


@pytest.mark.parametrize("subject", ["Nhắc\r\nBcc: all@caobang.example", "Nhắc\nX: y", "a\x85b"])
def test_a_heading_stays_one_line(office, subject):
    office()

    message = mail.as_message(put(subject=subject))

    assert [name for name in message if name in ("Bcc", "X")] == []
    assert message["Subject"].splitlines() == [" ".join(subject.split())]


@pytest.mark.parametrize("to", ["lan@caobang.example\nBcc: all@x.vn", "lan, an@x.vn", "lan",
                                "<lan@x.vn>", "lân@x.vn", "a" * 65 + "@x.vn"])
def test_what_is_no_address_is_kept_as_failed_and_never_sent(office, to):
    post = office()
    letter = put(to=to)

    mail.send_waiting()

    assert (stands(letter), post.arrived) == (("failed", 0, "not an address"), [])


def test_a_key_of_other_letters_is_a_fault_of_the_program(office):
    office()

    with pytest.raises(ValueError, match="Not a key"):
        mail.post("a b>", TO, "x", "y")


def test_what_fails_every_minute_does_not_stop_the_rest(app, world, monkeypatch, caplog):
    done = []

    def failing():
        raise ZeroDivisionError

    monkeypatch.setattr(jobs, "_every_minute", [failing, lambda: done.append("letters")])

    jobs.do_minutely()

    assert done == ["letters"]
    assert "failed: failing()." in caplog.text
