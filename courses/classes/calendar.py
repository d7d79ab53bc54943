"""A class as a calendar file (RFC 5545): one event a session, the hours of half-days."""
from datetime import UTC, datetime, time, timedelta, timezone

#: Viet Nam keeps UTC+7 all the year.
HANOI = timezone(timedelta(hours=7))
HOURS = {"morning": (time(7, 30), time(11, 30)), "afternoon": (time(13, 30), time(17, 0)),
         "evening": (time(18, 30), time(21, 0))}


def escaped(text):
    """Text as a calendar file wants it."""
    for plain, safe in (("\\", "\\\\"), (";", "\\;"), (",", "\\,"), ("\n", "\\n")):
        text = text.replace(plain, safe)
    return text


def folded(line):
    """A line in pieces of at most 75 bytes, none of which cuts a letter."""
    pieces, piece = [], ""
    for letter in line:
        if len((piece + letter).encode()) > (75 if not pieces else 74):
            pieces.append(piece)
            piece = ""
        piece += letter
    return "\r\n ".join([*pieces, piece])


def moment(day, clock_time):
    """A moment of a day in Viet Nam, in UTC, as the file writes it."""
    return datetime.combine(day, clock_time, HANOI).astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")


def calendar(course_class, sessions, stamp):
    """The bytes of the calendar file of the class; ``stamp`` is the moment it is made, in UTC."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Tap huan Cao Bang//LMS//VI"]
    for session in sessions:
        begins, ends = HOURS[session.half]
        lines += [
            "BEGIN:VEVENT", f"UID:{course_class.code}-{session.on}-{session.half}@tap-huan",
            f"DTSTAMP:{stamp.strftime('%Y%m%dT%H%M%SZ')}", f"DTSTART:{moment(session.on, begins)}",
            f"DTEND:{moment(session.on, ends)}", f"SUMMARY:{escaped(course_class.title_vi)}",
            f"DESCRIPTION:{escaped(session.topic_vi)}", f"LOCATION:{escaped(course_class.place)}",
            "END:VEVENT"]
    lines.append("END:VCALENDAR")
    return ("\r\n".join(folded(line) for line in lines) + "\r\n").encode()
