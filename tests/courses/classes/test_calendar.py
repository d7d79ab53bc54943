"""The calendar file of a class, as RFC 5545 has it."""
from datetime import UTC, datetime

from courses.classes.calendar import calendar, escaped, folded

MADE = datetime(2026, 11, 25, 3, 0, tzinfo=UTC)


def lines_of(course_class):
    """The lines of the calendar file, unfolded."""
    text = calendar(course_class, course_class.sessions, MADE).decode()
    return text.replace("\r\n ", "").split("\r\n")


def test_each_session_is_an_event_at_the_hours_of_its_half_day(world):
    lines = lines_of(world.december_class)

    assert [line for line in lines if line.startswith(("DTSTART", "DTEND"))] == [
        "DTSTART:20261201T003000Z", "DTEND:20261201T043000Z",
        "DTSTART:20261201T063000Z", "DTEND:20261201T100000Z",
        "DTSTART:20261202T003000Z", "DTEND:20261202T043000Z"]
    assert (lines[0], lines[-2], lines[-1]) == ("BEGIN:VCALENDAR", "END:VCALENDAR", "")


def test_an_event_says_what_and_where_and_keeps_its_name_when_it_moves(world):
    session = world.first_session
    uid = f"UID:session-{session.id}-of-class-{session.class_id}@tap-huan"

    lines = lines_of(world.december_class)

    assert lines[lines.index(uid) - 1:lines.index("END:VEVENT") + 1] == [
        "BEGIN:VEVENT", uid, "DTSTAMP:20261125T030000Z", "DTSTART:20261201T003000Z",
        "DTEND:20261201T043000Z", "SUMMARY:Luật Báo chí\\, khóa 2/2026",
        "DESCRIPTION:Luật Báo chí", "LOCATION:Hội trường tầng 2", "STATUS:CONFIRMED", "END:VEVENT"]


def test_the_evening_ends_at_nine_and_a_class_called_off_says_so(world):
    world.first_session.half = "evening"
    world.december_class.cancelled_at = MADE

    lines = lines_of(world.december_class)

    assert "DTSTART:20261201T113000Z" in lines
    assert "DTEND:20261201T140000Z" in lines
    assert lines.count("STATUS:CANCELLED") == 3


def test_text_is_escaped_so_that_it_cannot_end_its_line():
    assert escaped("a;b,c\\d\ne\r\nf\rg") == "a\\;b\\,c\\\\d\\ne\\nf\\ng"


def test_no_line_is_longer_than_75_bytes_and_no_letter_is_cut():
    line = "SUMMARY:" + "Kiến thức cơ bản về quyền con người, " * 12

    pieces = folded(line).split("\r\n ")

    assert max(len(piece.encode()) for piece in pieces[:1]) <= 75
    assert max(len(piece.encode()) for piece in pieces[1:]) <= 74
    assert "".join(pieces) == line
