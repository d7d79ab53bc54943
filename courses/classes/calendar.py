"""A class as a calendar file (RFC 5545): one event a session, at the hours of half-days."""
from datetime import UTC, datetime, time, timedelta, timezone

#: Viet Nam keeps UTC+7 all the year (Asia/Ho_Chi_Minh), so moments are written in UTC.
HANOI = timezone(timedelta(hours=7))
HOURS = {"morning": (time(7, 30), time(11, 30)), "afternoon": (time(13, 30), time(17, 0)),
         "evening": (time(18, 30), time(21, 0))}
#: Bytes in a line of a calendar file; a longer one goes on after a blank.
LINE = 75


def escaped(text):
    """Text as a calendar file wants it."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    for plain, safe in (("\\", "\\\\"), (";", "\\;"), (",", "\\,"), ("\n", "\\n")):
        text = text.replace(plain, safe)
    return text


def folded(line):
    """A line in pieces of at most 75 bytes, none of which cuts a letter."""
    pieces, piece, room = [], "", LINE
    for letter in line:
        if len((piece + letter).encode()) > room:
            pieces.append(piece)
            piece, room = "", LINE - 1
        piece += letter
    return "\r\n ".join([*pieces, piece])


def moment(day, clock_time):
    """A moment of a day in Viet Nam, in UTC, as the file writes it."""
    return datetime.combine(day, clock_time, HANOI).astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")


def event(session, title, place, stamp, cancelled):
    """The lines of one session: a calendar that has it already takes the new ones over."""
    begins, ends = HOURS[session.half]
    topic = [f"DESCRIPTION:{escaped(session.topic_vi)}"] if session.topic_vi else []
    where = [f"LOCATION:{escaped(place)}"] if place else []
    return ["BEGIN:VEVENT", f"UID:session-{session.id}-of-class-{session.class_id}@tap-huan",
            f"DTSTAMP:{stamp}", f"DTSTART:{moment(session.on, begins)}",
            f"DTEND:{moment(session.on, ends)}", f"SUMMARY:{escaped(title)}", *topic, *where,
            f"STATUS:{'CANCELLED' if cancelled else 'CONFIRMED'}", "END:VEVENT"]


def calendar(course_class, sessions, made_at):
    """The bytes of the calendar file of the class; ``made_at`` is the moment it is made, in UTC."""
    stamp = made_at.strftime("%Y%m%dT%H%M%SZ")
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Tap huan Cao Bang//LMS//VI",
             "CALSCALE:GREGORIAN", "METHOD:PUBLISH"]
    for session in sessions:
        lines += event(session, course_class.title_vi, course_class.place, stamp,
                       course_class.cancelled_at is not None)
    lines.append("END:VCALENDAR")
    return ("\r\n".join(folded(line) for line in lines) + "\r\n").encode()
